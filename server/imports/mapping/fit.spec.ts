import { describe, expect, it } from '@jest/globals';
import { importMapping, type SourceColumn } from '../../contract/mapping.js';
import { fitMapping } from './fit.js';
import { headerMonth, measureOf } from './header-words.js';

const columnsOf = (headers: readonly string[]): SourceColumn[] =>
  headers.map((header, index) => ({
    index,
    letter: String.fromCharCode(65 + index),
    header,
    kind: 'number',
    filled: 1,
    samples: [],
    values: null,
    format: {},
    question: null,
    multiplier: '1',
    scaleQuestion: null,
    odd: [],
    month: headerMonth(header),
    measure: measureOf(header),
  }));

/** The month columns of a mapping that was saved with some, in a file that has others. */
const fitted = (saved: readonly [header: string, to: string][], headers: readonly string[]): string[] => {
  const mapping = importMapping.parse({
    sheet: 'last year',
    targets: [
      {
        table: 'benefit_values',
        layout: 'wide',
        fields: [{ to: 'benefit_code', column: { index: 0, header: 'Benefit' } }],
        wide: {
          months: saved.map(([header, to], place) => ({
            column: { index: place + 1, header },
            month: headerMonth(header)!,
            to,
          })),
        },
      },
    ],
  });
  const fits = fitMapping(mapping, { sheet: 'this year', headerRow: 1, columns: columnsOf(['Benefit', ...headers]) });
  return fits.mapping.targets[0]!.wide!.months.map(({ column, month, to }) => `${column.header}: ${month} ${to}`);
};

describe('New month columns of a wide table', () => {
  it('are taken by their measure, also where all that were saved fill one field', () => {
    expect(
      fitted(
        [['Actual 2026-01', 'realised']],
        ['Actual 2026-01', 'Actual 2026-02', 'Forecast 2026-07', 'Plan 2026-03'],
      ),
    ).toEqual(['Actual 2026-01: 2026-01 realised', 'Actual 2026-02: 2026-02 realised']);
  });

  it('fill no month twice', () => {
    expect(
      fitted(
        [['Jan 2026', 'realised']],
        ['Jan 2026', 'Actual Jan 2026', 'Actual Feb 2026', 'Feb 2026', 'Plan Feb 2026'],
      ),
    ).toEqual(['Jan 2026: 2026-01 realised', 'Actual Feb 2026: 2026-02 realised']);
  });

  it('go where the saved columns of their measure go', () => {
    expect(
      fitted(
        [
          ['Plan 2026-01', 'planned'],
          ['Outlook 2026-01', 'realised'],
        ],
        ['Plan 2026-02', 'Outlook 2026-02', 'Actual 2026-02', '2026-03'],
      ),
    ).toEqual(['Plan 2026-02: 2026-02 planned', 'Outlook 2026-02: 2026-02 realised']);
  });

  it('that name no measure go where all the others go', () => {
    expect(fitted([['Actual 2026-01', 'realised']], ['2026-02', 'Feb 2026'])).toEqual(['2026-02: 2026-02 realised']);
  });
});
