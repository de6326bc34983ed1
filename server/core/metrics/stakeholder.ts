import type { MetricId } from '../../contract/metric.js';
import { SURVEY_QUESTIONS } from '../../contract/survey.js';
import type { Fraction } from '../exact-amounts.js';
import { involvementMetrics } from './involvement.js';
import { type Computed, counted, type Metric, none, valued } from './metric.js';

/** The questions of a survey that have a number for an answer. */
export const QUESTIONS = ['satisfaction', 'responsiveness', 'effectiveness', 'trust', 'enabling', 'recommend'] as const;
export type Question = (typeof QUESTIONS)[number];

/** The lowest answer to each question; answers rise by one. */
export const lowestAnswer = (question: Question): number => (question === 'recommend' ? 0 : 1);
export const highestAnswer = (question: Question): number => (question === 'recommend' ? 10 : 5);

/** Answers to one question in the asked scope. */
export interface Tally {
  readonly n: number;
  /** How often each answer was given, from the lowest; null where they must not be told. */
  readonly counts: readonly number[] | null;
}

/** A survey that is over. */
export interface AnsweredSurvey {
  readonly code: string;
  readonly name: string;
  readonly invited: number | null;
  readonly answers: number;
}

/** Facts of one period. */
export interface SurveyFacts {
  readonly period: string;
  /** Of the asked scope. */
  readonly questions: Readonly<Record<Question, Tally>>;
  /** Of the enterprise. */
  readonly surveys: readonly AnsweredSurvey[];
}

/** What an answer of 0 to 10 counts for the net promoter score. */
export const promotes = (answer: number): -1 | 0 | 1 => (answer >= 9 ? 1 : answer <= 6 ? -1 : 0);

const meanOf = (question: Question, weigh: (answer: number) => number, { n, counts }: Tally): Computed => {
  if (n === 0) return none('no_records');
  if (counts === null) return none('too_few_responses', n);
  const sum = counts.reduce((total, count, index) => total + count * weigh(lowestAnswer(question) + index), 0);
  const value: Fraction = { n: BigInt(sum), d: BigInt(n) };
  return valued(value, n, {
    inputs: [
      counted(question === 'recommend' ? 'Promoters less detractors' : 'Sum of answers', sum),
      counted('Answers', n),
    ],
  });
};

const SCOPES = { portfolio: false, unit: true };
const HIDDEN = 'Told of 5 answers or more only, and never where fewer could be worked out from it.';

/** The wording that people answer; a survey that was imported may have had another one. */
const askedIn = (question: Question): string => {
  const { text, low, high, from, to } = SURVEY_QUESTIONS.find(({ id }) => id === question)!;
  return `Asked in a round: “${text}” ${from} ${low} – ${to} ${high}.`;
};

const mean = (
  id: Extract<MetricId, `stakeholder.${string}`>,
  column: Question,
  words: Pick<Metric, 'name' | 'question' | 'why'>,
): Metric => ({
  id,
  ...words,
  unit: 'score',
  better: 'higher',
  distance: 1,
  formula: {
    text: `${askedIn(column)} Mean answer from 1 to 5 to this question, over all answers in the period. ${HIDDEN}`,
    expression: `Σ ${column} ÷ answers`,
    version: '1',
  },
  fold: { of: 'ratio', a: 'score', b: 'count' },
  scopes: SCOPES,
  needs: ['surveys'],
  compute: ({ surveys }, at) => meanOf(column, (answer) => answer, surveys[at]!.questions[column]),
});

const nps: Metric = {
  id: 'stakeholder.nps',
  name: 'Net promoter score',
  question: 'Would people in the business recommend working with IT?',
  why: 'People who would recommend IT come early with what they plan; those who would not, go around it.',
  unit: 'net_share',
  better: 'higher',
  distance: 1,
  formula: {
    text: `${askedIn('recommend')} Share of answers 9 and 10 less the share of answers 0 to 6, over all answers in the period. ${HIDDEN}`,
    expression: '(promoters − detractors) ÷ answers',
    version: '1',
  },
  fold: { of: 'ratio', a: 'net', b: 'count' },
  scopes: SCOPES,
  needs: ['surveys'],
  compute: ({ surveys }, at) => meanOf('recommend', promotes, surveys[at]!.questions.recommend),
};

const responseRate: Metric = {
  id: 'stakeholder.response_rate',
  name: 'Response rate',
  question: 'How many of those we asked have answered?',
  why: 'Silence is an answer too: few answers say little about the rest.',
  unit: 'share',
  better: 'higher',
  distance: 1,
  formula: {
    text: 'Answers divided by people invited, over the surveys of the period that are over and state how many were invited.',
    expression: 'Σ answers ÷ Σ invited',
    version: '1',
  },
  fold: { of: 'ratio', a: 'answers', b: 'invited' },
  scopes: { portfolio: false, unit: false },
  needs: ['surveys'],
  compute: ({ surveys }, at) => {
    const stated = surveys[at]!.surveys.filter(({ invited }) => invited !== null);
    if (stated.length === 0) return none('no_records');
    const answers = stated.reduce((sum, each) => sum + each.answers, 0);
    const invited = stated.reduce((sum, each) => sum + each.invited!, 0);
    if (invited === 0) return none('zero_denominator');
    return valued({ n: BigInt(answers), d: BigInt(invited) }, invited, {
      inputs: [counted('Answers', answers), counted('Invited', invited)],
    });
  },
};

export const stakeholderMetrics: readonly Metric[] = [
  mean('stakeholder.satisfaction', 'satisfaction', {
    name: 'Satisfaction',
    question: 'How satisfied is the business with IT?',
    why: 'Who is not satisfied looks elsewhere, and takes the money along.',
  }),
  mean('stakeholder.responsiveness', 'responsiveness', {
    name: 'Responsiveness',
    question: 'Does IT answer the business in good time?',
    why: 'A late answer decides as well: for standing still.',
  }),
  mean('stakeholder.effectiveness', 'effectiveness', {
    name: 'Effectiveness',
    question: 'Did outcomes match what was agreed?',
    why: 'What was delivered counts only if it is what the business agreed to.',
  }),
  mean('stakeholder.trust', 'trust', {
    name: 'Trust in delivery',
    question: 'Does the business trust IT’s ability to deliver?',
    why: 'Without trust each promise has to be proved twice, and decisions wait.',
  }),
  mean('stakeholder.enabling', 'enabling', {
    name: 'Enabling the business',
    question: 'Does IT enable the business or constrain it?',
    why: 'IT is there so that the business can do more, not less.',
  }),
  nps,
  responseRate,
  ...involvementMetrics,
];
