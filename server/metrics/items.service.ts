import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Reading } from '../http/reading.js';
import type { Bounds } from './bounds.js';
import { type DeliveredItem, type ItemInProgress, readDelivered, readInProgress } from './items.queries.js';

export type { DeliveredItem, ItemInProgress, ItemRow } from './items.queries.js';

/** Work items as the metrics of flow count them: no other place defines delivery, waiting or work in progress. */
@Injectable()
export class ItemsService {
  /** Items of the scope delivered in periods that follow each other, in the order in which they were delivered. */
  delivered(manager: EntityManager, reading: Reading, periods: readonly Bounds[]): Promise<DeliveredItem[]> {
    return readDelivered(manager, reading, periods);
  }

  /** Items of the scope in progress at an instant (ISO), the oldest first, as all moves before it have them. */
  inProgress(manager: EntityManager, reading: Reading, instant: string): Promise<ItemInProgress[]> {
    return readInProgress(manager, reading, instant);
  }
}
