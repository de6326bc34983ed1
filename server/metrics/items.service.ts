import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { lastPeriods } from '../core/period.js';
import type { Reading } from '../http/reading.js';
import { boundsOf } from './bounds.js';
import {
  type Asked,
  type FlowFacts,
  type ListAsked,
  type ListedItem,
  readFinished,
  readFlow,
  readOpen,
} from './items.page.queries.js';

export type { FlowFacts, ListedItem } from './items.page.queries.js';

/** Which kind of work, and whose. */
type Filter = Pick<Asked, 'type' | 'team'>;
type Part = Omit<ListAsked, keyof Window>;

/** Work items as the metrics of flow count them: no other place defines delivery, waiting or work in progress. */
@Injectable()
export class ItemsService {
  /** Where the quarters up to and with the asked one begin, in order of time, and where the last ends. ISO. */
  window(reading: Reading, quarters: number): string[] {
    const periods = lastPeriods(reading.period, quarters).map((period) => boundsOf(reading, period));
    return [...periods.map(({ startsAt }) => startsAt), periods.at(-1)!.endsAt];
  }

  /**
   * The flow of the items of the scope in a window, as all moves before its end have it, which the metrics count.
   *
   * @param edges of `window`
   * @param points ISO, ascending: a move at a point counts after it
   * @param most how many finished items are told one by one, how many in each stage, and how many of the oldest
   */
  flow(
    manager: EntityManager,
    reading: Reading,
    {
      filter,
      points,
      most,
      ...window
    }: Window & { filter: Filter; points: string[]; most: Parameters<typeof readFlow>[4] },
  ): Promise<FlowFacts> {
    return readFlow(manager, reading, { ...filter, ...window }, points, most);
  }

  /** Items delivered in a window, the latest first; with `hands` only those that went from the one team to the other. */
  finished(
    manager: EntityManager,
    reading: Reading,
    window: Window,
    part: Part,
    hands: { from: string; to: string } | null = null,
  ): Promise<{ total: number; items: readonly ListedItem[] }> {
    return readFinished(manager, reading, { ...part, ...window }, hands);
  }

  /** Items in progress at the end of a window, or all that stand in a stage that is no end; the oldest first. */
  open(
    manager: EntityManager,
    reading: Reading,
    window: Window,
    part: Part,
    which: 'in_progress' | 'standing',
  ): Promise<{ total: number; items: readonly ListedItem[] }> {
    return readOpen(manager, reading, { ...part, ...window }, which);
  }
}

type Window = Pick<Asked, 'edges' | 'clock'>;
