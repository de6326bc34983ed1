import type { Side } from '../contract/scenario-words.js';
import type { Fraction } from '../core/exact-amounts.js';
import { AMOUNT_SCALE, type Flow } from '../core/what-if.js';
import type { Effect, Source } from './effect.facts.js';

/** The figures of a what-if as lines that add up: one line is one month of cost or value, as it is and as it would be. */

export interface Line {
  /** Record whose month it is: an investment (cost) or a benefit (value). */
  readonly node: number;
  readonly flow: Flow<Source>;
  /** Over the denominator of the lines. Cost counts negative in a net. */
  readonly before: bigint;
  readonly after: bigint;
}

/** Lines over one denominator. */
export interface Lines {
  readonly lines: readonly Line[];
  readonly denominator: bigint;
}

/** Months from the first to the last, both inside. */
export interface Column {
  readonly from: string;
  readonly to: string;
}

const lineOf = (flow: Flow<Source>): Line => ({
  node: flow.cell.node,
  flow,
  before: flow.before,
  after: flow.after,
});

/** Cost to come on changed strands: of all investments, or of one. */
export const costLines = ({ whatIf, investments }: Effect, investment?: number): Lines => ({
  lines: (investment === undefined ? investments : [investment]).flatMap((node) => whatIf.costFlows(node).map(lineOf)),
  denominator: whatIf.costDenominator,
});

const isMoney = ({ benefits }: Effect, node: number): boolean => benefits.get(node)?.isMoney ?? false;

/** Expected value of money benefits that is credited to what is changed; with an investment only what runs on to it. */
export const creditLines = (effect: Effect, investment?: number): Lines => ({
  lines: [...effect.benefits.keys()]
    .filter((node) => isMoney(effect, node))
    .flatMap((node) => effect.whatIf.valueFlows(node))
    .filter(({ part }) => investment === undefined || part?.investment === investment)
    .map(lineOf),
  denominator: effect.whatIf.valueDenominator,
});

/** Credit less cost. */
export const netLines = (effect: Effect, investment?: number): Lines => {
  const [credit, cost] = [creditLines(effect, investment), costLines(effect, investment)];
  return {
    lines: [
      ...credit.lines.map((line) => scaled(line, cost.denominator)),
      ...cost.lines.map((line) => scaled(line, -credit.denominator)),
    ],
    denominator: credit.denominator * cost.denominator,
  };
};

const scaled = (line: Line, by: bigint): Line => ({ ...line, before: line.before * by, after: line.after * by });

/** What a whole value is of: a benefit, the money benefits along the paths through an outcome, or all money benefits that are reached. */
export type Whole = { readonly benefit: number } | { readonly outcome: number } | null;

/** All of the expected value, changed or not. */
export const valueLines = (effect: Effect, whole: Whole): Lines => {
  const { whatIf, benefits } = effect;
  const outcome = whole !== null && 'outcome' in whole ? whole.outcome : undefined;
  const nodes =
    whole !== null && 'benefit' in whole
      ? [whole.benefit]
      : [...benefits.keys()].filter((node) => isMoney(effect, node));
  return {
    lines: nodes.flatMap((node) =>
      [...whatIf.valueFlows(node, outcome), ...whatIf.restFlows(node, outcome)].map(lineOf),
    ),
    denominator: whatIf.valueDenominator,
  };
};

/** Cost to date on changed strands: before and after are the same, for what is spent is spent. */
export const sunkLines = ({ whatIf, investments, spent }: Effect, investment?: number): Lines => ({
  lines: (investment === undefined ? investments : [investment]).flatMap((node) => {
    const share = whatIf.costShare(node);
    if (share === 0n) return [];
    return (spent.get(node) ?? []).map((cell): Line => {
      const amount = cell.units * share;
      const flow = { cell, part: null, lands: cell.month, why: 'as_planned' as const, before: amount, after: amount };
      return lineOf(flow);
    });
  }),
  denominator: 10n ** BigInt(AMOUNT_SCALE) * whatIf.costShares,
});

/** Only what comes later than planned, and still within the horizon. */
export const delayedOnly = ({ lines, denominator }: Lines): Lines => ({
  lines: lines.filter(({ flow }) => flow.lands !== null && flow.lands !== flow.cell.month && flow.after !== 0n),
  denominator,
});

/** What a line adds to a side of a figure; in a column an amount counts in the month in which it comes. */
export const amountOf = ({ flow, before, after }: Line, side: Side, column?: Column): bigint => {
  const isIn = (month: string | null): boolean =>
    column === undefined || (month !== null && month >= column.from && month <= column.to);
  const was = side !== 'scenario' && isIn(flow.cell.month) ? before : 0n;
  const is = side !== 'baseline' && isIn(flow.lands) ? after : 0n;
  return side === 'difference' ? is - was : is + was;
};

/** Σ of a side; null where no line is there, so that nothing recorded is not 0. */
export const sumOfLines = ({ lines, denominator }: Lines, side: Side, column?: Column): Fraction | null =>
  lines.length === 0
    ? null
    : { n: lines.reduce((sum, line) => sum + amountOf(line, side, column), 0n), d: denominator };

/** What of the value is lost: −difference ÷ |baseline|; null where nothing is expected. */
export const shareLost = (lines: Lines): Fraction | null => {
  const [base, change] = [sumOfLines(lines, 'baseline'), sumOfLines(lines, 'difference')];
  if (base === null || change === null || base.n === 0n) return null;
  return { n: -change.n, d: base.n < 0n ? -base.n : base.n };
};

/** Σ of what comes later, within the horizon; null where nothing is expected at all. */
export const delayedOf = (lines: Lines): Fraction | null =>
  lines.lines.length === 0 ? null : (sumOfLines(delayedOnly(lines), 'scenario') ?? { n: 0n, d: 1n });
