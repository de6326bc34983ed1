import type { EntityManager } from 'typeorm';
import { type ChainStructure, chainStructure } from '../../chain/chain.service.js';
import { fractionOf } from '../../core/benefit-status.js';
import { addFractions, type Fraction, ZERO } from '../../core/exact-amounts.js';
import { type MoneyFacts, NO_PRIORITY } from '../../core/metrics/money.js';
import { arriving, type Spending, spendingOf, spendOf } from '../../core/metrics/spending.js';
import { type Weights, weightsAt, wholeLayer, wholeNodes } from '../../core/weights.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';
import { type CostRow, costRows, markedRecords, type RankingRow, rankingRows, valueRows } from './money.queries.js';
import { type ValueFacts, valueFacts } from './money.values.js';

const [INITIATIVE, CAPABILITY, OUTCOME, BENEFIT] = [1, 2, 3, 4] as const;

/** Costs of the scope with the chain that they run down, as facts and the records behind them need it. */
export interface Costs extends ChainStructure {
  readonly costs: readonly CostRow[];
  readonly spending: Spending;
  /** By place, what one unit of each investment is worth there; shares do not depend on the period. */
  readonly weights: Readonly<Record<keyof MoneyFacts['reached'], Weights>>;
  /** Indexes of records that are marked. */
  readonly strategic: readonly number[];
  readonly duplicates: readonly number[];
}

/** Reads what was spent, and where it goes. */
export const readCosts = async (
  manager: EntityManager,
  reading: Reading,
  periods: readonly Bounds[],
  order: Parameters<typeof chainStructure>[1] = 'by code',
): Promise<Costs> => {
  const structure = await chainStructure(manager, order);
  const costs = await costRows(manager, reading, periods);
  const { chain } = structure;
  const marked = (await markedRecords(manager)).map((id) => chain.indexOf.get(id)!);
  const strategic = marked.filter((node) => chain.layerOf[node] === CAPABILITY);
  const duplicates = marked.filter((node) => chain.layerOf[node] === INITIATIVE);
  const at = (place: Parameters<typeof weightsAt>[2]): Weights => weightsAt(chain, 'allocation', place);
  return {
    ...structure,
    costs,
    spending: spendingOf(
      chain,
      costs.flatMap(({ id, bucket, cost }) => (bucket === null || cost === null ? [] : [{ id, bucket, cost }])),
      periods.length,
    ),
    weights: {
      benefits: at(wholeLayer(chain, BENEFIT)),
      strategicCapabilities: at(wholeNodes(CAPABILITY, strategic)),
      initiatives: at(wholeLayer(chain, INITIATIVE)),
      duplicates: at(wholeNodes(INITIATIVE, duplicates)),
    },
    strategic,
    duplicates,
  };
};

/** Costs by bucket of time: 0 is before the first period. Investments that state none are in no bucket. */
export const byBucket = (costs: readonly CostRow[], periods: number): readonly (readonly CostRow[])[] => {
  const buckets = Array.from({ length: periods + 1 }, (): CostRow[] => []);
  for (const row of costs) if (row.bucket !== null) buckets[row.bucket]!.push(row);
  return buckets;
};

/** Costs of one bucket of time by code of the priority that they serve. */
export const spendByPriority = (costs: readonly CostRow[]): Map<string, Fraction> => {
  const sums = new Map<string, Fraction>();
  for (const row of costs) {
    if (row.cost === null) continue;
    const code = row.priority ?? NO_PRIORITY;
    sums.set(code, addFractions(sums.get(code) ?? ZERO, fractionOf(row.cost)));
  }
  return sums;
};

/** Facts of the scope by period, in the order of `periods`. */
export const readMoneyFacts = async (
  manager: EntityManager,
  reading: Reading,
  periods: readonly Bounds[],
): Promise<MoneyFacts[]> => {
  const costs = await readCosts(manager, reading, periods, 'as read');
  const rankings = await rankingRows(manager, periods);
  const { chain } = costs;
  const credit = weightsAt(chain, 'contribution', wholeLayer(chain, 0));
  const weighing = chain.nodesByLayer[BENEFIT]!.flatMap((node) => {
    const weight = credit.numerators[node]!;
    return weight === 0n ? [] : [[chain.nodes[node]!.id, weight] as const];
  });
  const values = valueFacts(await valueRows(manager, reading, periods, new Map(weighing)), {
    periods: periods.length,
    creditDenominator: credit.denominator,
  });
  const own = byBucket(costs.costs, periods.length);
  const investments = new Set(costs.costs.map(({ id }) => id)).size;
  return periods.map(({ period }, index) => ({
    period,
    investments,
    ...costFacts(costs, index, own[index + 1]!),
    ranking: rankedIn(rankings, period),
    ...values[index]!,
  }));
};

const rankedIn = (rankings: readonly RankingRow[], period: string): MoneyFacts['ranking'] =>
  rankings.filter((row) => row.period === period).map(({ code, rank }) => ({ code, rank }));

type CostFacts = Omit<MoneyFacts, 'period' | 'investments' | 'ranking' | keyof ValueFacts>;

/** @param own costs of the period */
const costFacts = (
  { chain, spending, weights, strategic, duplicates }: Costs,
  index: number,
  own: readonly CostRow[],
): CostFacts => {
  const [inPeriod, toDate] = [spending.inPeriod[index]!, spending.toDate[index]!];
  return {
    spend: spendOf(spending, inPeriod),
    spendToDate: spendOf(spending, toDate),
    spending: inPeriod.size,
    spendByPriority: spendByPriority(own),
    skills: {
      amount: own.reduce((sum, { skills }) => (skills === null ? sum : addFractions(sum, fractionOf(skills))), ZERO),
      rows: own.reduce((count, { skillsRows }) => count + skillsRows, 0),
    },
    reached: {
      benefits: arriving(spending, inPeriod, weights.benefits),
      strategicCapabilities: arriving(spending, inPeriod, weights.strategicCapabilities),
      initiatives: arriving(spending, inPeriod, weights.initiatives),
      duplicates: arriving(spending, inPeriod, weights.duplicates),
    },
    strategicCapabilities: strategic.length,
    duplicates: duplicates.length,
    costOf(layer, ids, span) {
      const nodes = ids.map((id) => chain.indexOf.get(id)!);
      const place = wholeNodes(layer === 'capability' ? CAPABILITY : OUTCOME, nodes);
      return arriving(spending, span === 'period' ? inPeriod : toDate, weightsAt(chain, 'allocation', place));
    },
  };
};
