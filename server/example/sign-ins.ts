import type { LongConnection } from '../imports/connection.js';
import { Problem } from '../http/problem.js';

/** An administrator of one's own. */
export interface OwnAdministrator {
  id: string;
  email: string;
}

/**
 * Who administers once the example's sign-ins are gone: who removes it, where that is somebody of one's own, else the first of them.
 *
 * @param removerId null where the environment removes it
 * @throws Problem 409 where nobody would be left
 */
export const administratorAfter = async (
  connection: LongConnection,
  exampleUsers: readonly string[],
  removerId: string | null,
): Promise<OwnAdministrator> => {
  const [first] = await connection.query<OwnAdministrator>(
    `select u.id, u.email from users u where u.archived_at is null and u.id <> all ($1::uuid[])
       and exists (select 1 from user_roles r where r.user_id = u.id and r.role = 'admin')
     order by u.id = $2::uuid desc nulls last, u.created_at, u.id limit 1`,
    [exampleUsers, removerId],
  );
  if (!first)
    throw new Problem(
      409,
      'conflict',
      'Without the example there would be no administrator. Make somebody of your own administrator first.',
    );
  return first;
};

/** Archives the people of the example and ends their sessions, tokens and reminders. */
export const endSignIns = async (connection: LongConnection, users: readonly string[], at: string): Promise<void> => {
  await connection.query(
    'update users set version = version + 1, updated_at = $2, archived_at = $2 where id = any ($1::uuid[]) and archived_at is null',
    [users, at],
  );
  await connection.query('delete from sessions where user_id = any ($1::uuid[])', [users]);
  await connection.query(
    'update api_tokens set revoked_at = $2 where user_id = any ($1::uuid[]) and revoked_at is null',
    [users, at],
  );
  await connection.query(
    `update reminder_settings set digest = 'off', feed_hash = null, feed_made_at = null where user_id = any ($1::uuid[])`,
    [users],
  );
};

/**
 * Takes away the roles of other people in portfolios and units that go.
 *
 * @returns whose
 */
export const endRoles = async (
  connection: LongConnection,
  exampleUsers: readonly string[],
  at: string,
): Promise<string[]> => {
  const rows = await connection.query<{ email: string }>(
    `with gone as (
       delete from user_roles where user_id <> all ($1::uuid[]) and (
         portfolio_id in (select record_id from going where table_name = 'portfolios')
         or org_unit_id in (select record_id from going where table_name = 'org_units'))
       returning user_id)
     update users set version = version + 1, updated_at = $2 where id in (select user_id from gone) returning email`,
    [exampleUsers, at],
  );
  return rows.map(({ email }) => email).sort();
};

/** Gives an administrator a new password; all sessions with the former one end, but not the one that is asking. */
export const givePassword = async (
  connection: LongConnection,
  userId: string,
  given: { hash: string; at: string; asking: string | null },
): Promise<void> => {
  await connection.query('update users set version = version + 1, updated_at = $2, password_hash = $3 where id = $1', [
    userId,
    given.at,
    given.hash,
  ]);
  await connection.query('delete from sessions where user_id = $1 and id is distinct from $2::uuid', [
    userId,
    given.asking,
  ]);
};
