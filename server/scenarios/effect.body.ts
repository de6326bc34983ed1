import type { Impact, TracedFigure } from '../contract/overview.js';
import type { ScenarioEffect, Sides } from '../contract/scenario.js';
import { type Side, SIDES, writeChanges } from '../contract/scenario-words.js';
import type { Figure } from '../contract/trace.js';
import type { Fraction } from '../core/exact-amounts.js';
import { formatFraction } from '../core/money.js';
import { addMonths, periodMonths, periodOf } from '../core/period.js';
import type { Effect } from './effect.facts.js';
import * as of from './effect.lines.js';
import { assumptionsOf, notesOf } from './effect.words.js';

/** More rows than these are not read; the largest differences come first. */
const MOST_ROWS = 100;
/** More quarters than these are shown as years. */
const MOST_QUARTERS = 12;
/** Shares and own units have as many decimals as their traces print. */
const SHARE_DECIMALS = 10;

interface Asked {
  readonly portfolio?: string | undefined;
  readonly orgUnit?: string | undefined;
}

/** What names a figure beside period, scope and changes. */
type Name = Readonly<Record<string, string>>;

/** The answer of an effect: each figure with the path of its trace, which works it out from the same lines. */
export const effectBody = (effect: Effect, asked: Asked): ScenarioEffect => {
  const { reading, rows, changes } = effect;
  const print = printer(effect, asked);
  const recordOf = (node: number) => ({ code: rows[node]!.code, name: rows[node]!.name, owner: rows[node]!.owner });
  const named = (node: number): Name => ({ type: rows[node]!.type, ref: rows[node]!.code });
  const { cost, credited, net } = print;
  const all = of.valueLines(effect, null);
  return {
    period: reading.period,
    scope: reading.scope.label,
    currency: reading.currency,
    firstMonth: effect.firstMonth,
    suggestedFrom: effect.suggestedFrom,
    horizon: effect.horizon,
    changes: changes.map(({ change, node }) => ({ change, name: node === null ? null : rows[node]!.name })),
    totals: {
      cost: cost(of.costLines(effect)),
      benefit: credited(of.creditLines(effect)),
      net: net(of.netLines(effect), of.costLines(effect), of.creditLines(effect)),
      sunk: print.one('scenario.sunk', of.sumOfLines(of.sunkLines(effect), 'baseline')),
      delayed: print.one('scenario.delayed', of.delayedOf(of.creditLines(effect))),
    },
    investments: largest(
      effect.investments.map((node) => {
        const [costs, credits] = [of.costLines(effect, node), of.creditLines(effect, node)];
        return {
          size: [of.sumOfLines(credits, 'difference'), of.sumOfLines(costs, 'difference')],
          row: () => ({
            ...recordOf(node),
            sunk: print.one('scenario.sunk', of.sumOfLines(of.sunkLines(effect, node), 'baseline'), named(node)),
            cost: cost(costs, named(node)),
            benefit: credited(credits, named(node)),
          }),
        };
      }),
    ),
    outcomes: largest(
      effect.outcomes.flatMap((node) => {
        const lines = of.valueLines(effect, { outcome: node });
        if (lines.lines.length === 0) return [];
        return [
          {
            size: [of.sumOfLines(lines, 'difference')],
            row: () => ({
              ...recordOf(node),
              value: print.value(lines, named(node)),
              delayed: print.one('scenario.delayed', of.delayedOf(lines), named(node)),
              share: print.share('scenario.share', of.shareLost(lines), named(node)),
            }),
          },
        ];
      }),
    ),
    benefits: largest(
      [...effect.benefits].flatMap(([node, benefit]) => {
        const lines = of.valueLines(effect, { benefit: node });
        if (lines.lines.length === 0) return [];
        const known = benefit.isLevel ? { lines: [], denominator: 1n } : lines;
        const unit = benefit.isMoney ? reading.currency : (benefit.unit ?? '');
        return [
          {
            // Amounts in different units have no order: what is lost is compared as a share.
            size: [of.shareLost(known)],
            row: () => ({
              ...recordOf(node),
              unit,
              isMoney: benefit.isMoney,
              isLevel: benefit.isLevel,
              value: print.value(known, named(node), !benefit.isMoney),
              delayed: print.one('scenario.delayed', of.delayedOf(known), named(node), !benefit.isMoney),
              share: print.share('scenario.share', of.shareLost(known), named(node)),
              credited: print.share(
                'scenario.credited_share',
                { n: effect.whatIf.creditedShare(node), d: effect.whatIf.valueShares },
                named(node),
              ),
            }),
          },
        ];
      }),
    ),
    columns: columnsOf(effect).map(({ period, from, to }) => ({
      period,
      from,
      to,
      value: print.value(all, { from, to }, false, { from, to }),
    })),
    assumptions: assumptionsOf(effect),
    notes: notesOf(effect),
  };
};

interface Sized<Row> {
  /** By what rows are ordered, the first that differs. */
  readonly size: readonly (Fraction | null)[];
  readonly row: () => Row;
}

const largest = <Row>(all: readonly Sized<Row>[]): { items: Row[]; total: number } => ({
  items: [...all]
    .sort((a, b) => a.size.reduce((order, size, at) => order || compareSizes(b.size[at] ?? null, size), 0))
    .slice(0, MOST_ROWS)
    .map(({ row }) => row()),
  total: all.length,
});

/** By magnitude; nothing known is smallest. */
const compareSizes = (a: Fraction | null, b: Fraction | null): number => {
  if (a === null || b === null) return (a === null ? 0 : 1) - (b === null ? 0 : 1);
  const [left, right] = [magnitude(a.n) * magnitude(b.d), magnitude(b.n) * magnitude(a.d)];
  return left === right ? 0 : left < right ? -1 : 1;
};
const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

interface DrawnColumn extends of.Column {
  /** `2026-Q4`, or the fiscal year `2027` that holds its four quarters. */
  readonly period: string;
}

/** From the first month after the period to the horizon: fiscal quarters, or years where there are many. */
export const columnsOf = ({ firstMonth, horizon, reading }: Effect): DrawnColumn[] => {
  if (horizon === null || horizon < firstMonth) return [];
  const quarters: DrawnColumn[] = [];
  for (let month = firstMonth; month <= horizon;) {
    const period = periodOf(month, reading.startMonth);
    const { first, last } = periodMonths(period, reading.startMonth);
    quarters.push({ period, from: first < firstMonth ? firstMonth : first, to: last });
    month = addMonths(last, 1);
  }
  if (quarters.length <= MOST_QUARTERS) return quarters;
  const years = new Map<string, DrawnColumn>();
  for (const { period, from, to } of quarters) {
    const year = period.slice(0, 4);
    years.set(year, { period: year, from: years.get(year)?.from ?? from, to });
  }
  return [...years.values()];
};

/** How figures of one effect are printed: their text, and the path that says how they come about. */
const printer = ({ reading, changes }: Effect, { portfolio, orgUnit }: Asked) => {
  const text = writeChanges(changes.map(({ change }) => change));
  const path = (figure: Figure, name: Name): string => {
    const named = { period: reading.period, span: 'to_date', portfolio, orgUnit, changes: text, ...name };
    const stated = Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return `/trace/${figure}?${new URLSearchParams(stated).toString()}`;
  };
  const money = ({ n, d }: Fraction): string => formatFraction(n, d, reading.decimals);
  const plain = ({ n, d }: Fraction): string => formatFraction(n, d, SHARE_DECIMALS).replace(/\.?0+$/, '');
  const traced = (figure: Figure, value: Fraction | null, name: Name, isPlain: boolean): TracedFigure => ({
    value: value === null ? null : isPlain ? plain(value) : money(value),
    trace: path(figure, name),
  });
  const sidesOf =
    (figure: Figure, direction: bigint) =>
    (sum: (side: Side) => Fraction | null, name: Name = {}, isPlain = false): Sides => {
      const [baseline, scenario, difference] = SIDES.map((side) =>
        traced(figure, sum(side), { ...name, kind: side }, isPlain),
      ) as [TracedFigure, TracedFigure, TracedFigure];
      return { baseline, scenario, difference: { ...difference, impact: impactOf(sum('difference'), direction) } };
    };
  const [cost, credited, net, value] = [
    sidesOf('scenario.cost', -1n),
    sidesOf('scenario.credited', 1n),
    sidesOf('scenario.net', 1n),
    sidesOf('scenario.value', 1n),
  ];
  const summed = (lines: of.Lines, column?: of.Column) => (side: Side) => of.sumOfLines(lines, side, column);
  return {
    one: (figure: Figure, sum: Fraction | null, name: Name = {}, isPlain = false) => traced(figure, sum, name, isPlain),
    share: (figure: Figure, share: Fraction | null, name: Name) => traced(figure, share, name, true),
    cost: (lines: of.Lines, name?: Name) => cost(summed(lines), name),
    credited: (lines: of.Lines, name?: Name) => credited(summed(lines), name),
    /** Known where both of its sides are. */
    net: (lines: of.Lines, ...both: readonly of.Lines[]) =>
      net(both.every((each) => each.lines.length > 0) ? summed(lines) : () => null),
    value: (lines: of.Lines, name: Name, isPlain = false, column?: of.Column) =>
      value(summed(lines, column), name, isPlain),
  };
};

const impactOf = (difference: Fraction | null, direction: bigint): Impact => {
  const sign = (difference?.n ?? 0n) * direction;
  return sign === 0n ? 'neutral' : sign > 0n ? 'favourable' : 'unfavourable';
};
