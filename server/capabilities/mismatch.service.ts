import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ChainService } from '../chain/chain.service.js';
import { fractionOf } from '../core/benefit-status.js';
import { type CapabilityNeed, needsOf, type Needs } from '../core/capability-need.js';
import { type Fraction, minus, ZERO } from '../core/exact-amounts.js';
import type { Reading } from '../http/reading.js';
import { type CapabilityRow, capabilityStates } from './states.queries.js';

type Chain = Awaited<ReturnType<ChainService['facts']>>;

/** A capability of the scope: its level, what it lacks, what reaches it, and whether that fits. */
export interface CapabilityState {
  readonly row: CapabilityRow;
  /** max(0, target − level); null where either is not known. */
  readonly gap: Fraction | null;
  readonly cost: Fraction;
  /** Realised benefit that is credited to it. */
  readonly realised: Fraction;
  readonly need: CapabilityNeed;
}

export interface CapabilityStates {
  readonly items: readonly CapabilityState[];
  readonly needs: Needs;
}

/** The strategic capabilities with the widest gaps, held against their equal part of the spend of the period. */
export interface WidestGaps {
  readonly capabilities: readonly {
    readonly code: string;
    readonly name: string;
    readonly owner: string | null;
    readonly gap: Fraction;
    readonly cost: Fraction;
  }[];
  /** Their part of the spend that reaches capabilities, and what an equal part would be; null where neither can be said. */
  readonly share: Fraction | null;
  readonly equalPart: Fraction | null;
  /** Whether they receive less than their equal part; null where no strategic capability has a target and a level, or nothing is spent. */
  readonly isShort: boolean | null;
}

/** Importance, gap and spend of capabilities, side by side. */
@Injectable()
export class MismatchService {
  constructor(private readonly chain: ChainService) {}

  /** @param chain with its figures, where it is read already */
  async states(manager: EntityManager, reading: Reading, chain: Chain): Promise<CapabilityStates> {
    const rows = await capabilityStates(manager, reading);
    const indexes = new Map(chain.rows.map(({ id }, index) => [id, index]));
    const standings = rows.map((row) => {
      const index = indexes.get(row.id);
      return {
        row,
        gap: gapOf(row),
        cost: (index === undefined ? null : chain.whole.cost.at(index)) ?? ZERO,
        realised: (index === undefined ? null : chain.whole.values.realised.at(index)) ?? ZERO,
        strategic: row.strategic,
        isReachable: !row.hasParts || row.initiatives > 0,
      };
    });
    const needs = needsOf(standings);
    return {
      items: standings.map(({ row, gap, cost, realised }, index) => ({
        row,
        gap,
        cost,
        realised,
        need: needs.of[index]!,
      })),
      needs,
    };
  }

  /**
   * Whether the widest gaps of strategic capabilities get their equal part of the spend of the period (a test of the sign "misaligned capabilities").
   * In a portfolio it is not to be asked: assessments have no path to it.
   */
  async widestGaps(manager: EntityManager, reading: Reading): Promise<WidestGaps> {
    const chain = await this.chain.facts(manager, reading, 'period');
    const { items, needs } = await this.states(manager, reading, chain);
    const { indexes, share, equalPart, isShort } = needs.widest;
    return {
      capabilities: indexes.map((index) => {
        const { row, gap, cost } = items[index]!;
        return { code: row.code, name: row.name, owner: row.owner, gap: gap!, cost };
      }),
      share,
      equalPart,
      isShort,
    };
  }
}

const gapOf = ({ target, level }: CapabilityRow): Fraction | null => {
  if (target === null || level === null) return null;
  const gap = minus(fractionOf(target), fractionOf(level));
  return gap.n > 0n ? gap : ZERO;
};
