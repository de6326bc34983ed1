import { REVIEW_SECTIONS, type ReviewDocument } from './review.js';

/** As many as a person reads before freezing. */
const MOST = 20;

/**
 * What a draft says now that it did not say when somebody read it, a sentence each: figures with all their digits, then sections whose words or
 * rows are others though no figure of theirs is. At most twenty, and how many more there are.
 */
export const changesBetween = (was: ReviewDocument, is: ReviewDocument): string[] => {
  const keys = [...new Set([...Object.keys(was.figures), ...Object.keys(is.figures)])].sort();
  const figures = keys.flatMap((key) => {
    const [before, now] = [was.figures[key], is.figures[key]];
    if (before && now) return before.full === now.full ? [] : [`${now.title}: ${before.full} is now ${now.full}`];
    return now ? [`New: ${now.title}, ${now.full}`] : [`No longer there: ${before!.title}, ${before!.full}`];
  });
  const sections = is.sections.flatMap((section) => {
    const before = was.sections.find(({ id }) => id === section.id);
    if (JSON.stringify(before) === JSON.stringify(section)) return [];
    return [`Other words or rows: ${REVIEW_SECTIONS.find(({ id }) => id === section.id)!.question}`];
  });
  const all = [...new Set([...figures, ...sections])];
  return all.length <= MOST ? all : [...all.slice(0, MOST), `And ${all.length - MOST} more.`];
};
