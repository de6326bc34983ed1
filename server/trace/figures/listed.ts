import { minus } from '../../core/exact-amounts.js';
import { amountOf, type RegisterLine, type SumKind, sumOfLines } from '../../benefits/register.lines.js';
import { benefitFilter, type BenefitFilter } from '../../contract/register.js';
import type { Figure } from '../../contract/trace.js';
import { weightsAt, wholeNodes } from '../../core/weights.js';
import { invalidField } from '../../http/problem.js';
import type { TraceContext } from '../context.js';
import { divided, type FigureDefinition, type Records, SHARE } from '../figure.js';
import type { ValueColumn } from '../records.queries.js';
import { overLife } from './difference.js';
import { plansStandingInAmong, unprovenMonths } from './sentences.js';
import { capitalised } from './words.js';

/** Figures of the register of benefits: what its lines add up to. */

export const history = ['benefit_value', 'benefit', 'exchange_rate', 'import'];
const BENEFIT_LAYER = 4;

/** @throws Problem 422 for what is no search of the register */
const filterAsked = ({ query: { among } }: TraceContext): BenefitFilter => {
  const found = benefitFilter.safeParse(Object.fromEntries(new URLSearchParams(among ?? '')));
  if (found.success) return found.data;
  throw invalidField('among', 'field.invalid', 'among holds the filters of the register, such as class=cashable.');
};

/** The money benefits among the lines that the question asks for. */
export const linesAsked = async (context: TraceContext): Promise<RegisterLine[]> =>
  (await context.register(filterAsked(context))).filter(({ of }) => of.row.money);

/** Value cells of the money benefits among the lines, whole. */
export const cellsOf = async (
  context: TraceContext,
  title: string,
  column: ValueColumn,
  lines: readonly RegisterLine[],
): Promise<Records> => {
  const { rows, whole } = await context.chain();
  const ids = new Set(lines.map(({ of }) => of.row.id));
  const nodes = rows.flatMap(({ id }, index) => (ids.has(id) ? [index] : []));
  return {
    of: 'values',
    title: `${title}, by benefit and month`,
    unit: context.money,
    column,
    weights: weightsAt(whole.chain, 'contribution', wholeNodes(BENEFIT_LAYER, nodes)),
    ...(column === 'expected' && { months: overLife(context) }),
  };
};

export const unmeasuredAmong = (lines: readonly RegisterLine[]): string[] => {
  const unmeasured = lines.filter(({ of }) => of.standing.status === 'unmeasured').length;
  return unmeasured === 0
    ? []
    : [`${unmeasured} of ${lines.length} money benefits are not measured: they count with their plan and no value.`];
};

export const standInsAmong = (lines: readonly RegisterLine[]): string[] =>
  plansStandingInAmong(lines.map(({ of }) => of.row));

interface Words {
  readonly id: Figure;
  /** Of one line. */
  readonly ofOne: Figure;
  readonly column: ValueColumn;
  readonly title: string;
  readonly text: string;
  readonly expression: string;
}

const WORDS: Record<SumKind, Words> = {
  planned: {
    id: 'listed.planned',
    ofOne: 'node.planned',
    column: 'planned',
    title: 'Planned value of the listed benefits',
    text: 'What the current plans of the money benefits that pass the filters promise to date: each month at its exchange rate, added up.',
    expression: 'Σ planned × rate(currency, month), of the listed benefits',
  },
  baseline: {
    id: 'listed.baseline_planned',
    ofOne: 'node.baseline_planned',
    column: 'baselinePlanned',
    title: 'Planned value of the baseline plans of the listed benefits',
    text: 'What the baseline plans of the money benefits that pass the filters promise to date: of each the plan in force at the approval, each month at its exchange rate, added up. Of a benefit that is not approved the current plan counts.',
    expression: 'Σ baseline planned × rate(currency, month), of the listed benefits',
  },
  realised: {
    id: 'listed.realised',
    ofOne: 'node.realised',
    column: 'realised',
    title: 'Realised value of the listed benefits',
    text: 'What was reported as realised to date for the money benefits that pass the filters: each month at its exchange rate, added up.',
    expression: 'Σ realised × rate(currency, month), of the listed benefits',
  },
  expected: {
    id: 'listed.expected',
    ofOne: 'node.expected',
    column: 'expected',
    title: 'Expected value of the listed benefits',
    text: 'What was realised to date of the money benefits that pass the filters, and the forecast of all later months, in a month without a forecast its plan.',
    expression: 'Σ realised to date + Σ (forecast, else planned) of months to come, of the listed benefits',
  },
};

/** Question: what do the benefits of a list bring? Unit: reporting currency; null where none of them has such a value. */
const sum = (kind: SumKind): FigureDefinition => ({
  id: WORDS[kind].id,
  formula: { text: WORDS[kind].text, expression: WORDS[kind].expression },
  forStakeholders: true,
  history,
  async work(context) {
    const lines = await linesAsked(context);
    const value = sumOfLines(lines, kind);
    const inputs = lines.flatMap((line) => {
      const amount = amountOf(line, kind);
      const { code, name } = line.of.row;
      const trace = context.path(WORDS[kind].ofOne, { type: 'benefit', ref: code });
      return amount === null ? [] : [{ label: `${code} ${name}`, value: amount, unit: context.money, trace }];
    });
    return {
      title: WORDS[kind].title,
      unit: context.money,
      value,
      ...(value === null && { nullReason: 'nothing_recorded' }),
      inputs: context.largest(inputs),
      quality: kind === 'planned' ? [] : kind === 'baseline' ? standInsAmong(lines) : unmeasuredAmong(lines),
    };
  },
  records: async (context) => cellsOf(context, WORDS[kind].title, WORDS[kind].column, await linesAsked(context)),
});

/** Question: how far are the benefits of a list from their plans? Unit: reporting currency; null where nothing is planned, or nothing measured. */
const variance = (against: 'planned' | 'baseline'): FigureDefinition => {
  const [plan, column, name] =
    against === 'planned'
      ? (['planned', 'varianceRealised', 'planned value'] as const)
      : (['baseline planned', 'varianceBaseline', 'planned value of the baseline plans'] as const);
  return {
    id: against === 'planned' ? 'listed.variance' : 'listed.baseline_variance',
    formula: {
      text: `Realised value less ${name} of the money benefits that pass the filters. One that is not measured counts with its plan.`,
      expression: `Σ realised − Σ ${plan}, of the listed benefits`,
    },
    forStakeholders: true,
    history,
    async work(context) {
      const lines = await linesAsked(context);
      const { among = '' } = context.query;
      const input = (kind: 'realised' | typeof against, label: string) => ({
        label,
        value: sumOfLines(lines, kind),
        unit: context.money,
        trace: context.path(WORDS[kind].id, { among }),
      });
      const [realised, planned] = [input('realised', 'Realised value'), input(against, capitalised(name))];
      return {
        title: `Realised value less ${name} of the listed benefits`,
        unit: context.money,
        value: realised.value && planned.value && minus(realised.value, planned.value),
        nullReason: planned.value === null ? 'nothing_planned' : 'nothing_measured',
        inputs: [realised, planned],
        quality: [...(against === 'baseline' ? standInsAmong(lines) : []), ...unmeasuredAmong(lines)],
      };
    },
    records: async (context) => cellsOf(context, `Realised values less ${name}`, column, await linesAsked(context)),
  };
};

/** Question: how much of the realised value is only claimed? A fraction; null where Σ realised is 0. */
const unevidencedShare: FigureDefinition = {
  id: 'unevidenced_share',
  formula: {
    text: 'Realised value to date of months that carry neither evidence nor a confirmation (evidence level below 2), divided by all realised value.',
    expression: 'Σ realised with evidence level < 2 ÷ Σ realised',
  },
  forStakeholders: true,
  history,
  async work(context) {
    const [all, proven] = [await context.sum('realised'), await context.sum('evidenced')];
    const part = minus(all, proven);
    const value = divided(part, all);
    return {
      title: 'Share of the realised value that is not evidenced',
      unit: SHARE,
      value,
      ...(value === null && { nullReason: 'nothing_measured' }),
      inputs: [
        { label: 'Realised value without evidence', value: part, unit: context.money, trace: null },
        { label: 'Realised value', value: all, unit: context.money, trace: context.path('realised') },
      ],
      quality: await unprovenMonths(context),
    };
  },
  records: async (context) => ({
    of: 'values',
    title: 'Numerator: realised values without evidence or confirmation, by benefit and month',
    unit: context.money,
    column: 'unevidenced',
    weights: null,
  }),
};

export const listedFigures: readonly FigureDefinition[] = [
  ...(['planned', 'baseline', 'realised', 'expected'] as const).map(sum),
  ...(['planned', 'baseline'] as const).map(variance),
  unevidencedShare,
];
