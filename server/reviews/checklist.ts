import type { ReviewCheck, ReviewSentence } from '../contract/review.js';
import { isZero } from '../contract/decimal.js';
import { NOTHING, periodName, printedValue } from '../core/review/printing.js';
import { overdueValues, uncommented } from './checklist.queries.js';
import { isUnknown, scorecardOf } from './sections/scorecard.js';
import type { Material } from './sections/section.js';

/** As many examples as a dialog shows. */
const EXAMPLES = 20;

/** Statuses of benefits that are short of their plan. */
const SHORT: ReadonlySet<string> = new Set(['at_risk', 'off_track']);

const counted = (id: ReviewCheck['id'], title: string, found: readonly string[], link: string | null): ReviewCheck => ({
  id,
  title,
  text: printedValue(String(found.length), 'count'),
  isOpen: found.length > 0,
  examples: found.slice(0, EXAMPLES),
  link,
});

/** Open where the product holds nothing that a review could be of; else nothing is said of it. */
const nothingRecorded = async (material: Material): Promise<ReviewCheck[]> => {
  const { book, overview, reading } = material;
  const isKnown = overview.ledger.some(({ actual, plan }) => (actual?.value ?? plan?.value ?? null) !== null);
  const standings = await book.ground.context.within({ span: 'to_date' }).standings();
  if (isKnown || standings.length > 0 || !(await scorecardOf(material)).every(isUnknown)) return [];
  const quarter = periodName(reading.period, reading.startMonth);
  const title = `Nothing is recorded to ${quarter}: no investment, no benefit, and no metric has a value`;
  return [{ id: 'nothing_recorded', title, text: NOTHING, isOpen: true, examples: [], link: '/' }];
};

/** Share of what was realised to date for which there is no evidence. */
const unevidenced = async ({ book }: Material): Promise<ReviewCheck> => {
  const { figure } = await book.take('unevidenced_share?span=to_date');
  return {
    id: 'unevidenced_share',
    title: 'Share of the realised benefit without evidence',
    text: figure.text,
    isOpen: figure.value !== null && !isZero(figure.value),
    examples: [],
    link: '/benefits',
  };
};

/** Owners of benefits that are short of their plan, or whose values are overdue, and of whom no word stands beside any of these. */
const silent = async ({ book, manager }: Material, overdue: ReadonlySet<string>): Promise<ReviewCheck> => {
  const standings = await book.ground.context.within({ span: 'to_date' }).standings();
  const asked = standings.filter(({ row, standing }) => overdue.has(row.code) || SHORT.has(standing.status));
  const without = await uncommented(
    manager,
    asked.map(({ row }) => row.code),
  );
  const byOwner = new Map<string, string[]>();
  for (const { owner, code, name } of without) byOwner.set(owner, [...(byOwner.get(owner) ?? []), `${code} ${name}`]);
  return counted(
    'owners_silent',
    'Owners of benefits that are short or overdue who gave no comment',
    [...byOwner].map(([owner, benefits]) => `${owner}: ${benefits.join(', ')}`),
    '/benefits',
  );
};

/**
 * What is looked at before freezing.
 * @param sentences of all sections, and recommendations
 */
export const checklistOf = async (material: Material, sentences: readonly ReviewSentence[]): Promise<ReviewCheck[]> => {
  const overdue = await overdueValues(material.manager, material.reading);
  return [
    ...(await nothingRecorded(material)),
    counted(
      'overdue_values',
      'Benefit values of the quarter and before that are overdue',
      overdue.map(({ code, name, month }) => `${code} ${name}, ${month}`),
      '/enter',
    ),
    await unevidenced(material),
    await silent(material, new Set(overdue.map(({ code }) => code))),
    counted(
      'uncited_numbers',
      'Numbers in the narrative that are neither cited nor confirmed',
      sentences.flatMap(({ text, uncited }) => uncited.map((found) => `${found} in “${text}”`)),
      null,
    ),
    counted(
      'stale_sentences',
      'Sentences whose figures have changed since they were written',
      sentences
        .filter(({ stale }) => stale.length > 0)
        .map(({ text, stale }) => `${stale.map(({ was, is }) => `${was} is now ${is}`).join(', ')} in “${text}”`),
      null,
    ),
  ];
};
