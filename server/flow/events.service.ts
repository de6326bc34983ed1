import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { writableAmong } from '../access/rights.js';
import { ENTERPRISE, recordChange } from '../audit/write.js';
import type { WorkItemEvent, WorkItemEventsAnswer } from '../contract/work-item-event.js';
import { isMoveAhead } from '../core/ahead.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { forbidden, invalid, Problem, type ProblemError } from '../http/problem.js';
import {
  appendMoves,
  type Block,
  blockItems,
  createItems,
  holdByCode,
  holdItems,
  keysOf,
  placeItems,
  type Move,
  type NewItem,
} from './events.queries.js';

/** The key of a code: codes match without regard to case. */
type KeyOf = (code: string) => string;

/** Moves of work items that other tools tell of: all of a request or none, told again as often as they like. */
@Injectable()
export class WorkItemEventsService {
  constructor(
    private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem 422 naming each stage or initiative that is not there and each move that lies ahead, 403 for an item of a foreign portfolio, 409 for an archived item
   */
  async record(who: Principal, events: readonly WorkItemEvent[]): Promise<WorkItemEventsAnswer> {
    return this.source.transaction(async (manager) => {
      const now = this.clock.now().toISOString();
      refuseAhead(events, now);
      const keyed = await keysOf(
        manager,
        events.flatMap(({ workItem, stage, initiative }) => [workItem, stage, initiative ?? []].flat()),
      );
      const keyOf = (code: string): string => keyed.get(code)!;
      const { stages, initiatives } = await this.referred(manager, events, keyOf);
      const items = newItems(events, initiatives, keyOf);
      const created = await createItems(
        manager,
        items.map(({ item }) => item),
        now,
      );
      const ids = await this.writableItems(manager, who, items);
      const placed = await placeItems(
        manager,
        items.flatMap(({ key, item: { initiativeId } }) => (initiativeId ? { id: ids.get(key)!, initiativeId } : [])),
        now,
      );
      const moves = new Map<string, Move>();
      const keys = events.map((event) => {
        const move = {
          itemId: ids.get(keyOf(event.workItem))!,
          stageId: stages.get(keyOf(event.stage))!,
          at: event.at,
          team: event.team ?? null,
        };
        const key = `${move.itemId} ${move.stageId} ${move.at}`;
        if (!moves.has(key)) moves.set(key, move);
        return key;
      });
      const appended = await appendMoves(manager, [...moves.values()], now);
      const fresh = new Set([...moves.keys()].filter((_key, place) => appended[place]));
      const blocks = blocksOf(events, (place) => (fresh.has(keys[place]!) ? moves.get(keys[place]!)!.itemId : null));
      if (blocks.length > 0) await blockItems(manager, blocks, now);
      const results = events.map((event, place) => {
        const isFirst = keys.indexOf(keys[place]!) === place;
        const result = isFirst && fresh.has(keys[place]!) ? ('recorded' as const) : ('unchanged' as const);
        const notTaken = fresh.has(keys[place]!) ? [] : sayingsOf(event);
        return { workItem: event.workItem, result, ...(notTaken.length > 0 ? { notTaken } : {}) };
      });
      const recorded = results.filter(({ result }) => result === 'recorded').length;
      const answer = { created: created.size, recorded, unchanged: events.length - recorded, items: results };
      if (recorded > 0 || created.size > 0 || placed.length > 0)
        await this.audit(manager, who, events, answer, { ids, placed, now });
      return answer;
    });
  }

  /** Ids of the stages and initiatives that the events name, by key. */
  private async referred(manager: EntityManager, events: readonly WorkItemEvent[], keyOf: KeyOf) {
    const stages = await holdByCode(
      manager,
      'stages',
      events.map(({ stage }) => keyOf(stage)),
    );
    const named = events.flatMap(({ initiative }) => (initiative ? keyOf(initiative) : []));
    const initiatives = named.length > 0 ? await holdByCode(manager, 'initiatives', named) : new Map<string, string>();
    const errors = events.flatMap(({ stage, initiative }, place): ProblemError[] => [
      ...(stages.has(keyOf(stage))
        ? []
        : [
            {
              pointer: `/items/${place}/stage`,
              code: 'reference.unknown',
              message: `There is no stage with the code ${stage}. Add it to the stages, or send the code of one that is there.`,
            },
          ]),
      ...(!initiative || initiatives.has(keyOf(initiative))
        ? []
        : [
            {
              pointer: `/items/${place}/initiative`,
              code: 'reference.unknown',
              message: `There is no initiative with the code ${initiative}. Send the code of one that is there, or none.`,
            },
          ]),
    ]);
    if (errors.length > 0) throw invalid(errors);
    return { stages, initiatives };
  }

  private async writableItems(
    manager: EntityManager,
    who: Principal,
    items: readonly Keyed[],
  ): Promise<ReadonlyMap<string, string>> {
    const found = await holdItems(
      manager,
      items.map(({ key }) => key),
    );
    const archived = found.filter(({ isArchived }) => isArchived).map(({ code }) => code);
    if (archived.length > 0)
      throw new Problem(
        409,
        'duplicate',
        `There is an archived work item with the code ${namedCodes(items, archived)}. Import it to bring it back, or send another code.`,
      );
    const writable = await writableAmong(
      manager,
      who,
      'work_item',
      found.map(({ id }) => id),
    );
    const foreign = found.filter(({ id }) => !writable.has(id)).map(({ code }) => code);
    if (foreign.length > 0)
      throw forbidden(
        `You may write work items only of initiatives in your own portfolio, and ${namedCodes(items, foreign)} is not of one. Name an initiative of yours for a new item, or ask the manager of its portfolio.`,
      );
    return new Map(found.map(({ id, code }) => [code, id]));
  }

  private async audit(
    manager: EntityManager,
    who: Principal,
    events: readonly WorkItemEvent[],
    { created, recorded, items }: WorkItemEventsAnswer,
    { ids, placed, now }: { ids: ReadonlyMap<string, string>; placed: readonly string[]; now: string },
  ): Promise<void> {
    const isOne = ids.size === 1;
    const moves = events
      .filter((_event, place) => items[place]!.result === 'recorded')
      .map(({ workItem, at, stage, team, eventId, blockedReason }) => ({
        workItem,
        at,
        stage,
        ...(team ? { team } : {}),
        ...(eventId ? { eventId } : {}),
        ...(blockedReason === undefined ? {} : { blockedReason: blockedReason || null }),
      }));
    await recordChange(
      manager,
      {
        at: now,
        actor: who.email,
        action: 'moved',
        objectType: 'work_item',
        objectId: isOne ? [...ids.values()][0]! : null,
        objectCode: isOne ? events[0]!.workItem : null,
        before: null,
        after: { created, recorded, moves, ...(placed.length > 0 ? { givenAnInitiative: placed } : {}) },
      },
      [ENTERPRISE],
    );
  }
}

/**
 * What an event says beside its move. Of a move that was known it is not taken, and told so: a delivery that comes a second time would undo what a
 * person has said since.
 */
const sayingsOf = ({ team, blockedReason }: WorkItemEvent): ('team' | 'blockedReason')[] => [
  ...(team ? (['team'] as const) : []),
  ...(blockedReason === undefined ? [] : (['blockedReason'] as const)),
];

interface Keyed {
  key: string;
  item: NewItem;
}

/** The last word of each item on what blocks it, among moves that were not known. @param itemOf by place; null of a move that was known */
const blocksOf = (events: readonly WorkItemEvent[], itemOf: (place: number) => string | null): Block[] => {
  const blocks = new Map<string, Block>();
  events.forEach(({ at, blockedReason }, place) => {
    const itemId = itemOf(place);
    const known = itemId === null ? undefined : blocks.get(itemId);
    if (
      itemId !== null &&
      blockedReason !== undefined &&
      (known === undefined || Date.parse(known.at) <= Date.parse(at))
    )
      blocks.set(itemId, { itemId, at, reason: blockedReason || null });
  });
  return [...blocks.values()];
};

const refuseAhead = (events: readonly WorkItemEvent[], now: string): void => {
  const errors = events.flatMap(({ at }, place): ProblemError[] =>
    isMoveAhead(at, now)
      ? [
          {
            pointer: `/items/${place}/at`,
            code: 'value.ahead',
            message: `${at} lies more than a day ahead. Send when the item entered the stage, and look at the sender's clock and its unit of time.`,
          },
        ]
      : [],
  );
  if (errors.length > 0) throw invalid(errors);
};

/** Each item once, in the order of their keys: what the first event that says it says of it. */
const newItems = (
  events: readonly WorkItemEvent[],
  initiatives: ReadonlyMap<string, string>,
  keyOf: KeyOf,
): Keyed[] => {
  const items = new Map<string, NewItem>();
  for (const { workItem, title, type, initiative } of events) {
    const known = items.get(keyOf(workItem));
    items.set(keyOf(workItem), {
      code: known?.code ?? workItem,
      title: known?.title ?? (title || null),
      type: known?.type ?? type ?? null,
      initiativeId: known?.initiativeId ?? (initiative ? initiatives.get(keyOf(initiative))! : null),
    });
  }
  return [...items].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => ({ key, item }));
};

const namedCodes = (items: readonly Keyed[], keys: readonly string[]): string => {
  const first = items.find(({ key }) => key === keys[0])!.item.code;
  return keys.length > 1 ? `${first} (and ${keys.length - 1} more)` : first;
};
