import { z } from 'zod';
import type { ReviewSentence } from '../contract/review.js';
import { chipsOf, uncitedOf } from '../core/review/narrative.js';
import { NOTHING } from '../core/review/printing.js';
import { Problem } from '../http/problem.js';
import type { FigureBook } from './figures.js';
import type { StoredSentence } from './stored.queries.js';

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

/** Numbers of a text that nobody has cited or confirmed, each once. */
const openNumbers = (text: string, confirmed: readonly string[]): string[] => [
  ...new Set(
    uncitedOf(text)
      .map((found) => found.text)
      .filter((found) => !confirmed.includes(found)),
  ),
];

/** Sentences that somebody wrote, with what has become of their chips since. */
export const sentencesOf = async (book: FigureBook, stored: readonly StoredSentence[]): Promise<ReviewSentence[]> => {
  const sentences: ReviewSentence[] = [];
  for (const { id, text, confirmed, chips } of stored) {
    const stale: ReviewSentence['stale'] = [];
    for (const figure of chipsOf(text)) {
      const [was, is] = [chips[figure] ?? NOTHING, await chipNow(book, figure)];
      if (is !== was) stale.push({ figure, was, is: is ?? 'no longer there' });
    }
    sentences.push({ id, text, by: 'hand', uncited: openNumbers(text, confirmed), confirmed: [...confirmed], stale });
  }
  return sentences;
};

/** Sentences as the rules write them: their figures are chips, and other digits stand in names of records, which nobody has to confirm. */
export const byRule = (written: readonly { readonly id: string; readonly text: string }[]): ReviewSentence[] =>
  written.map(({ id, text }) => ({
    id,
    text,
    by: 'rule',
    uncited: [],
    confirmed: openNumbers(text, []),
    stale: [],
  }));

/**
 * What chips of a text show now, by key; of those in `stored` what they showed when the text was written.
 * @throws Problem 422 for a chip that is no figure
 */
export const shownChips = async (
  book: FigureBook,
  text: string,
  stored: Readonly<Record<string, string>> = {},
): Promise<Record<string, string>> => {
  const shown: Record<string, string> = {};
  for (const key of chipsOf(text)) {
    if (stored[key] !== undefined) {
      shown[key] = stored[key];
      continue;
    }
    const now = await chipNow(book, key);
    if (now === null)
      throw new Problem(422, 'validation-failed', `[[${key}]] is no figure. Choose one from the list of figures.`, [
        { pointer: '/narrative', code: 'chip.unknown', message: `[[${key}]] is no figure.` },
      ]);
    shown[key] = now;
  }
  return shown;
};
