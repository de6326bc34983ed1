import type { Layer } from '../../contract/chain.js';
import type { Side } from '../../contract/scenario-words.js';
import type { Figure } from '../../contract/trace.js';
import type { Fraction } from '../../core/exact-amounts.js';
import { lines as of, monthWords } from '../../scenarios/effect.service.js';
import type { TraceContext } from '../context.js';
import { COUNT, type FigureDefinition, type Input, SHARE, type Unit, whole, type Worked } from '../figure.js';
import { asked, type Asked, history, isLevel, naming, quality, RECORDS, unitOf, valueOf } from './scenario-asked.js';
import { listedLines } from './scenario-records.js';
import { scenarioShares } from './scenario-shares.js';

/** What changes would do: cost to come, expected value, and what of it is lost. Hypothetical: nothing of it is recorded. */

const SIDE_TITLES: Record<Side, string> = {
  baseline: 'nothing changed',
  scenario: 'with the changes',
  difference: 'difference',
};

/** The other sides, and the parts of it. */
const sideInputs = (context: TraceContext, figure: Figure, sum: (side: Side) => Fraction | null, unit: Unit): Input[] =>
  (['scenario', 'baseline'] as const).map((side) => ({
    label: side === 'scenario' ? 'With the changes' : 'Nothing changed',
    value: sum(side),
    unit,
    trace: context.path(figure, { ...naming(context), kind: side }),
  }));

interface Description {
  readonly id: Figure;
  readonly title: string;
  readonly text: string;
  readonly expression: string;
  readonly types: readonly Layer[];
  readonly lines: (found: Asked) => of.Lines;
  /** Where it has two sides. */
  readonly isSided: boolean;
  readonly inputs?: (context: TraceContext, found: Asked) => Input[];
  readonly isKnown?: (found: Asked) => boolean;
  /** Where it is not just the sum of the lines. */
  readonly value?: (found: Asked) => Fraction | null;
}

const figureOf = (description: Description): FigureDefinition => {
  const { id, title, text, expression, types, isSided } = description;
  const linesOf = (found: Asked): of.Lines =>
    isLevel(found) ? { lines: [], denominator: 1n } : description.lines(found);
  const sum = (found: Asked, side: Side): Fraction | null =>
    description.isKnown?.(found) === false ? null : of.sumOfLines(linesOf(found), side, found.column);
  const sideOf = (found: Asked): Side => (isSided ? found.side : id === 'scenario.sunk' ? 'baseline' : 'scenario');
  return {
    id,
    formula: { text, expression },
    forStakeholders: false,
    history,
    async work(context): Promise<Worked> {
      const found = await asked(context, types);
      const { name, side, column } = found;
      const months = column ? `, ${monthWords(column.from)} to ${monthWords(column.to)}` : '';
      const unit = unitOf(context, found);
      const value = isLevel(found) ? null : (description.value?.(found) ?? sum(found, sideOf(found)));
      return {
        title: `${title}${name && ` of ${name}`}${months}${isSided ? `, ${SIDE_TITLES[side]}` : ''}`,
        unit,
        value,
        nullReason: isLevel(found) ? 'level_not_sum' : 'nothing_to_come',
        inputs: [
          ...(isSided && side === 'difference' ? sideInputs(context, id, (each) => sum(found, each), unit) : []),
          ...(description.inputs?.(context, found) ?? []),
        ],
        quality: quality(found),
      };
    },
    async records(context) {
      const found = await asked(context, types);
      const items =
        description.isKnown?.(found) === false
          ? []
          : listedLines(found.effect, linesOf(found), sideOf(found), found.column);
      return { of: 'list', title: `${title}, month by month`, unit: unitOf(context, found), items };
    },
  };
};

const node = (found: Asked): number | undefined => found.node ?? undefined;
const INVESTMENT = ['investment'] as const;

/** What each investment, or benefit, adds. */
const byRecord = (context: TraceContext, found: Asked, figure: Figure, lines: of.Lines, side: Side): Input[] => {
  if (found.node !== null) return [];
  const { rows } = found.effect;
  const nodes = [...new Set(lines.lines.map((line) => line.node))];
  return context.largest(
    nodes.map((each) => {
      const { type, code, name } = rows[each]!;
      const own = { ...lines, lines: lines.lines.filter((line) => line.node === each) };
      const isOwnFigure = type === 'investment' || figure === 'scenario.value';
      const path = context.path(figure, {
        ...naming(context),
        type,
        ref: code,
        ...(figure !== 'scenario.sunk' && { kind: side }),
      });
      return {
        label: `${code} ${name}`,
        value: of.sumOfLines(own, side, found.column)!,
        unit: context.money,
        trace: isOwnFigure ? path : null,
      };
    }),
  );
};

const costOf = (found: Asked): of.Lines => of.costLines(found.effect, node(found));
const creditOf = (found: Asked): of.Lines => of.creditLines(found.effect, node(found));

/** Question: what is still to be paid for what is changed? Unit: reporting currency; null where no cost to come is planned. */
const cost = figureOf({
  id: 'scenario.cost',
  title: 'Cost to come',
  text: 'Planned cost of the months after the period, the part that runs through what is changed: all of a changed investment, of others what they allocate to a changed initiative. With the changes: nothing from the month of a stop on, later by a delay, times the percentage of other funding.',
  expression: 'Σ allocation · planned cost · rate(currency, month)',
  types: INVESTMENT,
  isSided: true,
  lines: costOf,
  inputs: (context, found) => byRecord(context, found, 'scenario.cost', costOf(found), found.side),
});

/** Question: what of the expected benefit hangs on what is changed? Unit: reporting currency; null where nothing is credited to it. */
const credited = figureOf({
  id: 'scenario.credited',
  title: 'Expected benefit that is credited',
  text: 'Forecast value (without one: planned) of the months after the period, of each money benefit the part that contributions credit to what is changed, each month at its exchange rate. With the changes: nothing from the month of a stop on, later by a delay, times the percentage of other funding; what would come after the last planned month is not counted.',
  expression: 'Σ w · value · rate(currency, month), w = Π contributions from the changed record to the benefit',
  types: INVESTMENT,
  isSided: true,
  lines: creditOf,
  inputs: (context, found) => byRecord(context, found, 'scenario.credited', creditOf(found), found.side),
});

/** Question: is going on worth it? Unit: reporting currency; null where either side is not known. */
const net = figureOf({
  id: 'scenario.net',
  title: 'Expected benefit less cost to come',
  text: 'Expected benefit that is credited to what is changed, less the cost to come of what is changed. What is spent already stays out of it: it is spent either way. Not discounted.',
  expression: 'credited − cost to come',
  types: INVESTMENT,
  isSided: true,
  lines: (found) => of.netLines(found.effect, node(found)),
  isKnown: (found) => costOf(found).lines.length > 0 && creditOf(found).lines.length > 0,
  inputs: (context, found) =>
    found.side === 'difference'
      ? []
      : (
          [
            ['scenario.credited', 'Expected benefit that is credited', creditOf(found)],
            ['scenario.cost', 'Cost to come', costOf(found)],
          ] as const
        ).map(([figure, label, lines]) => ({
          label,
          value: of.sumOfLines(lines, found.side),
          unit: context.money,
          trace: context.path(figure, { ...naming(context), kind: found.side }),
        })),
});

/** Question: what is spent already, whatever is decided? Unit: reporting currency; null where no actual cost is recorded. */
const sunk = figureOf({
  id: 'scenario.sunk',
  title: 'Spent already',
  text: 'Actual cost to the end of the period, the part that runs through what is changed: all of a changed investment, of others what they allocate to a changed initiative. No change brings it back, so it stands apart.',
  expression: 'Σ allocation · actual cost to date · rate(currency, month)',
  types: INVESTMENT,
  isSided: false,
  lines: (found) => of.sunkLines(found.effect, node(found)),
  inputs: (context, found) => byRecord(context, found, 'scenario.sunk', of.sunkLines(found.effect), 'baseline'),
});

/** What the value of one record rests on: how much of a benefit is credited to what is changed, and the months that are still to come. */
const ofRecord = (context: TraceContext, found: Asked): Input[] => {
  const { effect, node: benefit } = found;
  const { changes, type, ref } = context.query;
  const months = new Set(valueOf(found).lines.map(({ flow }) => flow.cell.month)).size;
  return [
    ...(benefit !== null && type === 'benefit'
      ? [
          {
            label: 'Credited to what is changed',
            value: { n: effect.whatIf.creditedShare(benefit), d: effect.whatIf.valueShares },
            unit: SHARE,
            trace: context.path('scenario.credited_share', { type, ref: ref!, changes: changes! }),
          },
        ]
      : []),
    { label: 'Months to come with a plan or forecast', value: whole(months), unit: COUNT, trace: null },
  ];
};

/** Question: what is expected of a benefit or outcome, of all that are reached, in some months? Unit: reporting currency, or the benefit's own. */
const value = figureOf({
  id: 'scenario.value',
  title: 'Expected value',
  text: 'Forecast value (without one: planned) of the months after the period: of one benefit, of what benefits credit to one outcome, or of all money benefits that what is changed contributes to. With the changes: less what is lost of the credited part; the rest stays.',
  expression: 'Σ value − Σ w · (value as planned − value as it comes)',
  types: RECORDS,
  isSided: true,
  lines: valueOf,
  inputs: (context, found) =>
    found.node === null
      ? byRecord(context, found, 'scenario.value', valueOf(found), found.side)
      : ofRecord(context, found),
});

const movable = (found: Asked): of.Lines => (found.node === null ? creditOf(found) : valueOf(found));

/** Question: what comes later, though it comes? Unit: reporting currency, or the benefit's own. */
const delayed = figureOf({
  id: 'scenario.delayed',
  title: 'Comes later',
  text: 'The credited part of expected value that a delay moves to a later month, and that still comes before the last planned month is over. It is not lost.',
  expression: 'Σ w · value that moves to a later month within the horizon',
  types: RECORDS,
  isSided: false,
  lines: (found) => of.delayedOnly(movable(found)),
  value: (found) => of.delayedOf(movable(found)),
});

export const scenarioFigures: readonly FigureDefinition[] = [
  cost,
  credited,
  net,
  sunk,
  value,
  delayed,
  ...scenarioShares,
];
