import type { Chain } from '../core/shares.js';
import type { CostCell, ValueCell } from './case.queries.js';

/** Sentences on what a case rests on. They say nothing where there is nothing to say. */

/** Links below a node on which contributions may run up to it, and how many of them nobody has stated. */
export const contributionLinks = (chain: Chain, index: number): { all: number[]; assumed: number } => {
  const reached = new Set([index]);
  const all: number[] = [];
  for (const links of chain.linksByBoundary)
    for (const link of links)
      if (reached.has(chain.from[link]!)) {
        reached.add(chain.to[link]!);
        all.push(link);
      }
  return { all, assumed: all.filter((link) => chain.links[link]!.contribution === null).length };
};

interface Rested {
  readonly costs: readonly CostCell[];
  readonly values: readonly ValueCell[];
  /** First day after the period. */
  readonly end: string;
  readonly currency: string;
  readonly links: { all: readonly number[]; assumed: number };
}

export const notesOf = ({ costs, values, end, currency, links }: Rested): string[] => {
  const isLater = ({ month }: { month: string }): boolean => `${month}-01` >= end;
  const known = values.filter((cell) => !isLater(cell));
  const ahead = values.filter(isLater);
  const foreign = [...new Set([...costs, ...values].map((cell) => cell.currency))]
    .filter((each) => each !== currency)
    .sort();
  return [
    of(
      costs.filter((cell) => !isLater(cell) && cell.planned !== null && cell.actual === null).length,
      costs.filter((cell) => !isLater(cell)).length,
      'cost row to date has',
      'cost rows to date have',
      'a plan and no actual cost: nothing of it counts as expected or realised.',
    ),
    of(
      costs.filter((cell) => isLater(cell) && cell.planned === null).length,
      costs.filter(isLater).length,
      'cost row of later months has',
      'cost rows of later months have',
      'no plan: nothing of it is expected.',
    ),
    of(
      known.filter(({ planned, realised }) => planned !== null && realised === null).length,
      known.filter(({ planned }) => planned !== null).length,
      'planned value to date has',
      'planned values to date have',
      'no realised value: what is not proven is not counted.',
    ),
    of(
      ahead.filter(({ planned, forecast }) => planned !== null && forecast === null).length,
      ahead.length,
      'value of later months has',
      'values of later months have',
      'no forecast: the plan stands in.',
    ),
    of(
      links.assumed,
      links.all.length,
      'link to its benefits carries',
      'links to its benefits carry',
      'an assumed contribution: the share was left blank and is split equally.',
    ),
    ...(costs[0] !== undefined && values.some(({ month }) => month < costs[0]!.month)
      ? ['Value is recorded for months before the first cost: an internal rate says little then.']
      : []),
    ...(foreign.length === 0
      ? []
      : [`Amounts in ${foreign.join(', ')} are converted to ${currency} at the exchange rate of their month.`]),
  ].filter((sentence) => sentence !== '');
};

const of = (part: number, all: number, one: string, many: string, rest: string): string =>
  part === 0 ? '' : `${part} of ${all} ${all === 1 ? one : many} ${rest}`;
