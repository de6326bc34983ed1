import type { DataSource, EntityManager } from 'typeorm';
import { named } from '../database/named.js';

/** A saved view as it is stored, with the name of its owner. */
export interface ViewRow {
  id: string;
  version: number;
  userId: string;
  page: string;
  name: string;
  search: string;
  shared: boolean;
  owner: string;
  updatedAt: string;
}

const FIELDS = `v.id, v.version, v.user_id as "userId", v.page, v.name, v.search, v.shared, u.name as owner, v.updated_at as "updatedAt"`;

/** Of a person ($1) and a page ($2). */
const SEEN = `from saved_views v join users u on u.id = v.user_id
  where v.page = $2 and v.archived_at is null and (v.user_id = $1 or v.shared and u.archived_at is null)`;

/** Views of a page that a person sees: own ones first, then those that others share; by name. Without a view whose owner is gone. */
export const viewsOf = (
  on: DataSource,
  userId: string,
  page: string,
  limit: number,
  offset: number,
): Promise<ViewRow[]> =>
  named<ViewRow>(
    on,
    'views of a page',
    `select ${FIELDS} ${SEEN} order by v.user_id <> $1, lower(v.name), v.id limit $3 offset $4`,
    [userId, page, limit, offset],
  );

/** How many views of a page a person sees, whatever part of them is read. */
export const countViews = async (on: DataSource, userId: string, page: string): Promise<number> =>
  (
    await named<{ count: number }>(on, 'count of views of a page', `select count(*)::int as count ${SEEN}`, [
      userId,
      page,
    ])
  )[0]!.count;

/** A live view that is locked until the transaction ends. */
export const lockView = async (manager: EntityManager, id: string): Promise<ViewRow | undefined> =>
  (
    await named<ViewRow>(
      manager,
      'view to change',
      `select ${FIELDS} from saved_views v join users u on u.id = v.user_id where v.id = $1 and v.archived_at is null for update of v`,
      [id],
    )
  )[0];

/** How many live views a person has of a page, and which of them has a name; the person's row is held, so that two saves do not miss each other. */
export const ownViews = async (
  manager: EntityManager,
  userId: string,
  page: string,
  name: string,
): Promise<{ count: number; withName: string | null }> => {
  await named(manager, 'owner of views, held', 'select 1 from users where id = $1 for no key update', [userId]);
  const [row] = await named<{ count: number; withName: string | null }>(
    manager,
    'own views of a page',
    `select count(*)::int as count, min(id::text) filter (where lower(name) = lower($3)) as "withName"
     from saved_views where user_id = $1 and page = $2 and archived_at is null`,
    [userId, page, name],
  );
  return row!;
};

export const insertView = (
  manager: EntityManager,
  row: Pick<ViewRow, 'id' | 'userId' | 'page' | 'name' | 'search' | 'shared'>,
  now: string,
): Promise<unknown> =>
  manager.query(
    `insert into saved_views (id, user_id, page, name, search, shared, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [row.id, row.userId, row.page, row.name, row.search, row.shared, now],
  );

/** Writes the next version of a view that `lockView` holds. */
export const updateView = (
  manager: EntityManager,
  row: Pick<ViewRow, 'id' | 'version' | 'name' | 'search' | 'shared'>,
  now: string,
  isArchived = false,
): Promise<unknown> =>
  manager.query(
    `update saved_views set version = $2 + 1, name = $3, search = $4, shared = $5, updated_at = $6::timestamptz,
       archived_at = case when $7::boolean then $6::timestamptz end where id = $1 and version = $2`,
    [row.id, row.version, row.name, row.search, row.shared, now, isArchived],
  );
