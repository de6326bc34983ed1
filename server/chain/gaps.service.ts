import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Principal } from '../access/principal.js';
import { StandingService } from '../benefits/standing.service.js';
import { GAP_KINDS, type GapQuery, type Gaps, LAYERS } from '../contract/chain.js';
import { sumOf } from '../core/benefit-status.js';
import { formatFraction, placePoint } from '../core/money.js';
import { readCursor, writeCursor } from '../http/cursor.js';
import type { Reading } from '../http/reading.js';
import { type ChainFacts, chainFacts } from './chain.facts.js';
import { indexOfRef } from './chain.service.js';
import { gapRecords, initiativeStarts, moneyBenefits } from './gaps.queries.js';
import { compareGaps, type Gap, gapsOf, noStakeOf } from './gaps.js';
import { repairsOf } from './gaps.rights.js';

const place = z.tuple([z.string().regex(/^-?\d{1,60}$/), z.enum(GAP_KINDS), z.string(), z.enum(LAYERS)]);

/** Every break of the chain in a scope, with the money at stake. */
@Injectable()
export class GapsService {
  constructor(private readonly standings: StandingService) {}

  /**
   * All gaps to date, the largest amount first.
   *
   * @param facts the chain to date, where it was read already
   */
  async all(manager: EntityManager, reading: Reading, facts?: ChainFacts): Promise<Gap[]> {
    const { whole } = facts ?? (await chainFacts(manager, reading, 'to_date'));
    const records = await gapRecords(manager, reading);
    const starts = await initiativeStarts(manager);
    const standings = await this.standings.of(manager, reading);
    const unmeasured = standings.filter(({ standing }) => standing.status === 'unmeasured');
    return gapsOf({
      records,
      whole,
      unmeasured: new Set(unmeasured.map(({ row }) => row.id)),
      starts: new Map(starts.map((row) => [row.id, row.startDate])),
      decimals: reading.decimals,
      money: new Set((await moneyBenefits(manager)).map(({ id }) => id)),
    });
  }

  /**
   * One page of gaps as JSON text, of the scope or of one record of it. `total` counts the kind that is asked for, `counts` every kind.
   * @throws Problem 404 for a record that is not there, 422 for a cursor that is none of ours
   */
  async page(manager: EntityManager, reading: Reading, who: Principal, query: GapQuery): Promise<string> {
    const facts = await chainFacts(manager, reading, 'to_date');
    const { type, ref } = query;
    const record = type !== undefined && ref !== undefined ? facts.rows[indexOfRef(facts, type, ref)]!.id : null;
    const all = (await this.all(manager, reading, facts)).filter(({ row }) => record === null || row.id === record);
    const asked = query.kind ? all.filter((gap) => gap.kind === query.kind) : all;
    const after = query.cursor === undefined ? null : readCursor(query.cursor, place);
    const rest = after
      ? asked.filter(
          (gap) =>
            compareGaps(gap, { units: BigInt(after[0]), kind: after[1], row: { code: after[2], type: after[3] } }) > 0,
        )
      : asked;
    const items = rest.slice(0, query.limit);
    const repairs = await repairsOf(manager, who, items);
    const last = rest.length > items.length ? items.at(-1) : undefined;
    return JSON.stringify({
      period: reading.period,
      currency: reading.currency,
      items: items.map(({ kind, row, units, noStake }, at) => ({
        kind,
        type: row.type,
        code: row.code,
        name: row.name,
        owner: row.owner,
        amountAtStake: placePoint(units, reading.decimals),
        noStake,
        ...repairs[at]!,
      })),
      total: asked.length,
      nextCursor: last ? writeCursor([String(last.units), last.kind, last.row.code, last.row.type]) : null,
      counts: GAP_KINDS.map((kind) => countOf(kind, all, reading.decimals)),
    } satisfies Gaps);
  }
}

/** How many gaps of a kind, and what is at stake in all of them together. */
const countOf = (kind: Gap['kind'], all: readonly Gap[], decimals: number): Gaps['counts'][number] => {
  const gaps = all.filter((gap) => gap.kind === kind);
  const sum = sumOf(gaps.map((gap) => gap.atStake));
  return {
    kind,
    count: gaps.length,
    amountAtStake: formatFraction(sum.n, sum.d, decimals),
    noStake: noStakeOf(gaps),
  };
};
