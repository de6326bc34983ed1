import type { MetricId } from '../../../server/contract/metric.js';
import type { Voice } from '../../../server/contract/stakeholder.js';
import { count } from '../../lib/format';

type Question = Voice['question'];

const NAMES: Record<Question, string> = {
  satisfaction: 'Satisfaction',
  responsiveness: 'Responsiveness',
  effectiveness: 'As agreed',
  trust: 'Trust',
  enabling: 'Enabling',
  recommend: 'Recommend',
};
export const nameOf = (question: Question): string => NAMES[question];

export const metricOf = (question: Question): MetricId =>
  question === 'recommend' ? 'stakeholder.nps' : `stakeholder.${question}`;
export const unitOf = (question: Question) => (question === 'recommend' ? 'net_share' : 'score');

/** Of people invited; also the head of the column that counts them. */
export const BY_LINKS = 'by links handed out';

/** Of people asked: whoever makes a link could answer by it, so a reader is told how many were handed out. */
export const askedByLink = (byLink: number, invited: number): string =>
  `${count(byLink)} of ${count(invited)} asked ${BY_LINKS}`;

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** The parts of a bar: the five answers, or who would warn, neither, and recommend. */
export const partsOf = ({
  question,
  counts,
}: Voice): { names: readonly string[]; counts: readonly number[] } | null => {
  if (counts === null) return null;
  if (question !== 'recommend') return { names: ['1', '2', '3', '4', '5'], counts };
  return {
    names: ['0–6', '7–8', '9–10'],
    counts: [sum(counts.slice(0, 7)), sum(counts.slice(7, 9)), sum(counts.slice(9))],
  };
};
