import type { EntityManager } from 'typeorm';
import { isoInstant } from '../database/instant.js';
import { named } from '../database/named.js';

/** Why an item is blocked from a move on; null where nothing blocks it any more. */
export interface Block {
  itemId: string;
  at: string;
  reason: string | null;
}

/** Says of items why they are blocked, unless they moved on since. @param blocks each item once */
export const blockItems = async (manager: EntityManager, blocks: readonly Block[], now: string): Promise<void> => {
  await named(
    manager,
    'events block items',
    `update work_items i set blocked_reason = b.reason, blocked_since = case when b.reason is null then null else b.at end,
         version = i.version + 1, updated_at = $4
       from unnest($1::uuid[], $2::timestamptz[], $3::text[]) b (item_id, at, reason)
       where i.id = b.item_id and i.blocked_reason is distinct from b.reason
         and not exists (select 1 from work_item_transitions t where t.work_item_id = i.id and t.archived_at is null and t.at > b.at)`,
    [blocks.map(({ itemId }) => itemId), blocks.map(({ at }) => at), blocks.map(({ reason }) => reason), now],
  );
};

interface Coded {
  id: string;
  /** In lower case, as the database writes it. */
  code: string;
}

/** The key of each code: codes match without regard to case, and what that means the database says. */
export const keysOf = async (
  manager: EntityManager,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const rows = await named<{ code: string; key: string }>(
    manager,
    'events keys',
    'select code, lower(code) as key from unnest($1::text[]) code',
    [[...new Set(codes)]],
  );
  return new Map(rows.map(({ code, key }) => [code, key]));
};

/**
 * Live records by code, share-locked: who archives one of them waits, and sees the reference.
 * @param codes their keys
 */
export const holdByCode = async (
  manager: EntityManager,
  table: 'stages' | 'initiatives',
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const rows = await named<Coded>(
    manager,
    `events hold ${table}`,
    `select id, lower(code) as code from ${table} where lower(code) = any ($1) and archived_at is null order by id for share`,
    [codes],
  );
  return new Map(rows.map(({ id, code }) => [code, id]));
};

/** A work item that an event names and nobody may know yet. */
export interface NewItem {
  code: string;
  title: string | null;
  type: string | null;
  initiativeId: string | null;
}

/**
 * Creates the items that are not there; of two requests at once one creates them and the other waits.
 * @param items in the order of their keys, each once: all writers come to them in the same order
 * @returns ids of those that were created, by key
 */
export const createItems = async (
  manager: EntityManager,
  items: readonly NewItem[],
  now: string,
): Promise<ReadonlyMap<string, string>> => {
  const rows = await named<Coded>(
    manager,
    'events create items',
    `insert into work_items (code, title, type, initiative_id, created_at, updated_at)
     select i.code, i.title, i.type, i.initiative_id, $5, $5
       from unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) with ordinality i (code, title, type, initiative_id, place)
       order by i.place
     on conflict (lower(code)) do nothing
     returning id, lower(code) as code`,
    [
      items.map(({ code }) => code),
      items.map(({ title }) => title),
      items.map(({ type }) => type),
      items.map(({ initiativeId }) => initiativeId),
      now,
    ],
  );
  return new Map(rows.map(({ id, code }) => [code, id]));
};

/** The items of these keys, whether archived or not, each locked against others who move or archive it. */
export const holdItems = (
  manager: EntityManager,
  codes: readonly string[],
): Promise<(Coded & { isArchived: boolean })[]> =>
  named(
    manager,
    'events hold items',
    `select id, lower(code) as code, archived_at is not null as "isArchived" from work_items
     where lower(code) = any ($1) order by id for no key update`,
    [codes],
  );

/**
 * Gives items that belong to no initiative the one that is named; others keep theirs.
 * @param items those that name one; held
 * @returns keys of those that got it
 */
export const placeItems = async (
  manager: EntityManager,
  items: readonly { id: string; initiativeId: string }[],
  now: string,
): Promise<readonly string[]> => {
  const rows = await named<Coded>(
    manager,
    'events place items',
    `update work_items w set initiative_id = p.initiative_id, version = w.version + 1, updated_at = $3
     from unnest($1::uuid[], $2::uuid[]) p (id, initiative_id)
     where w.id = p.id and w.initiative_id is null
     returning w.id, lower(w.code) as code`,
    [items.map(({ id }) => id), items.map(({ initiativeId }) => initiativeId), now],
  );
  return rows.map(({ code }) => code).sort();
};

export interface Move {
  itemId: string;
  stageId: string;
  at: string;
  team: string | null;
}

/**
 * Appends the moves that are not known; one that an undone import had brought comes back.
 * @param moves each once by item, moment and stage; those of one item in the order in which they happened
 * @returns whether each was appended, in their order
 */
export const appendMoves = async (
  manager: EntityManager,
  moves: readonly Move[],
  now: string,
): Promise<readonly boolean[]> => {
  const rows = await named<{ itemId: string; stageId: string; at: string }>(
    manager,
    'events append moves',
    `insert into work_item_transitions as t (work_item_id, stage_id, at, team, created_at, updated_at)
     select m.item_id, m.stage_id, m.at, m.team, $5, $5
       from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[]) with ordinality m (item_id, stage_id, at, team, place)
       order by m.place
     on conflict (work_item_id, at, stage_id) do update
       set archived_at = null, team = excluded.team, version = t.version + 1, updated_at = excluded.updated_at
       where t.archived_at is not null
     returning t.work_item_id as "itemId", t.stage_id as "stageId", ${isoInstant('t.at')} as at`,
    [
      moves.map(({ itemId }) => itemId),
      moves.map(({ stageId }) => stageId),
      moves.map(({ at }) => at),
      moves.map(({ team }) => team),
      now,
    ],
  );
  const appended = new Set(rows.map(({ itemId, stageId, at }) => `${itemId} ${stageId} ${at}`));
  return moves.map(({ itemId, stageId, at }) => appended.has(`${itemId} ${stageId} ${at}`));
};
