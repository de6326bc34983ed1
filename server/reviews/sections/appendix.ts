import type { ReviewCell, ReviewTable } from '../../contract/review.js';
import { periodName, STATUS_WORDS } from '../../core/review/printing.js';
import { METRICS } from '../../core/metrics/catalogue.js';
import { TracedFigures } from '../../overview/traced-figures.js';
import { words } from '../figures.js';
import { headlinePaths } from './headline.js';
import type { Material, SectionRule } from './section.js';

/** Benefits that the pages list one by one; the register and the workbook of the product hold all. */
const LISTED = 100;

/** The headline with every digit: what the other pages print in short. */
const inFull = async (material: Material): Promise<ReviewTable> => {
  const { book } = material;
  const rows: ReviewCell[][] = [];
  for (const path of new Set(headlinePaths(material))) {
    const { key, figure } = await book.take(path);
    rows.push([
      words(figure.title),
      { text: figure.text, value: figure.value, unit: figure.unit, figure: key, impact: null },
      { text: figure.full, value: figure.value, unit: figure.unit, figure: key, impact: null },
      words(figure.formula.text),
      words(`version ${figure.formula.version}`),
    ]);
  }
  return {
    id: 'in-full',
    title: 'Headline figures in full',
    columns: [
      { title: 'Figure', kind: 'text', unit: null },
      { title: 'As printed', kind: 'number', unit: null },
      { title: 'In full', kind: 'number', unit: null },
      { title: 'Formula', kind: 'text', unit: null },
      { title: 'Definition', kind: 'text', unit: null },
    ],
    rows,
    total: rows.length,
    note: null,
  };
};

const allBenefits = async ({ book }: Material): Promise<ReviewTable> => {
  const { context } = book.ground;
  const figures = new TracedFigures(context);
  const standings = await context.standingsToDate();
  const rows: ReviewCell[][] = [];
  for (const { row, standing } of standings.slice(0, LISTED)) {
    const one = { type: 'benefit', ref: row.code } as const;
    rows.push([
      words(`${row.code} ${row.name}`),
      words(row.owner ?? 'No owner'),
      words(STATUS_WORDS[standing.status]),
      await book.cell(figures.path('node.planned', one)),
      await book.cell(figures.path('node.realised', one)),
      await book.cell(figures.path('node.variance', one)),
    ]);
  }
  return {
    id: 'benefits',
    title: 'Benefits, to date',
    columns: [
      ...['Benefit', 'Owner', 'Status'].map((title) => ({ title, kind: 'text' as const, unit: null })),
      ...['Planned', 'Realised', 'Difference'].map((title) => ({ title, kind: 'number' as const, unit: null })),
    ],
    rows,
    total: standings.length,
    note:
      standings.length > rows.length
        ? `${rows.length} of ${standings.length} benefits, by code. All stand in the register of benefits.`
        : null,
  };
};

const definitions = (): ReviewTable => ({
  id: 'definitions',
  title: 'Definitions of the metrics',
  columns: ['Metric', 'Formula', 'Version'].map((title) => ({ title, kind: 'text' as const, unit: null })),
  rows: METRICS.map(({ name, formula }) => [words(name), words(formula.text), words(formula.version)]),
  total: METRICS.length,
  note: null,
});

/** What stands behind the figures: the headline in full, all benefits, the definitions. */
export const appendix: SectionRule = {
  id: 'appendix',
  async write(material) {
    const { reading } = material;
    return {
      title: 'What stands behind the figures.',
      about: `All IT · ${periodName(reading.period, reading.startMonth)} · figures in full, benefits, definitions`,
      sentences: [],
      tables: [await inFull(material), await allBenefits(material), definitions()],
      drawings: [],
    };
  },
};
