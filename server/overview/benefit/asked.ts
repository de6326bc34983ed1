import type { BenefitCell } from '../../benefits/cells.queries.js';
import { chainLinksTo } from '../../chain/ways-back.js';
import type { TraceContext } from '../../trace/context.js';
import type { Unit } from '../../trace/figure.js';
import { askedBenefit } from '../../trace/figures/losses.js';
import { type Direction, TracedFigures } from '../traced-figures.js';
import { type BenefitFacts, benefitFacts } from './benefit.queries.js';

/** The benefit that a page asks for, with what all of its parts stand on. */
export interface AskedBenefit {
  readonly context: TraceContext;
  readonly figures: TracedFigures;
  readonly index: number;
  readonly facts: BenefitFacts;
  readonly cells: readonly BenefitCell[];
  readonly unit: Unit;
  /** What a page calls the unit: a currency, or the own unit; null where none is stated. */
  readonly unitName: string | null;
  readonly addsUp: boolean;
  readonly direction: Direction;
}

/**
 * @param context of a question that names the benefit by `type` and `ref`
 * @throws Problem 404 for a benefit that is not there or out of sight
 */
export const askedOf = async (context: TraceContext): Promise<AskedBenefit> => {
  const { id, index } = await askedBenefit(context);
  const facts = await benefitFacts(context.manager, id);
  return {
    context,
    figures: new TracedFigures(context),
    index,
    facts,
    cells: await context.cellsOf(id),
    unit: facts.isMoney ? context.money : { name: facts.unit ?? 'unit not stated', decimals: 4, trimmed: true },
    unitName: facts.isMoney ? context.money.name : facts.unit,
    addsUp: facts.isMoney || facts.aggregation === 'sum',
    direction: facts.better === 'lower' ? -1n : 1n,
  };
};

/** Links on all ways from the benefit back to the investments. */
export const waysBack = async ({ context, index }: AskedBenefit) =>
  chainLinksTo((await context.chain()).whole.chain, index);
