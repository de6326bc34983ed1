import { describe, expect, test } from '@jest/globals';
import type { ReviewCell, ReviewDrawing, ReviewTable } from '../../contract/review.js';
import type { Told } from './beside.js';
import { columnBeside } from './columns.js';

const words = (text: string): ReviewCell => ({ text, value: null, unit: null, figure: null, impact: null });
const days = (value: string, figure: string | null = null): ReviewCell => ({
  ...{ text: `${value} days`, value, unit: 'days', figure, impact: null },
});

const table = (rows: ReviewCell[][], more: Partial<ReviewTable> = {}): ReviewTable => ({
  id: 'open',
  title: 'Waiting for a decision',
  columns: ['Decision', 'Due', 'Open for'].map((title) => ({ title, kind: 'text', unit: null })),
  ...{ rows, total: rows.length, note: null },
  ...more,
});
const told = (tables: ReviewTable[], drawings: ReviewDrawing[] = []): Told[] => [{ id: 'decisions', tables, drawings }];
const TODAY = { later: 0, keyHere: (key: string) => key };
const beside = (frozen: ReviewTable, other: ReviewTable[], more: Partial<typeof TODAY> = {}) =>
  columnBeside(told([frozen]), { sections: told(other), ...TODAY, ...more }, {});

describe('A frozen table in another column', () => {
  const frozen = table([
    [words('DEC-1 Which shop'), words('Not due yet'), days('10')],
    [words('DEC-2 Which bank'), words('Overdue'), days('90')],
    [words('DEC-3 Which cloud'), words('Overdue'), days('5')],
  ]);

  test('has the cells of the same row there, with what it differs by; rows are found by their code where they are renamed', () => {
    const other = table([
      [words('DEC-3 Which clouds'), words('Overdue'), days('7.5')],
      [words('DEC-1 Which shop'), words('Overdue'), days('10')],
      [words('DEC-4 Which phone'), words('Overdue'), days('1')],
    ]);
    const { tables, added } = beside(frozen, [other, table([], { id: 'decided', title: 'Decided' })]);
    const [{ rows, isThere, added: rowsAdded } = tables[0]!] = tables;
    expect([isThere, rowsAdded.count, rowsAdded.columns]).toEqual([true, 1, other.columns]);
    expect(rowsAdded.rows).toEqual([[words('DEC-4 Which phone'), words('Overdue'), days('1')]]);
    expect(rows[0]).toEqual([
      null,
      { cell: words('Overdue'), change: null, isOther: true },
      { cell: days('10'), change: null, isOther: false },
    ]);
    expect(rows[1]).toBeNull();
    expect(rows[2]![2]).toMatchObject({ cell: days('7.5'), change: { value: '2.5', text: '+2.50 days' } });
    expect(added).toEqual([{ section: 'decisions', title: 'Decided', rows: { columns: [], rows: [], count: 0 } }]);
  });

  test('finds a row by the figures that it holds, whatever it is called, and leaves its figures to the restatement', () => {
    const one = table([
      [words('Spend'), words('to date'), days('3', 'spend?span=to_date')],
      [words('Spend'), words('in the quarter'), days('2', 'spend?period=2026-Q3')],
    ]);
    const before = table([
      [words('Spend'), words('then'), days('1', 'spend?period=2026-Q2')],
      [words('Spent'), words('to then'), days('2', 'spend?span=to_date')],
    ]);
    const { tables } = beside(one, [before], { later: -1, keyHere: (key) => key.replace('Q2', 'Q3') });
    expect(tables[0]!.rows.map((row) => row![1]!.cell.text)).toEqual(['to then', 'then']);
    expect(tables[0]!.rows.map((row) => row![2])).toEqual([null, null]);
  });

  test('of the earlier review it has the quarters that are named there, and the difference from then to now', () => {
    const quarters = (...titles: string[]) => ({
      columns: ['Decision', ...titles].map((title) => ({ title, kind: 'number' as const, unit: null })),
    });
    const now = table([[words('A'), days('4'), days('3')]], quarters('2026 Q1', '2026 Q1, as frozen then'));
    const then = table([[words('A'), days('6')]], quarters('2025 Q4'));
    const { tables } = beside(now, [then], { later: -1 });
    expect(tables[0]).toMatchObject({
      titles: ['Decision', '2025 Q4', '2025 Q4, as frozen then'],
      rows: [[null, { cell: days('6'), change: { value: '-2', text: '−2.00 days' } }, null]],
    });
  });

  test('takes no row for another that shares its name, and says where there is no such table', () => {
    const twice = table([
      [words('Same'), words('a'), days('1')],
      [words('Same'), words('b'), days('2')],
    ]);
    expect(beside(twice, [twice]).tables[0]!.rows).toEqual([null, null]);
    expect(beside(frozen, []).tables[0]).toMatchObject({ isThere: false, rows: [null, null, null] });
  });
});

test('A drawing in another column is that column’s, with the marks that differ: also those that are no figures', () => {
  const xmr = (values: string[], centre: string, target: string | null): ReviewDrawing => ({
    ...{ id: 'flow.cycle_time', kind: 'xmr', message: 'Cycle time', about: '', unit: 'days' },
    points: values.map((value, at) => ({ label: `2026 Q${at + 1}`, value: days(value), isSignal: false })),
    limits: { centre: days(centre), lower: days('1'), upper: days('9') },
    target: target === null ? null : days(target),
  });
  const other = xmr(['3', '5'], '4.5', '2');
  const { drawings } = columnBeside(
    told([], [xmr(['3', '4'], '4', null)]),
    { sections: told([], [other]), ...TODAY },
    {},
  );
  expect(drawings[0]).toMatchObject({ drawing: other, gone: [], added: ['Target'] });
  expect(drawings[0]!.marks.map(({ label, change }) => [label, change!.text])).toEqual([
    ['2026 Q2', '+1.00 days'],
    ['Mean', '+0.500 days'],
  ]);
  const none = columnBeside(told([], [other]), { sections: told([]), ...TODAY }, {});
  expect(none.drawings[0]).toMatchObject({ drawing: null, marks: [] });
});

test('Each kind of drawing has its Δ: what a step loses, the difference from plan, and the latest points of lines that end in different quarters', () => {
  const drawn = { id: 'd', message: '', about: '', unit: 'days' };
  const xmr = (...points: [string, string][]): ReviewDrawing => ({
    ...{ ...drawn, kind: 'xmr', limits: null, target: null },
    points: points.map(([label, value]) => ({ label, value: days(value), isSignal: false })),
  });
  const coverage = (reached: string, lost: string): ReviewDrawing => ({
    ...{ ...drawn, kind: 'coverage' },
    bars: [{ label: 'Capability', value: days(reached), lost: days(lost) }],
  });
  const profile = (...columns: [string, string, string][]): ReviewDrawing => ({
    ...{ ...drawn, kind: 'profile' },
    columns: columns.map(([label, value, variance]) => ({
      ...{ label, scenario: 'AC', value: days(value), planned: days('9'), variance: days(variance) },
    })),
  });
  const previous = { ...TODAY, later: -1 };
  const changes = (frozen: ReviewDrawing, there: ReviewDrawing) => {
    const { drawings } = columnBeside(told([], [frozen]), { sections: told([], [there]), ...previous }, {});
    const { marks, gone, added } = drawings[0]!;
    return { marks: marks.map(({ label, change }) => [label, change!.text]), gone, added };
  };
  expect(changes(xmr(['2026 Q2', '4'], ['2026 Q3', '6']), xmr(['2026 Q1', '3'], ['2026 Q2', '4']))).toEqual({
    marks: [['Latest, 2026 Q2 and 2026 Q3', '+2.00 days']],
    ...{ gone: ['2026 Q3'], added: ['2026 Q1'] },
  });
  expect(changes(coverage('4', '1'), coverage('3', '2')).marks).toEqual([
    ['Capability', '+1.00 days'],
    ['Short of Capability', '−1.00 days'],
  ]);
  expect(changes(profile(['Q2', '5', '-4'], ['Q3', '1', '-8']), profile(['Q1', '1', '-8'], ['Q2', '4', '-5']))).toEqual(
    {
      marks: [
        ['Q2', '+1.00 days'],
        ['Q2, difference from plan', '+1.00 days'],
      ],
      ...{ gone: ['Q3'], added: ['Q1'] },
    },
  );
});
