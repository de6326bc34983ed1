import { z } from 'zod';
import { chipsOf } from '../../../../server/contract/narrative.js';
import type { ReviewDocument } from '../../../../server/contract/review.js';
import { ago } from '../../../lib/ago';

/**
 * What the figures in the sentences of a draft showed when somebody looked at it: of the last day before this one, and first of all on this one. Kept
 * in the browser, for each person and review apart: what a figure was when they saw it last is what tells them that it is another.
 */

const look = z.object({ day: z.string(), shown: z.record(z.string(), z.string()) });
const looks = z.object({ before: look.nullable(), first: look, last: look });
type Look = z.infer<typeof look>;
export type Looks = z.infer<typeof looks>;

/** What a figure was, and when: `yesterday`, `earlier today`. */
export interface Earlier {
  readonly was: string;
  readonly when: string;
}

/** Texts of the figures in what the rules say, by key. */
export const shownIn = ({ sections, figures }: Pick<ReviewDocument, 'sections' | 'figures'>): Look['shown'] => {
  const texts = sections.flatMap(({ title, sentences }) => [title, ...sentences.map(({ text }) => text)]);
  return Object.fromEntries(texts.flatMap(chipsOf).flatMap((key) => (figures[key] ? [[key, figures[key].text]] : [])));
};

/** Takes a look in: on another day than the last one, that one is what was seen before. */
export const lookedAt = (kept: Looks | null, day: string, shown: Look['shown']): Looks => {
  const last = { day, shown };
  if (kept === null) return { before: null, first: last, last };
  return kept.last.day === day ? { ...kept, last } : { before: kept.last, first: last, last };
};

/** Figures that are others than they were: before this day, else earlier on it. */
export const earlierIn = ({ before, first, last }: Looks): ReadonlyMap<string, Earlier> => {
  const found = new Map<string, Earlier>();
  for (const [key, now] of Object.entries(last.shown)) {
    const [then, today] = [before?.shown[key], first.shown[key]];
    if (before !== null && then !== undefined && then !== now)
      found.set(key, { was: then, when: ago(before.day, last.day) });
    else if (today !== undefined && today !== now) found.set(key, { was: today, when: 'earlier today' });
  }
  return found;
};

type Store = Pick<Storage, 'getItem' | 'setItem'>;
const nameOf = (userId: string, reviewId: string): string => `throughline.review.${userId}.${reviewId}.seen`;

/** null where there is none, or none that can be read. */
export const readLooks = (store: Store | null, userId: string, reviewId: string): Looks | null => {
  try {
    return looks.safeParse(JSON.parse(store?.getItem(nameOf(userId, reviewId)) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
};

export const writeLooks = (store: Store | null, userId: string, reviewId: string, kept: Looks): void => {
  try {
    store?.setItem(nameOf(userId, reviewId), JSON.stringify(kept));
  } catch {
    // Storage is full or switched off: what was is not told next time.
  }
};
