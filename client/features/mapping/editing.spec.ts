import { describe, expect, it } from '@jest/globals';
import {
  changeField,
  emptyTarget,
  filledBy,
  fill,
  isBlankBy,
  refill,
  release,
  setBlank,
  setConstant,
  setLayout,
  setMeasure,
  setMonth,
  setValue,
  sourceOf,
  valueFor,
} from './editing';
import { choiceRows, openPoints, openWords } from './open-points';
import { COLUMNS, COST, FEB, ID, mapped, SHEET, START, STATE, TITLE } from './test-sheet';

describe('Matching a column', () => {
  const investments = emptyTarget('investments');

  it('fills a field, and no longer the one before', () => {
    const first = refill(investments, ID, null, 'name');
    const second = refill(first, ID, 'name', 'code');
    expect(second.fields.map(({ to, column: from }) => [to, from])).toEqual([
      ['code', { index: 0, header: 'Project ID' }],
    ]);
    expect(refill(second, ID, 'code', null).fields).toEqual([]);
    expect(refill(second, ID, 'code', 'code')).toBe(second);
  });

  it('fills two fields where it is added to the second', () => {
    const both = refill(refill(investments, ID, null, 'code'), ID, null, 'name');
    expect(filledBy(both, 0).map(({ to }) => to)).toEqual(['code', 'name']);
  });

  it('takes the place of another column', () => {
    const other = fill(fill(investments, 'name', ID), 'name', TITLE);
    expect(sourceOf(other, 'name')!.column).toEqual({ index: 1, header: 'Title' });
    expect(other.fields).toHaveLength(1);
  });

  it('takes over the scale that the header names, for numbers only', () => {
    const costs = fill(fill(emptyTarget('investment_costs'), 'planned', COST), 'investment_code', COST);
    expect(sourceOf(costs, 'planned')!.multiplier).toBe('1000000');
    expect(sourceOf(costs, 'investment_code')!.multiplier).toBe('1');
  });

  it('keeps the value for all rows, which then fills blank cells', () => {
    const both = fill(setConstant(investments, 'status', 'active'), 'status', STATE);
    expect(sourceOf(both, 'status')).toMatchObject({ constant: 'active', column: { index: 3 } });
    expect(sourceOf(release(both, 'status'), 'status')).toMatchObject({ constant: 'active', column: null });
    expect(setConstant(release(both, 'status'), 'status', '').fields).toEqual([]);
  });

  it('leaves no field without a source', () =>
    expect(changeField(investments, 'code', { prefix: 'X-' }).fields).toEqual([]));
});

describe('Words of the file', () => {
  const target = fill(emptyTarget('investments'), 'status', STATE);
  const rows = (of: typeof target) => choiceRows('investments', sourceOf(of, 'status')!, STATE);

  it('that are ours need no choice; the others wait for one', () => {
    expect(rows(target)).toEqual([
      { value: 'In flight', count: 5, to: null },
      { value: 'NA', count: 1, to: null },
    ]);
  });

  it('are chosen, chosen anew and left as they are', () => {
    const chosen = setValue(target, 'status', 'In flight', 'approved');
    const anew = setValue(chosen, 'status', 'IN FLIGHT', 'active');
    expect(sourceOf(anew, 'status')!.values).toEqual([{ from: 'IN FLIGHT', to: 'active' }]);
    expect(valueFor(sourceOf(anew, 'status')!, 'in flight')).toBe('active');
    expect(rows(anew)[0]).toEqual({ value: 'In flight', count: 5, to: 'active' });
    expect(sourceOf(setValue(anew, 'status', 'in flight', null), 'status')!.values).toEqual([]);
  });

  it('that stand for no value are blank', () => {
    const source = sourceOf(target, 'status')!;
    const blanks = [...setBlank(source, 'NA', true)];
    expect(rows(changeField(target, 'status', { blanks }))[1]).toEqual({ value: 'NA', count: 1, to: '' });
    expect(setBlank({ ...source, blanks }, 'na', false)).toEqual([]);
    expect(isBlankBy(['exempt*'], 'Exempt under Section 43')).toBe(true);
    expect(isBlankBy(['exempt'], 'Exempt under Section 43')).toBe(false);
  });

  it('are counted until each is settled, also where a number or a date should stand', () => {
    expect(openWords('investments', sourceOf(target, 'status')!, STATE)).toBe(2);
    const all = setValue(target, 'status', '*', 'active');
    expect(openWords('investments', sourceOf(all, 'status')!, STATE)).toBe(0);
    const cost = { ...COST, odd: [{ value: 'NA', count: 2 }] };
    const costs = fill(emptyTarget('investment_costs'), 'actual', cost);
    expect(openWords('investment_costs', sourceOf(costs, 'actual')!, cost)).toBe(1);
    const blank = changeField(costs, 'actual', { blanks: ['*'] });
    expect(openWords('investment_costs', sourceOf(blank, 'actual')!, cost)).toBe(0);
    const named = fill(emptyTarget('investments'), 'name', cost);
    expect(openWords('investments', sourceOf(named, 'name')!, cost)).toBe(0);
  });

  it('in a field of text need no choice', () => {
    const named = fill(emptyTarget('investments'), 'name', STATE);
    expect(choiceRows('investments', sourceOf(named, 'name')!, STATE)).toEqual([]);
  });
});

describe('A wide table', () => {
  const long = fill(fill(emptyTarget('benefit_values'), 'benefit_code', ID), 'month', START);
  const wide = setLayout(long, 'wide', COLUMNS);

  it('takes the columns that are months, each with the figure it names', () => {
    expect(wide.wide!.months.map(({ month, to }) => [month, to])).toEqual([
      ['2026-01', 'planned'],
      ['2026-02', 'realised'],
    ]);
    expect(wide.fields.map(({ to }) => to)).toEqual(['benefit_code']);
  });

  it('is corrected month by month, or all at once', () => {
    expect(setMonth(wide, FEB, null).wide!.months.map(({ month }) => month)).toEqual(['2026-01']);
    expect(setMonth(wide, COST, 'forecast', '2026-03').wide!.months.map(({ month, to }) => [month, to])).toEqual([
      ['2026-03', 'forecast'],
      ['2026-01', 'planned'],
      ['2026-02', 'realised'],
    ]);
    expect(setMeasure(wide, 'forecast', COLUMNS).wide!.months.every(({ to }) => to === 'forecast')).toBe(true);
  });

  it('is long again without its months', () => {
    expect(setLayout(wide, 'long', COLUMNS)).toMatchObject({ layout: 'long', wide: null });
    expect(setLayout(long, 'long', COLUMNS)).toBe(long);
  });

  it('needs no month among its fields, but months', () => {
    expect(openPoints(mapped(wide), SHEET).map(({ message }) => message)).toEqual(['Say how “9.999” is to be read.']);
    const none = { ...wide, wide: { ...wide.wide!, months: [] } };
    expect(openPoints(mapped(none), SHEET)).toEqual([
      { message: 'Benefit values: say what the columns that are months hold.', fieldId: 'months-0', target: 0 },
    ]);
  });
});
