import type { EntityManager } from 'typeorm';
import { attribute, byKind } from '../../core/attribution.js';
import { addFractions, type ExactAmounts, type Fraction, ZERO } from '../../core/exact-amounts.js';
import { fractionOf } from '../../core/benefit-status.js';
import type { Spent } from '../../core/metrics/spending.js';
import { placePoint } from '../../core/money.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';
import { readCapabilityFacts } from '../facts/capabilities.js';
import { readMeasurementFacts } from '../facts/measurements.js';
import { type Costs, readCosts } from '../facts/money.js';
import { benefitRows, duplicatesOf } from '../facts/money.queries.js';
import { pageOf, type RecordItem, type RecordSource, type RecordSources } from '../records.js';
import { exactText, largestFirst } from './cells.js';

type Pair = readonly [before: Bounds, asked: Bounds];
const NOTHING: ReadonlyMap<string, string> = new Map();

/** Cost of every record of the chain, of what was spent. */
const costsOf = ({ chain, spending }: Costs, spent: Spent): ExactAmounts => {
  const decimals = spending.denominator.toString().length - 1;
  const cost = new Map([...spent].map(([node, units]) => [chain.nodes[node]!.id, placePoint(units, decimals)]));
  return attribute(chain, { cost, values: byKind(() => NOTHING) }).cost;
};

/** Cost to date of the records of a layer that reached something in the period. */
const costPer = (
  type: 'capability' | 'outcome',
  reached: (manager: EntityManager, reading: Reading, periods: Pair) => Promise<readonly string[]>,
): RecordSource => ({
  columns: [{ id: 'cost', label: 'Cost to date', unit: 'money' }],
  async read(manager, reading, periods, page) {
    const costs = await readCosts(manager, reading, periods);
    const cost = costsOf(costs, costs.spending.toDate[1]!);
    const nodes = (await reached(manager, reading, periods)).map((id) => costs.chain.indexOf.get(id)!);
    const items = largestFirst(
      nodes.sort((a, b) => a - b),
      (node) => cost.at(node),
    ).map((node): RecordItem => {
      const { code, name } = costs.rows[node]!;
      return { type, code, name, cells: [exactText(cost.at(node)!)] };
    });
    return pageOf(items, page);
  },
});

const duplicates: RecordSource = {
  columns: [
    { id: 'of', label: 'Duplicates', unit: 'text' },
    { id: 'part', label: 'Cost of duplicates', unit: 'money' },
    { id: 'cost', label: 'Cost', unit: 'money' },
  ],
  async read(manager, reading, periods, page) {
    const costs = await readCosts(manager, reading, periods);
    const of = await duplicatesOf(manager);
    const cost = costsOf(costs, costs.spending.inPeriod[1]!);
    const nodes = costs.chain.nodesByLayer[1]!.filter((node) => cost.at(node)!.n !== 0n);
    const items = largestFirst(nodes, (node) => cost.at(node)).map((node): RecordItem => {
      const { id, code, name } = costs.rows[node]!;
      const amount = exactText(cost.at(node)!);
      const original = of.get(id) ?? null;
      return { type: 'initiative', code, name, cells: [original, of.has(id) ? amount : null, amount] };
    });
    return pageOf(items, page);
  },
};

/** Realised value to date of each benefit of the scope, as decimal text. */
const realisedToDate = async (
  manager: EntityManager,
  reading: Reading,
  periods: Pair,
): Promise<Map<string, string>> => {
  const sums = new Map<string, Fraction>();
  for (const { id, realised } of await benefitRows(manager, reading, periods))
    if (realised !== null) sums.set(id, addFractions(sums.get(id) ?? ZERO, fractionOf(realised)));
  return new Map([...sums].map(([id, sum]) => [id, exactText(sum)]));
};

const returned: RecordSource = {
  columns: [
    { id: 'value', label: 'Value credited to it', unit: 'money' },
    { id: 'cost', label: 'Cost to date', unit: 'money' },
  ],
  async read(manager, reading, periods, page) {
    const costs = await readCosts(manager, reading, periods);
    const realised = await realisedToDate(manager, reading, periods);
    const { values } = attribute(costs.chain, {
      cost: NOTHING,
      values: byKind((kind) => (kind === 'realised' ? realised : NOTHING)),
    });
    const spent = costs.spending.toDate[1]!;
    const ofScope = new Set(costs.costs.map(({ id }) => id));
    // Value is credited along the enterprise's links: also to investments outside the scope, whose cost is not in it.
    const nodes = costs.chain.nodesByLayer[0]!.filter(
      (node) => ofScope.has(costs.rows[node]!.id) || values.realised.at(node)!.n !== 0n,
    );
    const costOf = (node: number): Fraction | null =>
      spent.has(node) ? { n: spent.get(node)!, d: costs.spending.denominator } : null;
    const items = largestFirst(nodes, costOf).map((node): RecordItem => {
      const { code, name } = costs.rows[node]!;
      const cost = costOf(node);
      return {
        type: 'investment',
        code,
        name,
        cells: [exactText(values.realised.at(node)!), cost === null ? null : exactText(cost)],
      };
    });
    return pageOf(items, page);
  },
};

/** The records behind the metrics of this family. */
export const efficiencyRecords: RecordSources = {
  'efficiency.cost_per_capability': costPer(
    'capability',
    async (manager, reading, periods) => (await readCapabilityFacts(manager, reading, periods))[1]!.reachedTarget,
  ),
  'efficiency.cost_per_outcome': costPer('outcome', async (manager, reading, periods) =>
    (await readMeasurementFacts(manager, reading, periods))[1]!.outcomes
      .filter(({ firstMet }) => firstMet)
      .map(({ id }) => id),
  ),
  'efficiency.duplicate_effort_share': duplicates,
  'efficiency.return_on_spend': returned,
};
