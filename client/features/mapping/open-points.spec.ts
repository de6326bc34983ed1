import { describe, expect, it } from '@jest/globals';
import type { SourceColumn } from '../../../server/contract/mapping.js';
import { emptyMapping, emptyTarget, fill, putTarget, removeTarget, setLayout, setMeasure, setScale } from './editing';
import { answer, answerTo, neededForNew, openPoints, questionsOf } from './open-points';
import { answerScale, scaleQuestionIn } from './scale-question';
import { column, COLUMNS, COST, FEB, ID, JAN, mapped, SHEET, START } from './test-sheet';

describe('Months of costs', () => {
  const FORECAST = column(7, 'Forecast 2026-03', { month: '2026-03', measure: 'forecast' });
  const ACTUAL = column(8, 'Actual 2026-02', { month: '2026-02', measure: 'realised' });
  const costs = (columns: readonly SourceColumn[]) => setLayout(emptyTarget('investment_costs'), 'wide', columns);

  it('are what their headers name; a forecast is neither plan nor actual', () =>
    expect(costs([JAN, FEB, FORECAST, ACTUAL]).wide!.months.map(({ column: { index }, to }) => [index, to])).toEqual([
      [5, 'planned'],
      [6, 'actual'],
      [8, 'actual'],
    ]));

  it('of a forecast alone wait for a person to say what they hold', () => {
    const sheet = { ...SHEET, columns: [ID, FORECAST] };
    const empty = fill(fill(costs(sheet.columns), 'investment_code', ID), 'kind', ID);
    expect(openPoints(mapped(empty), sheet)).toEqual([
      {
        message: 'Investment costs: say what the columns that are months hold.',
        fieldId: 'months-0',
        target: 0,
      },
    ]);
    expect(setMeasure(empty, 'planned', sheet.columns).wide!.months).toEqual([
      { column: { index: 7, header: 'Forecast 2026-03' }, month: '2026-03', to: 'planned' },
    ]);
  });
});

describe('What is open', () => {
  it('is first of all what the rows are', () => {
    expect(openPoints(emptyMapping(SHEET), SHEET)).toEqual([
      { message: 'Choose what the rows are.', fieldId: 'which-table', target: null },
    ]);
  });

  it('is each key field that nothing fills, with the way to it', () => {
    const costs = fill(emptyTarget('investment_costs'), 'investment_code', ID);
    expect(openPoints(mapped(emptyTarget('investments'), costs), SHEET)).toEqual([
      {
        message: 'Investments: choose a column for “Code”, or give it one value.',
        fieldId: 'value-0-code',
        target: 0,
      },
      {
        message: 'Investment costs: choose a column for “Month”, or give it one value.',
        fieldId: 'value-1-month',
        target: 1,
      },
      {
        message: 'Investment costs: choose a column for “Kind”, or give it one value.',
        fieldId: 'value-1-kind',
        target: 1,
      },
    ]);
    expect(neededForNew(emptyTarget('investments')).map(({ id }) => id)).toEqual(['name']);
  });

  it('is a question about columns in use only, asked once for all of them', () => {
    const unused = fill(emptyTarget('investments'), 'code', ID);
    expect(questionsOf(mapped(unused), SHEET)).toEqual([]);
    const asText = fill(unused, 'name', COST);
    expect(questionsOf(mapped(asText), SHEET)).toEqual([]);
    const costs = fill(fill(emptyTarget('investment_costs'), 'planned', COST), 'actual', JAN);
    const both = mapped(costs, fill(emptyTarget('investments'), 'start_month', START));
    expect(questionsOf(both, SHEET).map(({ kind, columns, isAnswered }) => [kind, columns, isAnswered])).toEqual([
      ['decimal', ['Cost (£m)', 'Jan 26 plan'], false],
      ['date_order', ['Start'], false],
    ]);
  });

  it('is answered for all of them at once', () => {
    const costs = fill(fill(emptyTarget('investment_costs'), 'planned', COST), 'month', START);
    const wide = setLayout(fill(emptyTarget('benefit_values'), 'benefit_code', ID), 'wide', COLUMNS);
    const asked = mapped(costs, wide);
    const answered = answer(asked, SHEET, 'decimal', { decimal: 'comma' });
    expect(answered.targets[0]!.fields.map(({ format }) => format)).toEqual([{ decimal: 'comma' }, {}]);
    expect(answered.targets[1]!.wide!.format).toEqual({ decimal: 'comma' });
    expect(answerTo(asked, SHEET, 'decimal')).toBeUndefined();
    expect(answerTo(answered, SHEET, 'decimal')).toBe('comma');
    expect(questionsOf(answered, SHEET).map(({ isAnswered }) => isAnswered)).toEqual([true, false]);
  });

  it('tables are added, changed and taken away', () => {
    const one = putTarget(emptyMapping(SHEET), 0, emptyTarget('investments'));
    const two = putTarget(one, 1, emptyTarget('benefits'));
    expect(putTarget(two, 0, emptyTarget('outcomes')).targets.map(({ table }) => table)).toEqual([
      'outcomes',
      'benefits',
    ]);
    expect(removeTarget(two, 0).targets.map(({ table }) => table)).toEqual(['benefits']);
  });
});

describe('The scale of amounts', () => {
  const scaleQuestion: SourceColumn['scaleQuestion'] = {
    said: 'Jan 2026 (£k)',
    example: '2.5',
    readings: [
      { multiplier: '1000', reads: '2500' },
      { multiplier: '1', reads: '2.5' },
    ],
  };
  const THOUSANDS = column(1, 'Jan 2026 (£k)', { month: '2026-01', multiplier: '1000' });
  const SILENT = column(2, 'Feb 2026', { month: '2026-02', scaleQuestion });
  const LATER = column(3, 'Mar 2026', { month: '2026-03', scaleQuestion });
  const sheet = { ...SHEET, columns: [ID, THOUSANDS, SILENT, LATER] };
  const wide = mapped(setLayout(fill(emptyTarget('benefit_values'), 'benefit_code', ID), 'wide', sheet.columns));

  it('is asked once for the columns that say none, and answered for them alone', () => {
    expect(wide.targets[0]!.wide!.multiplier).toBeUndefined();
    expect(openPoints(wide, sheet)).toEqual([
      { message: 'Say at which scale Feb 2026, Mar 2026 are written.', fieldId: 'question-scale', target: null },
    ]);
    const answered = answerScale(wide, sheet, '1000');
    expect(scaleQuestionIn(answered, sheet)).toMatchObject({ given: '1000', isAnswered: true });
    expect(answered.targets[0]!.wide!.months.map(({ multiplier }) => multiplier)).toEqual([undefined, '1000', '1000']);
    expect(openPoints(answered, sheet)).toEqual([]);
    expect(setScale(answered.targets[0]!, '1').wide!.months.map(({ multiplier }) => multiplier)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is asked of amounts alone', () => {
    const rate = fill(emptyTarget('exchange_rates'), 'rate', SILENT);
    expect(scaleQuestionIn(mapped(rate), sheet)).toBeNull();
    const cost = fill(emptyTarget('investment_costs'), 'actual', SILENT);
    expect(scaleQuestionIn(mapped(cost), sheet)).toMatchObject({ columns: ['Feb 2026'], isAnswered: false });
  });
});
