import { compare } from '../../contract/decimal.js';
import { fractionOf, sumOf } from '../../core/benefit-status.js';
import { ZERO } from '../../core/exact-amounts.js';
import { formatFraction } from '../../core/money.js';
import { said, tracePath } from './blocks.js';
import type { Material, Written } from './section.js';
import { type OutcomeFor, outcomesForPriorities } from './told.queries.js';
import { MOST_NAMED, realisedMoreText, realisedText } from './told.js';

/** Priorities of which it is said what was realised for them; the rest are named. */
const MOST_PRIORITIES = 3;
/** Decimals by which amounts are told apart: more than any currency has. */
const EXACT = 10;

/** An outcome with what the business realised through it to date, and whether spend reaches it. */
interface Brought extends OutcomeFor {
  readonly value: string;
  readonly isReached: boolean;
}

const most = (a: { readonly value: string }, b: { readonly value: string }): number => compare(b.value, a.value);

/** What the business realised for its priorities to date, those first for which it was most: each outcome with the part of its benefits that counts. */
export const realisedByPriority = async ({ book, manager }: Material): Promise<Written['sentences']> => {
  const { rows, whole } = await book.ground.context.chain();
  const places = new Map(rows.map(({ id }, at) => [id, at]));
  const brought = (await outcomesForPriorities(manager)).flatMap((outcome): Brought[] => {
    const at = places.get(outcome.id);
    const value = at === undefined ? null : whole.values.realised.at(at);
    if (at === undefined || value === null || value.n <= 0n) return [];
    const { n } = whole.cost.at(at) ?? ZERO;
    return [{ ...outcome, value: formatFraction(value.n, value.d, EXACT), isReached: n !== 0n }];
  });
  const codes = [...new Set(brought.map(({ priority }) => priority.code))];
  const byPriority = codes.map((code) => {
    const outcomes = brought.filter(({ priority }) => priority.code === code);
    const { n, d } = sumOf(outcomes.map(({ value }) => fractionOf(value)));
    return { outcomes: outcomes.toSorted(most), value: formatFraction(n, d, EXACT) };
  });
  byPriority.sort(most);
  const sentences: Written['sentences'][number][] = [];
  for (const { outcomes } of byPriority.slice(0, MOST_PRIORITIES)) {
    const through = [];
    for (const outcome of outcomes.slice(0, MOST_NAMED)) {
      const path = tracePath('node.realised', { type: 'outcome', ref: outcome.code, span: 'to_date' });
      through.push({ outcome, chip: await book.chip(path) });
    }
    const { priority } = outcomes[0]!;
    const hasMore = outcomes.length > MOST_NAMED;
    const isReached = outcomes.some((outcome) => outcome.isReached);
    sentences.push({
      id: `realised.${priority.code}`,
      text: realisedText({ ...priority, through, hasMore, isReached }),
    });
  }
  const more = byPriority.slice(MOST_PRIORITIES).map(({ outcomes }) => outcomes[0]!.priority);
  return [...sentences, ...said([{ id: 'realised.more', text: realisedMoreText(more) }])];
};
