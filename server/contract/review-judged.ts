import type { Impact } from './overview.js';
import { cellsOfSections } from './review-cells.js';
import type { Judged } from './review-columns.js';
import type { ReviewSection } from './review.js';

/** Which figures the sections of a review judge, and how: a column is judged as its own sections judge it. */

interface Told {
  readonly sections: readonly Pick<ReviewSection, 'tables' | 'drawings'>[];
  /** The key by which the review that is read knows a figure of these sections; of its own sections the same. */
  readonly keyHere?: (key: string) => string;
}

/** By the key by which the review knows each figure, with its value there. */
export const judgementsOf = ({
  sections,
  keyHere = (key) => key,
}: Told): ReadonlyMap<string, { readonly value: string; readonly impact: Impact }> => {
  const judged = cellsOfSections(sections).flatMap(({ figure, value, impact }) =>
    figure === null || value === null || impact === null ? [] : [[keyHere(figure), { value, impact }] as const],
  );
  return new Map(judged);
};

/** How the sections judge their figures. */
export const judgedIn = (told: Told): Judged =>
  Object.fromEntries([...judgementsOf(told)].map(([key, { impact }]) => [key, impact]));
