import { figureNameIn } from '../../../../server/contract/named-figure.js';
import { chipsOf } from '../../../../server/contract/narrative.js';
import { cellsOfSections } from '../../../../server/contract/review-cells.js';
import type { ReviewDocument, ReviewSection } from '../../../../server/contract/review.js';
import { holdsWords } from '../../../app/palette-items';
import { distanceOf, printedAmount, typedAmount } from './amounts';

/** Figures to choose from for a place in a sentence: first those that print what was typed there, then those of the same page. */

export interface NamedFigure {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}
export interface FigureGroup {
  readonly id: string;
  readonly title: string;
  readonly items: readonly NamedFigure[];
}

/** So many are offered as near; of those that print the very number all. */
const NEAREST = 5;

/**
 * The figures of a document by what they are called, each in one group.
 * @param typed what the sentence goes on with from the number on that a figure is to stand for; nothing where none was typed
 * @param section that the sentence is of; none of the cover
 */
export const figureChoices = (document: ReviewDocument, typed: string, section?: ReviewSection): FigureGroup[] => {
  const nameOf = figureNameIn(document);
  const own = new Set(section === undefined ? [] : keysIn(section));
  const keys = [...new Set([...own, ...document.headline, ...Object.keys(document.figures)])];
  const all = keys.flatMap((id): NamedFigure[] => {
    const figure = document.figures[id];
    return figure === undefined ? [] : [{ id, name: nameOf(id), text: figure.text }];
  });
  const { asked, near } = nearestTo(typed, all);
  const isNear = new Set(near.map(({ id }) => id));
  const left = all.filter(({ id }) => !isNear.has(id));
  return [
    { id: 'near', title: `Nearest to ${asked}`, items: near },
    { id: 'own', title: 'Of this section', items: left.filter(({ id }) => own.has(id)) },
    { id: 'others', title: 'Of the review', items: left.filter(({ id }) => !own.has(id)) },
  ].filter(({ items }) => items.length > 0);
};

/** Figures of a section: those of its sentences, then those of its tables and drawings. */
const keysIn = (section: ReviewSection): string[] => [
  ...[section.title, ...section.sentences.map(({ text }) => text)].flatMap(chipsOf),
  ...cellsOfSections([section]).flatMap(({ figure }) => figure ?? []),
];

const nearestTo = (typed: string, figures: readonly NamedFigure[]): { asked: string; near: NamedFigure[] } => {
  const amounts = figures.flatMap((figure) => {
    const amount = printedAmount(figure.text);
    return amount === null ? [] : { figure, amount };
  });
  const asked = typedAmount(typed, [...new Set(amounts.map(({ amount }) => amount.unit))]);
  if (asked === null) return { asked: '', near: [] };
  const near = amounts
    .flatMap(({ figure, amount }) => {
      const distance = distanceOf(asked, amount);
      return distance === null ? [] : { figure, distance, isOfUnit: amount.unit === asked.unit };
    })
    // A bare number is a count rather than an amount of something.
    .sort((a, b) => a.distance - b.distance || Number(b.isOfUnit) - Number(a.isOfUnit))
    .filter(({ distance }, at) => distance === 0 || at < NEAREST);
  return { asked: asked.text, near: near.map(({ figure }) => figure) };
};

/** Those that hold what is typed; of each group first those whose name begins so. */
export const foundIn = (groups: readonly FigureGroup[], words: string): FigureGroup[] => {
  const begins = ({ name }: NamedFigure): boolean => name.toLowerCase().startsWith(words.toLowerCase());
  return groups
    .map((group) => ({
      ...group,
      items: group.items
        .filter(({ name, text }) => holdsWords(`${name} ${text}`, words))
        .sort((a, b) => Number(begins(b)) - Number(begins(a))),
    }))
    .filter(({ items }) => items.length > 0);
};
