import type { EntityManager } from 'typeorm';
import { attribute, type Attribution, byKind, type Sources } from '../core/attribution.js';
import { buildChain, type Chain, LAYERS } from '../core/shares.js';
import type { Reading } from '../http/reading.js';
import { compareCodes } from './codes.js';
import { chainLinks, chainNodes, costByInvestment, type NodeRow, spanOf, valuesByBenefit } from './chain.queries.js';

/** The chain with its figures in a scope and a span. `rows` stand in the order of `whole.chain.nodes`: by layer, then by code. */
export interface ChainFacts {
  readonly rows: readonly NodeRow[];
  readonly whole: Attribution;
}

/** The chain without figures: all records and links of the enterprise. `rows` stand in the order of `chain.nodes`. */
export interface ChainStructure {
  readonly rows: readonly NodeRow[];
  readonly chain: Chain;
}

const layerOf = new Map<string, number>(LAYERS.map((layer, index) => [layer, index]));

/**
 * Reads nodes and links, whatever the scope: a share means the same in every scope.
 * @param order `as read` where nobody sees it: sorting thousands of codes takes longer than all sums over them
 */
export const chainStructure = async (
  manager: EntityManager,
  order: 'by code' | 'as read' = 'by code',
): Promise<ChainStructure> => {
  const rows = await chainNodes(manager);
  const links = await chainLinks(manager);
  if (order === 'by code')
    rows.sort((a, b) => layerOf.get(a.type)! - layerOf.get(b.type)! || compareCodes(a.code, b.code));
  const known = new Set(rows.map((row) => row.id));
  // A record that has links cannot be archived; should one be, its links count nowhere either.
  const chain = buildChain(
    rows,
    links.filter((link) => known.has(link.from) && known.has(link.to)),
  );
  return { rows, chain };
};

/** Reads nodes, links and the scope's source facts, and runs cost down and value up. All nodes and links are there, whatever the scope. */
export const chainFacts = async (
  manager: EntityManager,
  reading: Reading,
  span: 'period' | 'to_date',
): Promise<ChainFacts> => {
  const months = spanOf(reading, span);
  const { rows, chain } = await chainStructure(manager);
  const costs = await costByInvestment(manager, reading, months);
  const values = await valuesByBenefit(manager, reading, months);
  const sources: Sources = {
    cost: new Map(costs.map((row) => [row.id, row.cost])),
    values: byKind(
      (kind) => new Map(values.flatMap((row) => (row[kind] === null ? [] : [[row.id, row[kind]] as const]))),
    ),
  };
  return { rows, whole: attribute(chain, sources) };
};
