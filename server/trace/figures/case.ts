import type { Case, Entry, Facts, Outcome } from '../../case/case.service.js';
import { type CaseKind, CASES } from '../../contract/case-words.js';
import type { Figure } from '../../contract/trace.js';
import { fractionOf, sumOf } from '../../core/benefit-status.js';
import { discountFactors, FACTOR_DENOMINATOR } from '../../core/discount.js';
import type { Fraction } from '../../core/exact-amounts.js';
import { invalidField } from '../../http/problem.js';
import type { TraceContext } from '../context.js';
import { type FigureDefinition, type Input, type Listed, type Records, SHARE, type Unit } from '../figure.js';

/** Figures of an investment's case: what it is worth, planned, expected or realised. */

const MONTHS: Unit = { name: 'months', decimals: 0, trimmed: false };
export const history = [
  'investment_cost',
  'benefit_value',
  'link',
  'exchange_rate',
  'settings',
  'investment',
  'import',
];

interface Asked {
  readonly kind: CaseKind;
  readonly work: Case;
  readonly facts: Facts;
  readonly outcome: Outcome;
  readonly name: string;
}

export const caseAsked = async (context: TraceContext): Promise<Case> => {
  const { type, ref } = context.node();
  if (type !== 'investment')
    throw invalidField('type', 'field.invalid', 'Only an investment has a case. Write type=investment.');
  return context.caseOf(ref);
};

/**
 * The case that is asked for.
 * @throws Problem 422 where none of the three is named
 */
const asked = async (context: TraceContext): Promise<Asked> => {
  const kind = CASES.find((each) => each === context.query.kind);
  if (!kind) throw invalidField('kind', 'field.required', `Name the case by kind: ${CASES.join(', ')}.`);
  const work = await caseAsked(context);
  const { facts } = work;
  return { kind, work, facts, outcome: context.cases.outcome(work, kind), name: `${facts.code} ${facts.name}` };
};

const TITLES: Record<CaseKind, string> = { planned: 'as planned', expected: 'as expected', realised: 'as realised' };
const WHAT: Record<CaseKind, string> = {
  planned: 'planned value less planned cost of all months',
  expected:
    'realised value less actual cost of the months to the end of the period, then forecast (a month without one: planned) value less planned cost',
  realised: 'realised value less actual cost of the months to the end of the period',
};

/** Entries of a case as records. @param amount what an entry adds, null where it adds nothing */
const listed = (facts: Facts, kind: CaseKind, amount: (entry: Entry, units: bigint) => Fraction | null): Listed[] =>
  facts.entries.flatMap((entry) => {
    const units = entry.units[kind];
    const added = units === null ? null : amount(entry, units);
    if (added === null) return [];
    return [
      {
        type: entry.of === 'cost' ? 'investment_cost' : 'benefit_value',
        code: entry.code,
        name: entry.name,
        at: entry.month,
        note: [entry.of === 'cost' ? `cost, ${entry.kind}` : 'value, the part due', `k = ${entry.k}`].join(' · '),
        entered: entry.entered[kind],
        enteredUnit: entry.currency,
        amount: added,
      },
    ];
  });

const net = (facts: Facts, kind: CaseKind): Listed[] => listed(facts, kind, (_, units) => over(facts, units));
const over = ({ denominator }: Facts, units: bigint): Fraction => ({ n: units, d: denominator });

/** Each entry at its present value; they add up to the NPV. */
export const discounted = ({ facts, rate }: Case, kind: CaseKind): Listed[] => {
  const months = facts.entries.map(({ k }) => k);
  const factors = discountFactors(fractionOf(rate), Math.min(0, ...months), Math.max(0, ...months));
  const d = facts.denominator * FACTOR_DENOMINATOR;
  return listed(facts, kind, ({ k }, units) => ({ n: units * factors.get(k)!, d }));
};

const valueAndCost = (context: TraceContext, { outcome, facts, kind }: Asked): Input[] => {
  const more = { type: 'investment' as const, ref: facts.code, kind };
  const input = (label: string, figure: Figure, value: Fraction | null): Input => ({
    label,
    value,
    unit: context.money,
    trace: context.path(figure, more),
  });
  return [input('Value due to it', 'case.value', outcome.value.value), input('Cost', 'case.cost', outcome.cost.value)];
};

export const rateInputs = ({ rate, settingsRate }: Case): Input[] => [
  { label: 'Discount rate, a year', value: fractionOf(rate), unit: SHARE, trace: null },
  ...(rate === settingsRate
    ? []
    : [{ label: 'Discount rate of the settings', value: fractionOf(settingsRate), unit: SHARE, trace: null }]),
];

export const whatIf = ({ rate, settingsRate }: Case): string[] =>
  rate === settingsRate ? [] : ['What-if: another discount rate than that of the settings.'];

interface Description {
  readonly id: Figure;
  readonly title: (asked: Asked) => string;
  readonly text: string;
  readonly expression: string;
  readonly unit: (context: TraceContext) => Unit;
  readonly result: (asked: Asked, context: TraceContext) => { value: Fraction | null; reason: string | null };
  readonly inputs: (context: TraceContext, asked: Asked) => Input[];
  readonly quality?: (asked: Asked) => string[];
  readonly records: (asked: Asked, context: TraceContext) => { title: string; items: Listed[] };
}

const figureOf = (of: Description): FigureDefinition => ({
  id: of.id,
  formula: { text: of.text, expression: of.expression },
  forStakeholders: false,
  history,
  async work(context) {
    const found = await asked(context);
    const { value, reason } = of.result(found, context);
    return {
      title: `${of.title(found)} of ${found.name}, ${TITLES[found.kind]}`,
      unit: of.unit(context),
      value,
      ...(reason !== null && { nullReason: reason }),
      inputs: of.inputs(context, found),
      quality: [`Counted: ${WHAT[found.kind]}.`, ...(of.quality?.(found) ?? []), ...found.work.notes],
    };
  },
  async records(context): Promise<Records> {
    const { title, items } = of.records(await asked(context), context);
    return { of: 'list', title, unit: context.money, items };
  },
});

const money = (context: TraceContext): Unit => context.money;
const undiscounted = ({ facts, kind }: Asked): { title: string; items: Listed[] } => ({
  title: 'Net: value less cost, not discounted',
  items: net(facts, kind),
});

/** Question: what is the investment worth today? Unit: reporting currency; null where no cost is recorded. */
const npv = figureOf({
  id: 'case.npv',
  title: () => 'Net present value',
  text: 'Value that is due to the investment less its cost, month by month, each month discounted to that of the first cost at the annual discount rate, added up.',
  expression: 'NPV = Σ net_m ÷ (1 + r)^(k/12), k = months since the first cost',
  unit: money,
  result: ({ outcome }) => outcome.npv,
  inputs: (context, found) => [...rateInputs(found.work), ...valueAndCost(context, found)],
  quality: ({ work }) => whatIf(work),
  records: ({ work, kind }) => ({ title: 'Net at its present value', items: discounted(work, kind) }),
});

/** Question: which annual rate does it earn? A fraction; null where no rate, or more than one, makes the NPV 0. */
const irr = figureOf({
  id: 'case.irr',
  title: () => 'Internal rate of return',
  text: 'The annual rate at which the net present value is 0. There is none where the net never changes its sign; where several rates do it, none of them is the one, and all are listed.',
  expression:
    'r with Σ net_m ÷ (1 + r)^(k/12) = 0; all roots counted by Descartes’ rule of signs with bisection, exactly',
  unit: () => SHARE,
  result: ({ outcome }) => outcome.irr,
  inputs: (context, found) => [
    ...(found.outcome.irr.roots.length < 2 ? [] : found.outcome.irr.roots).map((value, at) => ({
      label: `Rate ${at + 1} at which the NPV is 0`,
      value,
      unit: SHARE,
      trace: null,
    })),
    ...valueAndCost(context, found),
  ],
  records: undiscounted,
});

/** Question: when has it paid back? Months after the first cost; null where the sum of net ends below 0. */
const payback = figureOf({
  id: 'case.payback',
  title: () => 'Payback',
  text: 'Months from the first cost to the first month from which on value less cost, added up and not discounted, stays at 0 or above to the end.',
  expression: 'least k with Σ net to any month from k on ≥ 0',
  unit: () => MONTHS,
  result: ({ outcome }) => outcome.payback,
  inputs: (context, found) => valueAndCost(context, found),
  quality: ({ outcome, facts }) => [
    ...(facts.firstCostMonth === null ? [] : [`The first cost is of ${facts.firstCostMonth}.`]),
    ...(outcome.payback.month === null ? [] : [`Paid back in ${outcome.payback.month}.`]),
  ],
  records: undiscounted,
});

/** Question: what comes back for each unit spent, beyond it? A fraction; null where no cost is recorded. */
const roi = figureOf({
  id: 'case.roi',
  title: () => 'Return on investment',
  text: 'Value that is due to the investment less its cost, divided by its cost. Not discounted.',
  expression: '(V − C) ÷ C',
  unit: () => SHARE,
  result: ({ outcome }) => outcome.roi,
  inputs: (context, found) => valueAndCost(context, found),
  records: (found) => ({ ...undiscounted(found), title: 'Numerator: value less cost' }),
});

/** Question: what of the benefits is due to it? Unit: reporting currency; null where no value is recorded. */
const value = figureOf({
  id: 'case.value',
  title: () => 'Value',
  text: 'The part of each benefit’s value that contributions credit to the investment, each month at its exchange rate, added up. Not discounted.',
  expression: 'V = Σ contribution · value · rate(currency, month)',
  unit: money,
  result: ({ outcome }) => outcome.value,
  inputs: (context, { facts, kind }) => {
    const counted = facts.entries.filter((entry) => entry.of === 'value' && entry.units[kind] !== null);
    const codes = [...new Set(counted.map(({ code }) => code))];
    return context.largest(
      codes.map((code) => {
        const own = counted.filter((entry) => entry.code === code);
        const label = `${code} ${own[0]!.name}, the part due`;
        return {
          label,
          value: sumOf(own.map((entry) => over(facts, entry.units[kind]!))),
          unit: context.money,
          trace: null,
        };
      }),
    );
  },
  records: ({ facts, kind }) => ({
    title: 'Value, the part due to the investment',
    items: listed(facts, kind, ({ of }, units) => (of === 'value' ? over(facts, units) : null)),
  }),
});

/** Question: what does it cost? Unit: reporting currency; null where no cost of the kind is recorded. */
const cost = figureOf({
  id: 'case.cost',
  title: () => 'Cost',
  text: 'Cost of the investment, each month at its exchange rate, added up: planned, or actual to the end of the period and planned after it. Not discounted.',
  expression: 'C = Σ cost · rate(currency, month)',
  unit: money,
  result: ({ outcome }) => outcome.cost,
  inputs: (context, { facts, kind }) => {
    const counted = facts.entries.filter((entry) => entry.of === 'cost' && entry.units[kind] !== null);
    return [...new Set(counted.map((entry) => entry.kind))].map((sort) => ({
      label: `Of that, ${sort}`,
      value: sumOf(counted.filter((entry) => entry.kind === sort).map((entry) => over(facts, -entry.units[kind]!))),
      unit: context.money,
      trace: null,
    }));
  },
  records: ({ facts, kind }) => ({
    title: 'Cost',
    items: listed(facts, kind, ({ of }, units) => (of === 'cost' ? over(facts, -units) : null)),
  }),
});

const upTo = ({ facts, kind }: Asked, { query: { month } }: TraceContext): Listed[] =>
  listed(facts, kind, (entry, units) => (month === undefined || entry.month <= month ? over(facts, units) : null));

/** Question: how far is it paid back by a month? Unit: reporting currency; null where no cost of the kind is recorded. */
const cumulative = figureOf({
  id: 'case.cumulative',
  title: () => 'Cumulative net',
  text: 'Value that is due to the investment less its cost, of all months up to the one named by month (without one: of all), added up. Not discounted.',
  expression: 'Σ net_m, m ≤ month',
  unit: money,
  result: (found, context) =>
    found.outcome.cost.value === null
      ? { value: null, reason: found.outcome.cost.reason }
      : { value: sumOf(upTo(found, context).map(({ amount }) => amount)), reason: null },
  inputs: (context, found) => valueAndCost(context, found),
  records: (found, context) => ({ title: 'Net: value less cost', items: upTo(found, context) }),
});

export const caseFigures: readonly FigureDefinition[] = [npv, irr, payback, roi, value, cost, cumulative];
