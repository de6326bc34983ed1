import type { ReviewCell } from '../../contract/review.js';
import type { RestatedFigure } from '../../contract/review-after.js';
import { reasonsOf } from '../../contract/review-reasons.js';
import { groundAt, words } from '../figures.js';
import { restatedFigures } from '../restated.js';
import { numberColumn, textColumn, wholeTable } from './blocks.js';
import type { Material, WrittenTable } from './section.js';

/** Reasons that a cell names; all of them stand in the earlier review. */
const MOST_REASONS = 3;

/** Who it was stands with the bridge, for those who read records: a review may be read by anybody who has its link. */
const unnamed = (figure: RestatedFigure): RestatedFigure => ({
  ...figure,
  bridge:
    figure.bridge?.map((step) => ({ ...step, causes: step.causes.map((cause) => ({ ...cause, actor: '' })) })) ?? null,
});

/** Figures that another document holds are numbers here, and no figures of this one. */
const asNumber = (cell: ReviewCell | null): ReviewCell => (cell === null ? words('–') : { ...cell, figure: null });

const listedReasons = (why: readonly string[]): string =>
  why.length === 0
    ? 'No change of a record explains it.'
    : [
        ...why.slice(0, MOST_REASONS),
        ...(why.length > MOST_REASONS ? [`and ${why.length - MOST_REASONS} more`] : []),
      ].join('; ');

/**
 * What was told in the review before and is another today: figures of its headline and of its benefits, with what was changed, when and why.
 *
 * @returns null of the first review
 */
export const restatedList = async ({ book, previous, before }: Material): Promise<WrittenTable | null> => {
  if (previous === null || before === null) return null;
  const benefits = before.sections.flatMap(({ tables }) => tables.filter(({ id }) => id === 'benefits'));
  const cells = benefits.flatMap(({ rows }) => rows.flat());
  const keys = new Set([...before.headline, ...cells.flatMap(({ figure }) => figure ?? [])]);
  const asked = [...keys].filter((key) => Object.hasOwn(before.figures, key));
  const ground = await groundAt(book.ground, previous.period);
  const { figures, links } = await restatedFigures(ground, previous.id, { document: before, previous: null, asked });
  const restated = figures.filter(({ isRestated }) => isRestated);
  const compared = `the ${asked.length} figures of headline and benefits of ${previous.code}`;
  return wholeTable({
    id: 'restated',
    title: `Figures of ${previous.periodName} that are others now than when ${previous.code} was frozen`,
    columns: [
      textColumn('Figure'),
      ...['As frozen', 'Now', 'Difference'].map(numberColumn),
      textColumn('What was changed, when and why'),
    ],
    rows: restated.map((figure) => [
      words(figure.title),
      asNumber(figure.frozen),
      asNumber(figure.today),
      asNumber(figure.restatement),
      words(listedReasons(reasonsOf(unnamed(figure)))),
    ]),
    note: [restated.length === 0 ? `None of ${compared} is another now.` : `Compared were ${compared}.`, links ?? '']
      .join(' ')
      .trim(),
  });
};
