import { figureKey } from '../../contract/figure-key.js';
import type { ReviewCell, ReviewTable } from '../../contract/review.js';
import { keyIn } from '../../core/review/keys.js';
import { figureName } from '../../contract/named-figure.js';
import { NOTHING, periodName, STATUS_WORDS } from '../../core/review/printing.js';
import { TracedFigures } from '../../overview/traced-figures.js';
import { numberOf, words } from '../figures.js';
import { atOneScale, numberColumn, roundingNote, textColumn, wholeTable } from './blocks.js';
import { headlinePaths } from './headline.js';
import { metricTables } from './metric-tables.js';
import { restatedList } from './restated-list.js';
import type { Material, SectionRule, WrittenTable } from './section.js';

/** Benefits that pages list, and whose numbers are figures with their records; the workbook has the numbers of all. */
const LISTED = 100;

/** What the review before said of a figure, as frozen then, in a column of its own: there is none in the first review. */
class Then {
  constructor(private readonly material: Pick<Material, 'previous' | 'before' | 'reading'>) {}

  columns(title: (quarter: string) => string): ReviewTable['columns'] {
    const { previous } = this.material;
    return previous === null ? [] : [numberColumn(`${title(previous.periodName)}, as frozen then`)];
  }

  /** @param print which of its texts @returns no figure of this document, but a number */
  cells(key: string, print: 'text' | 'full'): ReviewCell[] {
    const { before, reading } = this.material;
    if (before === null) return [];
    const figure = before.figures[keyIn(key, reading.period, before.review.period)];
    if (figure === undefined) return [words(NOTHING)];
    return [{ text: figure[print], value: figure.value, unit: figure.unit, figure: null, impact: null }];
  }
}

/** The headline with every digit: what the other pages print in short. */
const inFull = async (material: Material): Promise<WrittenTable> => {
  const { book } = material;
  const then = new Then(material);
  const taken = [];
  for (const path of new Set(headlinePaths(material))) taken.push(await book.take(path));
  const rows: ReviewCell[][] = [];
  for (const { key, figure } of taken) {
    const { value, unit } = figure;
    rows.push([
      words(figureName(key, figure.title, material.reading)),
      ...[figure.text, figure.full].map((text) => ({ text, value, unit, figure: key, impact: null })),
      ...then.cells(key, 'full'),
      words(figure.formula.text),
      words(`version ${figure.formula.version}`),
    ]);
  }
  return wholeTable({
    id: 'in-full',
    title: 'Headline figures in full',
    columns: [
      textColumn('Figure'),
      ...['As printed', 'In full'].map(numberColumn),
      ...then.columns((quarter) => quarter),
      ...['Formula', 'Definition'].map(textColumn),
    ],
    rows,
  });
};

const allBenefits = async (material: Material): Promise<WrittenTable> => {
  const { book } = material;
  const { context } = book.ground;
  const figures = new TracedFigures(context);
  const then = new Then(material);
  const standings = await context.standingsToDate();
  const rows: ReviewCell[][] = [];
  for (const [at, { row, standing }] of standings.entries()) {
    const one = { type: 'benefit', ref: row.code } as const;
    const cell = async (figure: 'node.planned' | 'node.realised' | 'node.variance'): Promise<ReviewCell> => {
      const path = figures.path(figure, one);
      if (at < LISTED) return book.cell(path);
      const { text, value, unit } = await numberOf(book.ground, figureKey(path, book.period));
      return { text, value, unit, figure: null, impact: null };
    };
    rows.push([
      words(`${row.code} ${row.name}`),
      words(material.people.owner(row.owner)),
      words(STATUS_WORDS[standing.status]),
      ...[await cell('node.planned'), await cell('node.realised')],
      ...then.cells(figureKey(figures.path('node.realised', one), book.period), 'text'),
      await cell('node.variance'),
    ]);
  }
  const table = atOneScale(
    wholeTable({
      id: 'benefits',
      title: 'All benefits, to date',
      columns: [
        ...['Benefit', 'Owner', 'Status'].map(textColumn),
        ...['Planned', 'Realised'].map(numberColumn),
        ...then.columns((quarter) => `Realised to ${quarter}`),
        numberColumn('Difference from plan'),
      ],
      rows,
    }),
    material.overview.currency,
  );
  return {
    ...table,
    note: roundingNote(table, ['Realised', 'Planned', 'Difference from plan']),
    ...(rows.length > LISTED && { listed: LISTED }),
  };
};

/** What stands behind the figures: the headline in full, what was told before and is another now, all benefits, all metrics and their definitions. */
export const appendix: SectionRule = {
  id: 'appendix',
  async write(material) {
    const { reading } = material;
    const restated = await restatedList(material);
    return {
      title: 'These tables stand behind the figures.',
      about: `All IT · ${periodName(reading.period, reading.startMonth)} · figures in full, restatements, benefits, metrics, definitions`,
      sentences: [],
      tables: [
        await inFull(material),
        ...(restated === null ? [] : [restated]),
        await allBenefits(material),
        ...(await metricTables(material)),
      ],
      drawings: [],
    };
  },
};
