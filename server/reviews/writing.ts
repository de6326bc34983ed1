import { type ChangedReview, MESSAGE } from '../contract/review-change.js';
import { type Given, written } from './narrative.js';
import { SECTION_RULES } from './sections/index.js';
import type { Material } from './sections/section.js';
import type { ReviewRow, StoredNarrative, StoredSentence, WrittenSentence } from './stored.queries.js';

type Sections = NonNullable<ChangedReview['narrative']>;

/** The sentences of a section as they are kept; null where all of them are the rules'. */
const sectionOf = async (
  material: Material,
  id: string,
  given: NonNullable<Sections[keyof Sections]>,
  stored: readonly StoredSentence[],
): Promise<StoredNarrative[string] | null> => {
  const rules = (await SECTION_RULES.find((rule) => rule.id === id)?.write(material))?.sentences ?? [];
  const kept: StoredSentence[] = [];
  const own = given.find(({ id: of }) => of === MESSAGE);
  const wasOwn = stored.find(({ id: of }) => of === MESSAGE);
  const message = own && (await written(material.book, own, wasOwn?.by === 'hand' ? wasOwn : undefined));
  for (const { by, ...each } of given.filter((sentence) => sentence !== own)) {
    const rule = rules.find((of) => of.id === each.id);
    const before = stored.find((of) => of.id === each.id);
    // Whoever edits one sentence says nothing of its neighbours: these go on as they are.
    if (rule?.text === each.text || (by === 'rule' && (rule !== undefined || before?.by === 'rule')))
      kept.push({ id: each.id, by: 'rule' });
    else kept.push(await written(material.book, each, before?.by === 'hand' ? before : undefined));
  }
  const isAsRuled = kept.every(({ id: of, by }, at) => by === 'rule' && rules[at]?.id === of);
  if (isAsRuled && kept.length === rules.length) return message ? [message] : null;
  const unsaid = rules.filter((rule) => !given.some((each) => each.id === rule.id));
  return [
    ...(message ? [message] : []),
    ...kept,
    ...unsaid.map((rule): StoredSentence => ({ id: rule.id, by: 'none' })),
  ];
};

/**
 * The narrative with the sections that somebody edited.
 * @throws Problem 422 for a chip that is no figure
 */
export const narrativeOf = async (
  material: Material,
  row: Pick<ReviewRow, 'narrative'>,
  given: Sections,
): Promise<Record<string, StoredNarrative[string] | null>> => {
  const kept: Record<string, StoredNarrative[string] | null> = {};
  for (const [id, sentences] of Object.entries(given))
    if (sentences !== undefined)
      kept[id] = sentences && (await sectionOf(material, id, sentences, row.narrative[id] ?? []));
  return kept;
};

/** Recommendations as they are kept. Throws 422 for a chip that is no figure. */
export const recommendationsOf = async (
  { book }: Material,
  row: Pick<ReviewRow, 'recommendations'>,
  given: NonNullable<ChangedReview['recommendations']>,
): Promise<WrittenSentence[]> => {
  const kept: WrittenSentence[] = [];
  for (const [at, each] of given.entries()) {
    const sent: Omit<Given, 'id'> =
      typeof each === 'string' ? { text: each, confirmed: [], holds: false, shown: {} } : each;
    const before = row.recommendations.find(({ text }) => text === sent.text);
    kept.push(await written(book, { id: `recommendation.${at + 1}`, ...sent }, before));
  }
  return kept;
};
