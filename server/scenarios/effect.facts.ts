import type { EntityManager } from 'typeorm';
import type { ChainService } from '../chain/chain.service.js';
import type { ScenarioChange } from '../contract/scenario-words.js';
import { addMonths, monthOf, monthsBetween } from '../core/period.js';
import type { Chain } from '../core/shares.js';
import { amountUnits, type Cell, type Change, investmentsOf, partsOf, reachedNodes, WhatIf } from '../core/what-if.js';
import type { Reading } from '../http/reading.js';
import { benefitRows, type BenefitRow, costRows, horizonOf, valueRows } from './effect.queries.js';

/** A month of cost or value as it was recorded. */
export interface Source extends Cell {
  readonly node: number;
  readonly kind: string | null;
  readonly entered: string;
  readonly unit: string | null;
  /** A plan stands in for a forecast that is not there. */
  readonly isPlan: boolean;
}

export interface Benefit extends BenefitRow {
  /** A level, not an amount: a mean, a latest value, or something that should be less. It has no part that could be taken away. */
  readonly isLevel: boolean;
}

/** Everything that the figures of a what-if are worked out from. Nodes are indexes of the chain. */
export interface Effect {
  readonly reading: Reading;
  /** First month after the period. */
  readonly firstMonth: string;
  readonly suggestedFrom: string;
  readonly horizon: string | null;
  /** As asked, the codes as the records have them; `node` is null where there is no such record. */
  readonly changes: readonly { readonly change: ScenarioChange; readonly node: number | null }[];
  readonly rows: ChainRows;
  readonly chain: Chain;
  readonly whatIf: WhatIf<Source>;
  readonly investments: readonly number[];
  readonly outcomes: readonly number[];
  /** Benefits of the scope that are reached. */
  readonly benefits: ReadonlyMap<number, Benefit>;
  /** Cost to date, and to come, of the investments; expected value of the benefits. */
  readonly spent: ReadonlyMap<number, readonly Source[]>;
  readonly cost: ReadonlyMap<number, readonly Source[]>;
  readonly values: ReadonlyMap<number, readonly Source[]>;
}

type ChainRows = Awaited<ReturnType<ChainService['facts']>>['rows'];

/** Reads what the changes bear on. A change of a record that is not there does nothing; that it is not there stands in `changes`. */
export const effectFacts = async (
  service: ChainService,
  manager: EntityManager,
  reading: Reading,
  asked: readonly ScenarioChange[],
): Promise<Effect> => {
  const { rows, whole } = await service.facts(manager, reading, 'to_date');
  const { chain } = whole;
  const changes = asked.map((change) => {
    const node = rows.findIndex(
      ({ type, code }) => type === change.type && code.toLowerCase() === change.code.toLowerCase(),
    );
    return node < 0 ? { change, node: null } : { change: { ...change, code: rows[node]!.code }, node };
  });
  const parts = partsOf(
    chain,
    changes.flatMap(({ change, node }): Change[] => (node === null ? [] : [coreChange(change, node)])),
  );
  const horizon = await horizonOf(manager);
  const investments = investmentsOf(parts);
  const ids = (nodes: readonly number[]): string[] => nodes.map((node) => rows[node]!.id);
  const costs = await costRows(manager, reading, ids(investments));
  const reached = await benefitRows(manager, reading, ids(reachedNodes(chain, parts, 'benefit')));
  const expected = await valueRows(manager, reading, ids(reached.map(({ id }) => chain.indexOf.get(id)!)));
  const benefits = new Map(reached.map((row) => [chain.indexOf.get(row.id)!, { ...row, isLevel: isLevel(row) }]));
  const costOf = (isSpent: boolean) =>
    grouped(
      costs
        .filter((row) => row.isSpent === isSpent)
        .map((row) => sourceOf(chain, { ...row, unit: row.currency, isPlan: false })),
    );
  const cost = costOf(false);
  const values = grouped(
    expected.map((row) =>
      sourceOf(chain, { ...row, kind: null, unit: benefits.get(chain.indexOf.get(row.id)!)!.unit }),
    ),
  );
  const firstMonth = monthOf(reading.end);
  const next = addMonths(monthOf(reading.underWay), 1);
  return {
    reading,
    firstMonth,
    // Data that ended long ago are looked at from where they ended.
    suggestedFrom: next > firstMonth && monthsBetween(firstMonth, next) < 12 ? next : firstMonth,
    horizon,
    changes,
    rows,
    chain,
    whatIf: new WhatIf(chain, parts, { cost, values }, horizon),
    investments,
    outcomes: reachedNodes(chain, parts, 'outcome'),
    benefits,
    spent: costOf(true),
    cost,
    values,
  };
};

const coreChange = (change: ScenarioChange, node: number): Change => {
  const { from } = change;
  if (change.kind === 'delay') return { kind: 'delay', node, from, months: change.months };
  if (change.kind === 'funding') return { kind: 'funding', node, from, percent: change.percent };
  return { kind: 'stop', node, from };
};

const isLevel = ({ isMoney, aggregation, better }: BenefitRow): boolean =>
  !isMoney && (aggregation === 'average' || aggregation === 'latest' || better === 'lower');

interface Amount {
  id: string;
  month: string;
  amount: string;
  entered: string;
  kind: string | null;
  unit: string | null;
  isPlan: boolean;
}

const sourceOf = (chain: Chain, { id, month, amount, entered, kind, unit, isPlan }: Amount): Source => ({
  node: chain.indexOf.get(id)!,
  month,
  units: amountUnits(amount),
  kind,
  entered,
  unit,
  isPlan,
});

const grouped = (sources: readonly Source[]): Map<number, Source[]> => {
  const groups = new Map<number, Source[]>();
  for (const source of sources) {
    const group = groups.get(source.node);
    if (group) group.push(source);
    else groups.set(source.node, [source]);
  }
  return groups;
};
