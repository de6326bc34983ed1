/**
 * Where the chain breaks (model §2): every break is a record with a kind, an owner and the money at stake. Pure.
 *
 * Money at stake, to date: V planned of benefits and of records that nothing leads to (`…_without_` the layer before), C of all others.
 * All records that are not archived count, whatever their status.
 */
import { GAP_KINDS, type GapKind, type Layer, NO_STAKES } from '../contract/chain.js';
import type { Attribution } from '../core/attribution.js';
import type { Fraction } from '../core/exact-amounts.js';
import { type Chain, LAYERS } from '../core/shares.js';
import { compareCodes } from './codes.js';
import type { GapRow } from './gaps.queries.js';

export type NoStake = (typeof NO_STAKES)[number];

export interface Gap {
  readonly kind: GapKind;
  readonly row: GapRow;
  /** Exact, in the reporting currency. */
  readonly atStake: Fraction;
  /** Why nothing in money is at stake; null where something may be, be it 0. */
  readonly noStake: NoStake | null;
  /** The same in minor units, rounded as it is printed: by this the list is sorted. */
  readonly units: bigint;
}

/** What gaps are judged by. */
export interface GapFacts {
  readonly records: readonly GapRow[];
  readonly whole: Attribution;
  /** Ids of benefits whose status is `unmeasured`. */
  readonly unmeasured: ReadonlySet<string>;
  /** First day of initiatives, by id. */
  readonly starts: ReadonlyMap<string, string>;
  readonly decimals: number;
  /** Ids of money benefits, of the whole enterprise. */
  readonly money: ReadonlySet<string>;
}

const FORWARD: Partial<Record<Layer, GapKind>> = {
  investment: 'investment_without_initiative',
  initiative: 'initiative_without_capability',
  capability: 'capability_without_outcome',
  outcome: 'outcome_without_benefit',
};
const BACKWARD: Partial<Record<Layer, GapKind>> = {
  benefit: 'benefit_without_outcome',
  outcome: 'outcome_without_capability',
  capability: 'capability_without_initiative',
  initiative: 'initiative_without_investment',
};

/** All gaps of the records, the largest amount at stake first, then by kind and code. */
export const gapsOf = (facts: GapFacts): Gap[] => {
  const { chain } = facts.whole;
  const linkedOut = new Set(chain.from);
  const linkedIn = new Set(chain.to);
  const firstStart = firstStarts(chain, facts.starts);
  const stakes = valueStakes(chain, facts.money);
  const found: Gap[] = [];
  for (const row of facts.records) {
    const index = chain.indexOf.get(row.id)!;
    const byValue = row.type === 'benefit';
    const note = (kind: GapKind | undefined, holds: boolean, value = byValue): void => {
      if (!kind || !holds) return;
      const amounts = value ? facts.whole.values.planned : facts.whole.cost;
      const units = BigInt(amounts.text(index, facts.decimals)!.replace('.', ''));
      found.push({ kind, row, atStake: amounts.at(index)!, units, noStake: value ? stakes[index]! : null });
    };
    note(FORWARD[row.type], !linkedOut.has(index), false);
    note(BACKWARD[row.type], !linkedIn.has(index), true);
    note('no_owner', row.owner === null);
    note('benefit_without_baseline', row.hasBaseline === false);
    note('benefit_without_plan', row.hasPlan === false);
    note('benefit_without_measurement', facts.unmeasured.has(row.id));
    note('outcome_without_target', row.hasTarget === false);
    // Without any plan date nothing was defined, early or late: that is `benefit_without_plan`.
    const start = firstStart.get(index);
    note(
      'value_not_defined_upfront',
      byValue && row.firstPlanOn !== null && start !== undefined && row.firstPlanOn > start,
    );
  }
  return found.sort(compareGaps);
};

/** By node: why its planned value is none; null where it leads to a money benefit. */
const valueStakes = (chain: Chain, money: ReadonlySet<string>): (NoStake | null)[] => {
  const stakes = chain.nodes.map(({ id, type }): NoStake | null => {
    if (type !== 'benefit') return 'no_benefit';
    return money.has(id) ? null : 'not_money';
  });
  for (const links of [...chain.linksByBoundary].reverse())
    for (const link of links) {
      const [from, to] = [chain.from[link]!, chain.to[link]!];
      if (stakes[to] === null) stakes[from] = null;
      else if (stakes[to] === 'not_money' && stakes[from] !== null) stakes[from] = 'not_money';
    }
  return stakes;
};

/** Of several gaps together: why nothing is at stake in any of them. */
export const noStakeOf = (gaps: readonly Pick<Gap, 'noStake'>[]): NoStake | null => {
  if (gaps.length === 0 || gaps.some(({ noStake }) => noStake === null)) return null;
  return gaps.some(({ noStake }) => noStake === 'not_money') ? 'not_money' : 'no_benefit';
};

/** Order of the list; also that of its cursors. */
export const compareGaps = (a: GapOrder, b: GapOrder): number => {
  if (a.units !== b.units) return a.units > b.units ? -1 : 1;
  return (
    GAP_KINDS.indexOf(a.kind) - GAP_KINDS.indexOf(b.kind) ||
    compareCodes(a.row.code, b.row.code) ||
    LAYERS.indexOf(a.row.type) - LAYERS.indexOf(b.row.type)
  );
};

/** What the order looks at. */
export interface GapOrder {
  readonly units: bigint;
  readonly kind: GapKind;
  readonly row: { readonly code: string; readonly type: Layer };
}

/**
 * By node index: the earliest start of an initiative that leads to the node through links, whatever their shares.
 * Days are ISO text, so that text order is time order.
 */
const firstStarts = (chain: Chain, starts: ReadonlyMap<string, string>): Map<number, string> => {
  const first = new Map<number, string>();
  chain.nodes.forEach((node, index) => {
    const start = starts.get(node.id);
    if (start !== undefined) first.set(index, start);
  });
  for (const links of chain.linksByBoundary.slice(LAYERS.indexOf('initiative'))) {
    for (const link of links) {
      const start = first.get(chain.from[link]!);
      const target = chain.to[link]!;
      const known = first.get(target);
      if (start !== undefined && (known === undefined || start < known)) first.set(target, start);
    }
  }
  return first;
};
