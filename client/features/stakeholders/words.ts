import type { MetricId } from '../../../server/contract/metric.js';
import type { Voice } from '../../../server/contract/stakeholder.js';
import { count } from '../../../server/contract/format.js';
import { localised, MINUS } from '../../../server/contract/locale-number.js';
import { periodLabel, shiftPeriod } from '../../lib/period';
import { metricNumber } from '../../ui/metric-text';

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

/** With as many digits as the means that it parts: two, or of points one. */
export const signedDifference = (question: Question, difference: number): string => {
  const text = question === 'recommend' ? metricNumber(difference, unitOf(question)) : localised(difference.toFixed(2));
  if (!/[1-9]/.test(text)) return text.replace(MINUS, '');
  return difference > 0 ? `+${text}` : text;
};

/** What an answer is more or less than in the quarter before, where that is more than chance; null where it is not, or one of both is not known. */
export const changeOf = (
  { question, value, previous, signal }: Pick<Voice, 'question' | 'value' | 'previous' | 'signal'>,
  { period, fiscalYearStartMonth }: { period: string; fiscalYearStartMonth: number },
): string | null =>
  signal.state !== 'signal' || value === null || previous === null
    ? null
    : `${signedDifference(question, value - previous)} since ${periodLabel(shiftPeriod(period, -1), fiscalYearStartMonth)}`;

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
