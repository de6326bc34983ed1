import { z } from 'zod';
import type { ReviewSentence } from '../contract/review.js';
import { type ChangedReview, MESSAGE } from '../contract/review-change.js';
import { chipsOf, confirmedIn, openNumbersOf, uncitedOf } from '../core/review/narrative.js';
import { NOTHING } from '../core/review/printing.js';
import { Problem } from '../http/problem.js';
import type { FigureBook } from './figures.js';
import type { StoredSentence, WrittenSentence } from './stored.queries.js';

/** The text of a chip now; null where its figure is no longer there. Its figure stands in the document from here on. */
const chipNow = async (book: FigureBook, key: string): Promise<string | null> => {
  try {
    return (await book.take(key)).figure.text;
  } catch (error) {
    if (!(error instanceof Problem || error instanceof RangeError || error instanceof z.ZodError)) throw error;
    book.takeGone(key);
    return null;
  }
};

/** A sentence that somebody wrote, with what has become of its chips since. */
export const handwritten = async (
  book: FigureBook,
  { id, text, confirmed, chips }: WrittenSentence,
): Promise<ReviewSentence> => {
  const stale: ReviewSentence['stale'] = [];
  for (const figure of chipsOf(text)) {
    const [was, is] = [chips[figure] ?? NOTHING, await chipNow(book, figure)];
    if (is !== was) stale.push({ figure, was, is: is ?? 'no longer there' });
  }
  const uncited = openNumbersOf(text, confirmed).map((found) => found.text);
  return { id, text, by: 'hand', uncited, confirmed: confirmedIn(text, confirmed), stale };
};

type Ruled = readonly { readonly id: string; readonly text: string }[];

/** Sentences as the rules write them: their figures are chips, and other digits stand in names of records, which nobody has to confirm. */
export const byRule = (written: Ruled): ReviewSentence[] =>
  written.map(({ id, text }) => ({ id, text, by: 'rule', uncited: [], confirmed: uncitedOf(text), stale: [] }));

/**
 * The sentences of a section that somebody edited: those that were left to the rules as the rules write them now, and what a rule has begun to say
 * since where it stands by rule.
 */
export const sentencesOf = async (
  book: FigureBook,
  stored: readonly StoredSentence[],
  ruled: Ruled,
): Promise<ReviewSentence[]> => {
  const rules = byRule(ruled);
  const sentences: ReviewSentence[] = [];
  for (const each of stored) {
    const rule = rules.find(({ id }) => id === each.id);
    if (each.id === MESSAGE) continue;
    if (each.by === 'hand') sentences.push(await handwritten(book, each));
    else if (each.by === 'rule' && rule) sentences.push(rule);
  }
  for (const [at, rule] of rules.entries()) {
    if (stored.some(({ id }) => id === rule.id)) continue;
    const before = new Set(rules.slice(0, at).map(({ id }) => id));
    sentences.splice(sentences.findLastIndex(({ id }) => before.has(id)) + 1, 0, rule);
  }
  return sentences;
};

/** The message that somebody wrote in place of the rule's; null where the rule's stands. */
export const messageOf = async (
  book: FigureBook,
  stored: readonly StoredSentence[],
): Promise<ReviewSentence | null> => {
  const own = stored.find(({ id }) => id === MESSAGE);
  return own?.by === 'hand' ? handwritten(book, own) : null;
};

/** What somebody sends of a text with chips. */
export type Given = Omit<NonNullable<NonNullable<ChangedReview['narrative']>['headline']>[number], 'by'>;

/**
 * A sentence as it is kept: with what its chips showed to whoever wrote it.
 * @param before the sentence as it was kept; where its text is the same, nobody said that it is true with other figures, but for `holds`
 * @throws Problem 422 for a chip that is no figure
 */
export const written = async (
  book: FigureBook,
  { id, text, confirmed, holds, shown }: Given,
  before: WrittenSentence | undefined,
): Promise<WrittenSentence> => {
  const earlier = holds || before?.text !== text ? {} : before.chips;
  const chips: Record<string, string> = {};
  for (const key of chipsOf(text)) {
    const seen = earlier[key] ?? (await shownNow(book, key, shown[key]));
    chips[key] = seen;
  }
  return { id, by: 'hand', text, confirmed: confirmedIn(text, confirmed), chips };
};

const shownNow = async (book: FigureBook, key: string, seen: string | undefined): Promise<string> => {
  const now = await chipNow(book, key);
  if (now !== null) return seen ?? now;
  throw new Problem(422, 'validation-failed', `[[${key}]] is no figure. Choose one from the list of figures.`, [
    { pointer: '/narrative', code: 'chip.unknown', message: `[[${key}]] is no figure.` },
  ]);
};
