import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ChainService } from '../chain/chain.service.js';
import { fractionOf } from '../core/benefit-status.js';
import {
  type CapabilityNeed,
  heldAgainst,
  needsOf,
  type Needs,
  type Widest,
  widestGapsOf,
} from '../core/capability-need.js';
import { type Fraction, minus, ZERO } from '../core/exact-amounts.js';
import type { MoneyFacts } from '../core/metrics/money.js';
import { type Reading, readingOf } from '../http/reading.js';
import { capabilityGaps } from './gaps.queries.js';
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
  /** Why nothing is said of levels and what follows from them; null where it is. */
  readonly unassessed: 'not_in_scope' | null;
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
  /** All others that the spend is divided among. */
  readonly others: readonly Pick<WidestGaps['capabilities'][number], 'code' | 'name' | 'owner' | 'cost'>[];
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

  /**
   * In a portfolio without levels: assessments have no path to one, and gaps of the enterprise say nothing of the money of a part of it.
   *
   * @param chain with its figures, where it is read already
   */
  async states(manager: EntityManager, reading: Reading, chain: Chain): Promise<CapabilityStates> {
    const unassessed = reading.scope.portfolioId === null ? null : 'not_in_scope';
    const found = await capabilityStates(manager, reading);
    const rows = unassessed ? found.map(withoutLevel) : found;
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
      unassessed,
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
      others: items
        .filter((_, index) => !indexes.includes(index))
        .map(({ row: { code, name, owner }, cost }) => ({ code, name, owner, cost })),
      share,
      equalPart,
      isShort,
    };
  }

  /**
   * The same in several periods, and of how many capabilities, from money that is read already: one statement, whatever their number.
   * @param money by period, in the order of `periods`
   */
  async widestGapsIn(
    manager: EntityManager,
    reading: Reading,
    periods: readonly string[],
    money: readonly Pick<MoneyFacts, 'costOf'>[],
  ): Promise<{ widest: Widest[]; capabilities: number }> {
    const ends = periods.map((period) => readingOf(reading, period).end);
    const rows = await capabilityGaps(manager, ends, reading.scope.unitIds);
    const widest = periods.map((_, at) => {
      const gaps = widestGapsOf(rows.map((row) => ({ ...row, gap: gapOf({ ...row, level: row.levels[at]! }) })));
      const spendOn = (asked: readonly { id: string }[]): Fraction =>
        money[at]!.costOf(
          'capability',
          asked.map(({ id }) => id),
          'period',
        );
      return heldAgainst(gaps, spendOn((gaps.indexes ?? []).map((index) => rows[index]!)), spendOn(rows));
    });
    return { widest, capabilities: rows.length };
  }
}

const withoutLevel = (row: CapabilityRow): CapabilityRow => ({
  ...row,
  level: null,
  assessedOn: null,
  assessor: null,
  evidence: null,
});

const gapOf = ({ target, level }: Pick<CapabilityRow, 'target' | 'level'>): Fraction | null => {
  if (target === null || level === null) return null;
  const gap = minus(fractionOf(target), fractionOf(level));
  return gap.n > 0n ? gap : ZERO;
};
