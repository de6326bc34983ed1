import { z } from 'zod';
import { chipsOf, movedNumbers, openNumbersOf, type NumberAt } from '../../../../server/contract/narrative.js';
import { changedReview, type ReviewChange } from '../../../../server/contract/review-change.js';
import {
  numberAt,
  type ReviewFigure,
  type ReviewSection,
  type ReviewSentence,
} from '../../../../server/contract/review.js';
import { unitAt } from './amounts';

/** What somebody has written in a draft and not saved. It outlives a reload: in the browser, for each person and review apart. */

const sentence = z.object({
  id: z.string(),
  text: z.string(),
  confirmed: z.array(numberAt),
  /** Nobody has touched it: it goes on as its rule writes it. */
  by: z.literal('rule').optional(),
  /** Somebody looked at what its figures have become, and it is still true. */
  holds: z.boolean().optional(),
  /** What its chips showed when somebody last wrote in it, by key. */
  shown: z.record(z.string(), z.string()).optional(),
});
const cover = changedReview.pick({ purpose: true, classification: true }).extend({
  // As typed: an empty line is no recommendation yet.
  recommendations: z.array(sentence).optional(),
});
const edits = z.object({
  /** Version of the review that they began from. */
  version: z.number().int(),
  cover,
  /** Of each section that is edited all sentences in their order; null gives it back to the rules. */
  narrative: z.record(z.string(), z.array(sentence).nullable()),
});
export type Edits = z.infer<typeof edits>;
export type EditedSentence = z.infer<typeof sentence>;
export type EditedCover = Edits['cover'];

export const noEdits = (version: number): Edits => ({ version, cover: {}, narrative: {} });
export const isEdited = ({ cover: { purpose, classification, recommendations }, narrative }: Edits): boolean =>
  [purpose, classification, recommendations].some((each) => each !== undefined) || Object.keys(narrative).length > 0;

/** What was written while these edits were on their way: that stays to be saved, on top of the version that they became. */
export const editsSince = (sent: Edits, now: Edits, version: number): Edits => {
  const isOther = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b);
  const left = <Part extends object>(from: Part, to: Part) =>
    Object.fromEntries(Object.entries(to).filter(([name, value]) => isOther(from[name as keyof Part], value))) as Part;
  return { version, cover: left(sent.cover, now.cover), narrative: left(sent.narrative, now.narrative) };
};

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
const nameOf = (userId: string, reviewId: string): string => `throughline.review.${userId}.${reviewId}`;

/** null where there is none, or none that can be read. */
export function readEdits(store: Store | null, userId: string, reviewId: string): Edits | null {
  try {
    return edits.safeParse(JSON.parse(store?.getItem(nameOf(userId, reviewId)) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}

/** Keeps them, or forgets them where nothing is left. */
export function writeEdits(store: Store | null, userId: string, reviewId: string, kept: Edits): void {
  try {
    if (isEdited(kept)) store?.setItem(nameOf(userId, reviewId), JSON.stringify(kept));
    else store?.removeItem(nameOf(userId, reviewId));
  } catch {
    // Storage is full or switched off: the edits are still on the page.
  }
}

/** A sentence that somebody adds by hand. */
export const newSentence = (section: string, text: string): EditedSentence => ({
  ...{ id: `${section}.hand.${Date.now().toString(36)}`, text, confirmed: [] },
});

/** What is edited and not saved goes on from the version that a sentence pinned elsewhere made, and holds that sentence, too. */
export function carryPinned(
  store: Store | null,
  userId: string,
  before: { id: string; version: number },
  { section, pinned, version }: { section: string; pinned: EditedSentence; version: number },
): void {
  const kept = readEdits(store, userId, before.id);
  if (kept?.version !== before.version) return;
  const edited = kept.narrative[section];
  const narrative = edited ? { ...kept.narrative, [section]: [...edited, pinned] } : kept.narrative;
  writeEdits(store, userId, before.id, { ...kept, version, narrative });
}

type Figures = Readonly<Record<string, Pick<ReviewFigure, 'text'>>>;
const shownIn = (text: string, figures: Figures): Record<string, string> =>
  Object.fromEntries(
    chipsOf(text).flatMap((key) => (figures[key] === undefined ? [] : [[key, figures[key].text] as const])),
  );

/** A sentence with another text, by somebody who sees these figures: what they confirmed moves with the words around it. */
export const rewritten = ({ id, text, confirmed }: EditedSentence, next: string, figures: Figures): EditedSentence => ({
  id,
  text: next,
  confirmed: movedNumbers(text, next, confirmed),
  shown: shownIn(next, figures),
});

/** A sentence that somebody holds true with what its figures show. */
export const held = (of: EditedSentence, figures: Figures): EditedSentence => ({
  ...of,
  holds: true,
  shown: shownIn(of.text, figures),
});

const trimmed = (of: EditedSentence): EditedSentence => {
  const begun = of.text.trimStart();
  const text = begun.trimEnd();
  return { ...of, text, confirmed: movedNumbers(begun, text, movedNumbers(of.text, begun, of.confirmed)) };
};
/** Without empty ones, which nobody meant to keep. */
const meant = (sentences: readonly EditedSentence[]): EditedSentence[] =>
  sentences.map(trimmed).filter(({ text }) => text !== '');

/** What is sent. */
export const changedOf = ({ cover: { recommendations, ...named }, narrative }: Edits): ReviewChange => ({
  ...named,
  ...(recommendations && {
    recommendations: meant(recommendations).map(({ text, confirmed, holds, shown }) => ({
      ...{ text, confirmed, holds, shown },
    })),
  }),
  ...(Object.keys(narrative).length > 0 && {
    narrative: Object.fromEntries(
      Object.entries(narrative).map(([section, sentences]) => [section, sentences && meant(sentences)]),
    ),
  }),
});

/** The sentences of a section as somebody edits them; null where they go back to the rules. */
export const sentencesIn = (section: ReviewSection, { narrative }: Edits): readonly EditedSentence[] | null => {
  const edited = narrative[section.id];
  const stored = writtenIn(section);
  if (edited === undefined || edited === null) return edited === null ? null : stored;
  // What nobody touched follows the records, as it does where nothing is edited.
  return edited.map((each) => (each.by === 'rule' && stored.find(({ id, by }) => by && id === each.id)) || each);
};

/** The sentences of a section as they are stored; its own message is the first of them. */
export const storedIn = ({ message, sentences }: ReviewSection): ReviewSentence[] => [
  ...(message ? [message] : []),
  ...sentences,
];
/** The same, to be written in. */
export const writtenIn = (section: ReviewSection): EditedSentence[] => storedIn(section).map(stripped);

/** A stored sentence, to be written in. */
export const stripped = ({ id, text, by, confirmed }: ReviewSentence): EditedSentence => ({
  ...{ id, text, confirmed },
  ...(by === 'rule' && { by }),
});

/** Numbers of a sentence that still ask to be cited or confirmed, with their places. */
export const openNumbers = ({ text, confirmed }: Pick<EditedSentence, 'text' | 'confirmed'>): NumberAt[] =>
  openNumbersOf(text, confirmed);

/**
 * Puts a chip in the place of what stands from one sign to another, and of the unit after it where the chip says its own: `12.2 m EUR` and not its
 * digits alone.
 * @param shown what the chip prints; nothing where that is not known
 */
export const cited = (text: string, from: number, to: number, figure: string, shown = ''): string => {
  const after = text.slice(to);
  const unit = /[^\s\d.,]+$/u.exec(shown)?.[0];
  return `${text.slice(0, from)}[[${figure}]]${unit === undefined ? after : after.slice(unitAt(after, unit))}`;
};

export { chipsOf };
