import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ChainService } from '../chain/chain.service.js';
import type { CapabilityMap, CapabilityMapQuery, CapabilityOnMap } from '../contract/capability.js';
import { sumOf } from '../core/benefit-status.js';
import type { Fraction } from '../core/exact-amounts.js';
import { formatFraction, ratio } from '../core/money.js';
import type { Reading } from '../http/reading.js';
import { type CapabilityState, MismatchService } from './mismatch.service.js';

/** The map of capabilities: level, target, importance, spend and benefit of each. */
@Injectable()
export class CapabilityMapService {
  constructor(
    private readonly chain: ChainService,
    private readonly mismatch: MismatchService,
  ) {}

  /** The map as JSON text. */
  async map(manager: EntityManager, reading: Reading, { span }: CapabilityMapQuery): Promise<string> {
    const chain = await this.chain.facts(manager, reading, span);
    const { items, needs, unassessed } = await this.mismatch.states(manager, reading, chain);
    const strategic = items.filter(({ row }) => row.strategic === true);
    const below = strategic.filter(({ gap }) => gap !== null && gap.n > 0n);
    return JSON.stringify({
      period: reading.period,
      span,
      currency: reading.currency,
      strategic: strategic.length,
      unassessed,
      belowTarget: unassessed ? null : below.length,
      belowTargetShare: unassessed ? null : shareOf(sumOf(below.map(({ cost }) => cost)), needs.spend),
      comparable: unassessed ? null : strategic.filter(({ gap }) => gap !== null).length,
      reachable: needs.reachable,
      equalPart: needs.reachable === 0 ? null : 1 / needs.reachable,
      items: items.map((item) => onMap(item, reading)),
    } satisfies CapabilityMap);
  }
}

const shareOf = (part: Fraction, all: Fraction): number | null => ratio(part.n * all.d, all.n * part.d);
const numberOf = (share: Fraction | null): number | null => share && ratio(share.n, share.d);

const onMap = ({ row, gap, cost, realised, need }: CapabilityState, { decimals }: Reading): CapabilityOnMap => ({
  code: row.code,
  name: row.name,
  parent: row.parent,
  strategic: row.strategic,
  owner: row.owner,
  level: row.level,
  target: row.target,
  gap: gap && levelText(gap),
  assessedOn: row.assessedOn,
  assessor: row.assessor,
  initiatives: row.initiatives,
  outcomes: row.outcomes,
  cost: formatFraction(cost.n, cost.d, decimals),
  realised: formatFraction(realised.n, realised.d, decimals),
  needShare: numberOf(need.needShare),
  spendShare: numberOf(need.spendShare),
  mismatch: need.mismatch,
});

/** Levels have one decimal, and none where it is 0. */
const levelText = ({ n, d }: Fraction): string => formatFraction(n, d, 1).replace(/\.0$/, '');
