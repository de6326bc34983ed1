import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ChainQuery, Layer } from '../contract/chain.js';
import { traceOf } from '../core/attribution.js';
import { LAYERS } from '../core/shares.js';
import { notFound } from '../http/problem.js';
import type { Reading } from '../http/reading.js';
import { type ChainFacts, chainFacts } from './chain.facts.js';
import { chainBody } from './chain.text.js';

/** For those who run other amounts through the chain: it holds nothing, so none of it has to be injected. */
export { type ChainStructure, chainStructure } from './chain.facts.js';
export { compareCodes } from './codes.js';

/** Money down the chain, credit up it. Everything is read from one snapshot that the caller holds. */
@Injectable()
export class ChainService {
  /** The chain with its exact figures, for those who go on computing with them. */
  facts(manager: EntityManager, reading: Reading, span: ChainQuery['span']): Promise<ChainFacts> {
    return chainFacts(manager, reading, span);
  }

  /** The whole chain as JSON. */
  async whole(manager: EntityManager, reading: Reading, query: ChainQuery): Promise<Buffer> {
    const { rows, whole } = await chainFacts(manager, reading, query.span);
    return chainBody(rows, whole, reading, query.span, { cost: 0, value: LAYERS.length - 1 });
  }

  /**
   * One node's cost run down and its value run up, as JSON; only nodes and links that it reaches.
   * @throws Problem 404
   */
  async trace(manager: EntityManager, reading: Reading, query: ChainQuery, type: Layer, ref: string): Promise<Buffer> {
    const facts = await chainFacts(manager, reading, query.span);
    const node = facts.rows[indexOfRef(facts, type, ref)]!;
    const layer = LAYERS.indexOf(type);
    return chainBody(facts.rows, traceOf(facts.whole, node.id), reading, query.span, { cost: layer, value: layer });
  }
}

/**
 * Index of the record that a reference names: its id, or its code in any case.
 * @throws Problem 404
 */
export const indexOfRef = ({ rows }: Pick<ChainFacts, 'rows'>, type: Layer, ref: string): number => {
  const wanted = ref.toLowerCase();
  const byId = rows.findIndex((row) => row.type === type && row.id === wanted);
  const index = byId >= 0 ? byId : rows.findIndex((row) => row.type === type && row.code.toLowerCase() === wanted);
  if (index < 0) throw notFound();
  return index;
};
