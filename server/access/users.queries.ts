import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import type { User } from '../contract/access.js';
import * as p from '../contract/primitives.js';
import { named } from '../database/named.js';
import { invalidField } from '../http/problem.js';

const SORTS = ['email', '-email', 'name', '-name', 'createdAt', '-createdAt', 'updatedAt', '-updatedAt'] as const;

/** What the list of users takes. */
export const usersQuery = z.strictObject({
  q: p.text(200).optional(),
  limit: p.limit,
  cursor: z.string().max(2000).optional(),
  sort: z.enum(SORTS).default('email'),
  archived: z.enum(['true', 'false']).default('false'),
  email: p.email.optional(),
  role: z.enum(p.ROLES).optional(),
});
export type UsersQuery = z.infer<typeof usersQuery>;

const FIELDS = `u.id, u.version, u.email, u.name, u.created_at as "createdAt", u.updated_at as "updatedAt", u.archived_at as "archivedAt",
  coalesce((
    select json_agg(json_build_object('role', r.role, 'portfolioCode', p.code, 'orgUnitCode', o.code) order by r.role, p.code, o.code)
      from user_roles r left join portfolios p on p.id = r.portfolio_id left join org_units o on o.id = r.org_unit_id
      where r.user_id = u.id), '[]') as grants`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A user by id, archived ones too, or by e-mail address; null where there is none. Never with the password's hash. */
export const findUser = async (on: DataSource | EntityManager, ref: string): Promise<User | null> => {
  const byId = UUID.test(ref);
  const condition = byId ? 'u.id = $1' : 'u.email = lower($1)';
  const [row] = await named<User>(
    on,
    `user by ${byId ? 'id' : 'e-mail'}`,
    `select ${FIELDS} from users u where ${condition}`,
    [ref],
  );
  return row ?? null;
};

/** Each order as an expression over `u`, and the type in which a cursor's text is compared with it. */
const ORDERS: Record<string, [expression: string, type: string]> = {
  email: ['u.email', 'text'],
  name: ['lower(u.name)', 'text'],
  createdAt: ['u.created_at', 'timestamptz'],
  updatedAt: ['u.updated_at', 'timestamptz'],
};

const cursorSchema = z.tuple([z.enum(SORTS), z.string(), z.uuid()]);

const decodeCursor = (cursor: string, sort: string): [value: string, id: string] => {
  try {
    const [madeFor, value, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    const isReadable = !sort.endsWith('At') || !Number.isNaN(Date.parse(value));
    if (madeFor === sort && isReadable && !value.includes('\0')) return [value, id];
  } catch {
    // the one sentence below
  }
  throw invalidField(
    'cursor',
    'cursor.invalid',
    'Send the nextCursor of the page before, with the same sort, or none.',
  );
};

/** One page of users; each row is one person with all roles. */
export const listUsers = async (
  on: DataSource,
  query: UsersQuery,
): Promise<{ items: User[]; total: number; nextCursor: string | null }> => {
  const values: unknown[] = [];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const where = [query.archived === 'true' ? 'u.archived_at is not null' : 'u.archived_at is null'];
  if (query.q) {
    const pattern = put(`%${query.q.replace(/[\\%_]/g, '\\$&')}%`);
    where.push(`(u.email ilike ${pattern} or u.name ilike ${pattern})`);
  }
  if (query.email) where.push(`u.email = ${put(query.email)}`);
  if (query.role)
    where.push(`exists (select 1 from user_roles r where r.user_id = u.id and r.role = ${put(query.role)})`);
  const matching = `from users u where ${where.join(' and ')}`;
  const [count] = (await on.query(`select count(*) as total ${matching}`, values)) as [{ total: number }];

  const descending = query.sort.startsWith('-');
  const [expression, type] = ORDERS[query.sort.replace('-', '')]!;
  let after = '';
  if (query.cursor) {
    const [value, id] = decodeCursor(query.cursor, query.sort);
    after = `and (${expression}, u.id) ${descending ? '<' : '>'} (${put(value)}::${type}, ${put(id)}::uuid)`;
  }
  const direction = descending ? 'desc' : 'asc';
  const rows = (await on.query(
    `select ${FIELDS}, (${expression})::text as "sortValue" ${matching} ${after}
     order by ${expression} ${direction}, u.id ${direction} limit ${query.limit + 1}`,
    values,
  )) as (User & { sortValue: string })[];
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const next = rows.length > query.limit && last ? JSON.stringify([query.sort, last.sortValue, last.id]) : null;
  return { items: shown, total: count.total, nextCursor: next && Buffer.from(next).toString('base64url') };
};
