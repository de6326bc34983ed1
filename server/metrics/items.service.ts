import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Reading } from '../http/reading.js';
import { type Bounds, boundsOf } from './bounds.js';
import { lastPeriods } from '../core/period.js';
import {
  type DeliveredItem,
  type Handoff,
  type ItemInProgress,
  readDelivered,
  readHandoffs,
  readInProgress,
  readStageTimes,
  type StageTime,
} from './items.queries.js';

export type { Bounds } from './bounds.js';
export type { DeliveredItem, Handoff, ItemInProgress, ItemRow, StageTime } from './items.queries.js';

/** Work items as the metrics of flow count them: no other place defines delivery, waiting or work in progress. */
@Injectable()
export class ItemsService {
  /** The quarters up to and with the asked one, in order of time. */
  window(reading: Reading, quarters: number): Bounds[] {
    return lastPeriods(reading.period, quarters).map((period) => boundsOf(reading, period));
  }

  /** Items of the scope delivered in periods that follow each other, in the order in which they were delivered. */
  delivered(manager: EntityManager, reading: Reading, periods: readonly Bounds[]): Promise<DeliveredItem[]> {
    return readDelivered(manager, reading, periods);
  }

  /** Items of the scope in progress at an instant (ISO), the oldest first, as all moves before it have them. */
  inProgress(manager: EntityManager, reading: Reading, instant: string): Promise<ItemInProgress[]> {
    return readInProgress(manager, reading, instant);
  }

  /** Where the time of the items delivered in these periods went, in the order of stages: Σ days is that of their cycle times. With `codes` only of these items. */
  stageTimes(
    manager: EntityManager,
    reading: Reading,
    periods: readonly Bounds[],
    codes: readonly string[] | null = null,
  ): Promise<StageTime[]> {
    return readStageTimes(manager, reading, periods, codes);
  }

  /** Handoffs from team to team of the items delivered in these periods, the most frequent first: their sum is that of the items' handoffs. With `codes` only of these items. */
  handoffs(
    manager: EntityManager,
    reading: Reading,
    periods: readonly Bounds[],
    codes: readonly string[] | null = null,
  ): Promise<Handoff[]> {
    return readHandoffs(manager, reading, periods, codes);
  }
}
