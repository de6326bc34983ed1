import type { EntityManager } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { writeCondition } from '../access/scope.js';
import type { MonthValues } from '../benefits/value-writing.service.js';
import { named } from '../database/named.js';

/** A month that an entry changed, as it is kept for the receipt and for taking it back. */
export interface KeptMonth {
  valueId: string;
  benefitId: string;
  benefit: string;
  month: string;
  /** Null: it was not there. */
  before: (MonthValues & { reportedBy: string | null; firstPlannedAt: string | null }) | null;
  after: MonthValues;
  version: number;
  /** It was locked when it was entered. */
  locked: boolean;
}

export interface EntryHead {
  id: string;
  userId: string;
  savedAt: string;
  by: string;
  reason: string | null;
  requestHash: string;
  cells: number;
  benefits: number;
  undoneAt: string | null;
  undoneBy: string | null;
}
export interface StoredEntry extends EntryHead {
  months: KeptMonth[];
}

const HEAD = `e.id, e.user_id as "userId", e.created_at as "savedAt", e.user_email as by, e.reason, e.request_hash as "requestHash",
  e.cell_count as cells, e.benefit_count as benefits, e.undone_at as "undoneAt", e.undone_by as "undoneBy"`;

/** One request with this id at a time, until the transaction ends. */
export const holdEntryId = async (manager: EntityManager, id: string): Promise<void> => {
  await named(manager, 'hold an entry id', `select pg_advisory_xact_lock(hashtextextended('entry ' || $1, 0))`, [id]);
};

export const findEntry = async (manager: EntityManager, id: string, lock = false): Promise<StoredEntry | null> => {
  const [row] = await named<StoredEntry>(
    manager,
    `find entry${lock ? ', locked' : ''}`,
    `select ${HEAD}, e.cells as months from value_entries e where e.id = $1 ${lock ? 'for update' : ''}`,
    [id],
  );
  return row ?? null;
};

/** Where a page of entries ended: when its last one was saved (ISO UTC), and its id. */
export type EntryPlace = readonly [savedAt: string, id: string];

/** The newest first, from after a place on. */
export const entriesOf = (
  manager: EntityManager,
  userId: string,
  limit: number,
  after: EntryPlace | null,
): Promise<EntryHead[]> =>
  named<EntryHead>(
    manager,
    'entries of a person',
    `select ${HEAD} from value_entries e
     where e.user_id = $1 and ($3::timestamptz is null or (e.created_at, e.id) < ($3::timestamptz, $4::uuid))
     order by e.created_at desc, e.id desc limit $2`,
    [userId, limit, ...(after ?? [null, null])],
  );

export const countEntries = async (manager: EntityManager, userId: string): Promise<number> => {
  const [row] = await named<{ count: number }>(
    manager,
    'count of entries of a person',
    'select count(*)::int as count from value_entries where user_id = $1',
    [userId],
  );
  return row!.count;
};

export const storeEntry = async (
  manager: EntityManager,
  entry: Omit<StoredEntry, 'undoneAt' | 'undoneBy'>,
): Promise<void> => {
  await named(
    manager,
    'store an entry',
    `insert into value_entries (id, user_id, user_email, created_at, reason, request_hash, cell_count, benefit_count, cells)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      entry.id,
      entry.userId,
      entry.by,
      entry.savedAt,
      entry.reason,
      entry.requestHash,
      entry.cells,
      entry.benefits,
      JSON.stringify(entry.months),
    ],
  );
};

export const markUndone = async (manager: EntityManager, id: string, by: string, at: string): Promise<void> => {
  await named(
    manager,
    'mark an entry undone',
    'update value_entries set undone_at = $2, undone_by = $3 where id = $1',
    [id, at, by],
  );
};

/** Those of the entries on which nothing was built since, whose months are not locked since, and whose benefits the person may write. */
export const undoable = async (
  manager: EntityManager,
  who: Principal,
  ids: readonly string[],
): Promise<Set<string>> => {
  const scope = writeCondition(who, 'benefit');
  const rows = (await manager.query(
    `select e.id from value_entries e cross join settings s
     where e.id = any ($1::uuid[]) and e.undone_at is null and e.cell_count > 0 and not exists (
       select 1 from jsonb_to_recordset(e.cells) as c ("valueId" uuid, version int, month text, locked boolean)
         left join benefit_values v on v.id = c."valueId" left join benefits t on t.id = v.benefit_id
       where v.version is distinct from c.version or t.archived_at is not null or not coalesce(${scope.text(2)}, false)
         or (not c.locked and c.month <= to_char(s.locked_through, 'YYYY-MM')))`,
    [ids, ...scope.values],
  )) as { id: string }[];
  return new Set(rows.map((row) => row.id));
};

/** The verdict that made the present version of each of the values, where one did. */
export const verdictsOf = async (
  manager: EntityManager,
  valueIds: readonly string[],
): Promise<Map<string, 'confirmed' | 'rejected'>> => {
  const rows = await named<{ id: string; verdict: 'confirmed' | 'rejected' }>(
    manager,
    'verdicts on values',
    `select distinct on (v.id) v.id, case c.verdict when 'rejected' then 'rejected' else 'confirmed' end as verdict
     from benefit_values v join confirmations c on c.benefit_value_id = v.id and c.verdict <> 'withdrawn'
     where v.id = any ($1::uuid[]) and c.value_version >= v.version - 1 order by v.id, c.id desc`,
    [valueIds],
  );
  return new Map(rows.map((row) => [row.id, row.verdict]));
};
