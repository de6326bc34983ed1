import type { MetricId, MetricUnit } from './metric.js';

/** What a figure can be at the least and at the most; null: there is no end on that side. */
interface Range {
  readonly min: number | null;
  readonly max: number | null;
  /** What lies so, and how one of it is written. */
  readonly words: readonly [what: string, example: string];
}

const FROM_ZERO: Range = { min: 0, max: null, words: ['It', 'Write 0 or more.'] };
const RANGES: Readonly<Record<MetricUnit, Range | null>> = {
  share: { min: 0, max: 1, words: ['This share', 'Write 0.8 for 80 %.'] },
  net_share: { min: -1, max: 1, words: ['This net share', 'Write 0.2 for 20 points.'] },
  level: { min: 0, max: 5, words: ['A level', 'Write 3.5, for example.'] },
  score: { min: 1, max: 5, words: ['A score', 'Write 3.5, for example.'] },
  days: FROM_ZERO,
  number: FROM_ZERO,
  count: FROM_ZERO,
  // What was reported back can outweigh what was gained.
  money: null,
};

/** Their part is no part of their whole: more can come back than was spent or planned, an outcome can pass its target, and both can fall below 0. */
const UNBOUNDED: readonly MetricId[] = [
  'outcome.realisation_rate',
  'outcome.experience_improvement',
  'efficiency.return_on_spend',
];

/**
 * What is wrong with an amount that a metric can never come to, in a sentence that says what to write; null where it can.
 *
 * @param amount in the unit of the metric, as decimal text: 0.8 is 80 %
 */
export const outOfRange = ({ id, unit }: { id: MetricId; unit: MetricUnit }, amount: string): string | null => {
  const range = UNBOUNDED.includes(id) ? null : RANGES[unit];
  const value = Number(amount);
  if (range === null || ((range.min === null || value >= range.min) && (range.max === null || value <= range.max)))
    return null;
  const [what, example] = range.words;
  if (range.max === null) return `${what} is never below ${range.min}. ${example}`;
  const isPercent = unit === 'share' && value > 1 && value <= 100;
  const advice = isPercent ? `Write ${Number((value / 100).toFixed(6))} for ${value} %.` : example;
  return `${what} lies between ${String(range.min).replace('-', '\u2212')} and ${range.max}. ${advice}`;
};
