import { type Aggregation, fractionOf } from '../../core/benefit-status.js';
import { addFractions, type Fraction, minus, ZERO } from '../../core/exact-amounts.js';
import { weightsAt, wholeNodes } from '../../core/weights.js';
import type { BenefitCell } from '../../benefits/cells.queries.js';
import { aggregatedOf, comparedOf, expectationOf, isAhead, outlookOf } from '../../benefits/expectation.js';
import type { BenefitStanding } from '../../benefits/standing.service.js';
import type { TraceContext } from '../context.js';
import { type FigureDefinition, type Input, type Listed, type Records, type Unit } from '../figure.js';
import { askedBenefit } from './losses.js';
import { asked, ownRecords, ownUnit, ownUnitBenefit } from './nodes.js';

/** What one benefit is expected to bring: of months to come, and in the end. */

const history = ['benefit_value', 'exchange_rate', 'import'];
const BENEFIT_LAYER = 4;

interface Asked {
  readonly index: number;
  readonly title: string;
  readonly code: string;
  readonly name: string;
  /** Null outside the scope: then no month counts. */
  readonly of: BenefitStanding | null;
  readonly unit: Unit;
  readonly how: Aggregation;
  /** Its months of the span. */
  readonly cells: readonly BenefitCell[];
}

/** @throws Problem 404 for a benefit that is not there or out of sight */
const benefitOf = async (context: TraceContext): Promise<Asked> => {
  const { id, code, name, index } = await askedBenefit(context);
  const of = (await context.standings()).find(({ row }) => row.id === id) ?? null;
  const all = of ? await context.cellsOf(id) : [];
  const isWithin = ({ month }: BenefitCell): boolean =>
    (context.from === '-infinity' || `${month}-01` >= context.from) &&
    (context.to === 'infinity' || `${month}-01` < context.to);
  return {
    index,
    code,
    title: `${code} ${name}`,
    of,
    name,
    unit: of && !of.row.money ? ownUnit(of) : context.money,
    how: of && !of.row.money ? (of.row.aggregation ?? 'sum') : 'sum',
    cells: all.filter(isWithin),
  };
};

const isMoney = ({ of }: Asked): boolean => of === null || of.row.money;
/** Why nothing is known of a benefit that lies outside; else what the figure says. */
const reasonOf = <Reason extends string | null>({ of }: Asked, reason: Reason): Reason | 'outside_scope' =>
  of === null ? 'outside_scope' : reason;

const valuesOf = async (
  context: TraceContext,
  column: Extract<Records, { of: 'values' }>['column'],
  title: string,
): Promise<Records> => {
  const { facts, index } = await asked(context);
  const weights = weightsAt(facts.whole.chain, 'contribution', wholeNodes(BENEFIT_LAYER, [index]));
  return { of: 'values', title, unit: context.money, column, weights };
};

const listOf = (found: Asked, title: string, amountOf: (cell: BenefitCell) => Fraction | null): Records => ({
  of: 'list',
  title,
  unit: found.unit,
  items: found.cells.flatMap((cell): Listed[] => {
    const amount = amountOf(cell);
    const { code, name } = found;
    return amount === null ? [] : [{ type: 'benefit_value', code, name, at: cell.month, note: null, amount }];
  }),
});

const fraction = (text: string | null): Fraction | null => (text === null ? null : fractionOf(text));

/** Question: what do the months of the span look like? In the benefit's unit; null where neither forecast nor plan stands. */
const outlook: FigureDefinition = {
  id: 'node.outlook',
  formula: {
    text: 'The forecast of each month of one benefit, in a month without a forecast the plan; of a benefit that is not money the sum, mean or latest of them in its own unit.',
    expression: 'Σ (forecast, else planned)',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const found = await benefitOf(context);
    const value = aggregatedOf(found.cells.map(outlookOf), found.how);
    const planOnly = found.cells.filter(({ forecast, planned }) => forecast === null && planned !== null).length;
    return {
      title: `Outlook of ${found.title}`,
      unit: found.unit,
      value,
      ...(value === null && { nullReason: reasonOf(found, 'nothing_recorded') }),
      inputs: [],
      quality: planOnly === 0 ? [] : [`${planOnly} of ${found.cells.length} months have a plan and no forecast.`],
    };
  },
  async records(context) {
    const found = await benefitOf(context);
    const title = `Forecast, else planned values of ${found.title}`;
    if (isMoney(found)) return valuesOf(context, 'outlook', title);
    const own = (await ownUnitBenefit(context, await asked(context)))!;
    return { ...(await ownRecords(context, own, 'outlook')), title };
  },
};

/** The whole life up to `until` or `month`, with what was realised and what is expected apart. */
const expectationAsked = async (context: TraceContext) => {
  const found = await benefitOf(context.within({ span: 'life' }));
  const all = expectationOf(found.cells, context.reading);
  const nullReason = reasonOf(found, found.how !== 'sum' ? 'not_added' : all.isNone ? 'nothing_recorded' : null);
  return { found, ...all, nullReason };
};

const expectationInputs = ({ found, realised, coming }: Awaited<ReturnType<typeof expectationAsked>>): Input[] => [
  { label: 'Realised to date', value: realised, unit: found.unit, trace: null },
  { label: 'Forecast, else planned, of months to come', value: coming, unit: found.unit, trace: null },
];

/** Question: what will this benefit have brought in the end? In its unit; null of one whose months are not added up. */
const expected: FigureDefinition = {
  id: 'node.expected',
  formula: {
    text: 'What was realised of one benefit to date, and the forecast of its later months, in a month without a forecast the plan. A month that is over and has no realised value adds nothing; one that is not over counts as a later month until it has one.',
    expression: 'Σ realised to date + Σ (forecast, else planned) of months to come',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const all = await expectationAsked(context);
    return {
      title: `Expected value of ${all.found.title}`,
      unit: all.found.unit,
      value: all.nullReason === null ? addFractions(all.realised, all.coming) : null,
      ...(all.nullReason !== null && { nullReason: all.nullReason }),
      inputs: all.nullReason === 'not_added' ? [] : expectationInputs(all),
      quality: [],
    };
  },
  async records(context) {
    const life = context.within({ span: 'life' });
    const found = await benefitOf(life);
    const title = `Realised values of ${found.title}, of months to come forecast or else planned values`;
    if (isMoney(found)) {
      const records = await valuesOf(context, 'expected', title);
      return { ...records, months: { from: life.from, to: life.to } } as Records;
    }
    if (found.how !== 'sum') return { of: 'list', title, unit: found.unit, items: [] };
    return listOf(found, title, (cell) => fraction(isAhead(cell, context.reading) ? outlookOf(cell) : cell.realised));
  },
};

const nodePath = (context: TraceContext, figure: 'node.outlook' | 'node.planned' | 'node.expected', code: string) =>
  context.path(figure, { type: 'benefit', ref: code });

/** Question: how far is the outlook of the span from its plan? Null where either is missing. */
const varianceOutlook: FigureDefinition = {
  id: 'node.variance_outlook',
  formula: {
    text: 'The outlook of one benefit less its planned value in the same months.',
    expression: '(forecast, else planned) − planned',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const found = await benefitOf(context);
    const ahead = aggregatedOf(found.cells.map(outlookOf), found.how);
    const { planned } = comparedOf(found.cells, found.how);
    const value = ahead && planned && minus(ahead, planned);
    const trace = nodePath(context, 'node.outlook', found.code);
    return {
      title: `Outlook less planned value of ${found.title}`,
      unit: found.unit,
      value,
      ...(value === null && {
        nullReason: reasonOf(found, planned === null ? 'nothing_planned' : 'nothing_recorded'),
      }),
      inputs: [
        { label: 'Outlook', value: ahead, unit: found.unit, trace },
        { label: 'Planned value', value: planned ?? ZERO, unit: found.unit, trace: null },
      ],
      quality: [],
    };
  },
  async records(context) {
    const found = await benefitOf(context);
    const title = `Outlook less planned values of ${found.title}`;
    if (isMoney(found)) return valuesOf(context, 'varianceOutlook', title);
    const ahead = aggregatedOf(found.cells.map(outlookOf), found.how);
    const { planned } = comparedOf(found.cells, found.how);
    const difference = ahead && planned && minus(ahead, planned);
    const { code, name } = found;
    const note = `${found.how} of ${found.cells.length} months`;
    const items = difference ? [{ type: 'benefit', code, name, at: null, note, amount: difference }] : [];
    return { of: 'list', title, unit: found.unit, items };
  },
};

/** Question: how far will this benefit lie from its plan in the end? Null where the months that are over are planned and none is measured. */
const varianceExpected: FigureDefinition = {
  id: 'node.variance_expected',
  formula: {
    text: 'What one benefit is expected to bring less its planned value over the same months.',
    expression: 'expected − Σ planned',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const all = await expectationAsked(context);
    const nullReason =
      all.nullReason ?? (all.isUnplanned ? 'nothing_planned' : all.isUnmeasured ? 'nothing_measured' : null);
    return {
      title: `Expected less planned value of ${all.found.title}`,
      unit: all.found.unit,
      value: nullReason === null ? minus(addFractions(all.realised, all.coming), all.planned) : null,
      ...(nullReason !== null && { nullReason }),
      inputs:
        all.nullReason === 'not_added'
          ? []
          : [
              ...expectationInputs(all),
              { label: 'Planned value', value: all.planned, unit: all.found.unit, trace: null },
            ],
      quality: [],
    };
  },
  async records(context) {
    const life = context.within({ span: 'life' });
    const found = await benefitOf(life);
    const title = `Expected less planned values of ${found.title}`;
    if (isMoney(found)) {
      const records = await valuesOf(context, 'varianceExpected', title);
      return { ...records, months: { from: life.from, to: life.to } } as Records;
    }
    if (found.how !== 'sum') return { of: 'list', title, unit: found.unit, items: [] };
    return listOf(found, title, (cell) => {
      const expectation = isAhead(cell, context.reading) ? outlookOf(cell) : cell.realised;
      if (expectation === null && cell.planned === null) return null;
      return minus(fraction(expectation) ?? ZERO, fraction(cell.planned) ?? ZERO);
    });
  },
};

export const nodeOutlookFigures: readonly FigureDefinition[] = [outlook, expected, varianceOutlook, varianceExpected];
