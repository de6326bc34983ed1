import { randomBytes } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { appendAudit, recordChange } from '../audit/write.js';
import type { Config } from '../config.js';
import type { Clock } from '../http/clock.js';
import { hashPassword } from './passwords.js';

/** The administrator whom a first start creates where the environment names none. */
const DEFAULT_EMAIL = 'admin@throughline.local';

/** What a first start says once: who can sign in, and the password where it was generated (null where the environment gave it). */
export interface FirstAdministrator {
  email: string;
  password: string | null;
}

/**
 * Gives an empty database its settings and its first administrator. A database that has users keeps them as they are, whatever the environment
 * says: the set-up closes itself. Several processes may start at once; one of them does it.
 *
 * @returns what to print once; null where there was nothing to do
 */
export const ensureFirstRun = async (
  source: DataSource,
  config: Pick<Config, 'reporting' | 'admin'>,
  clock: Clock,
): Promise<FirstAdministrator | null> => {
  const [{ some } = { some: false }] = (await source.query('select exists (select 1 from users) as some')) as {
    some: boolean;
  }[];
  const generated = config.admin || some ? null : randomBytes(18).toString('base64url');
  const email = (config.admin?.email ?? DEFAULT_EMAIL).toLowerCase();
  // Hashed only where it is needed, and before the transaction: it takes long.
  const passwordHash = some ? null : await hashPassword(config.admin?.password ?? generated!);
  return source.transaction(async (manager) => {
    await manager.query(`select pg_advisory_xact_lock(hashtext('throughline first run'))`);
    const at = clock.now().toISOString();
    await createSettings(manager, config.reporting, at);
    const users = (await manager.query('select 1 from users limit 1')) as unknown[];
    if (passwordHash === null || users.length > 0) return null;
    await createAdministrator(manager, email, passwordHash, at);
    return { email, password: generated };
  });
};

const createSettings = async (manager: EntityManager, first: Config['reporting'], at: string): Promise<void> => {
  const inserted = (await manager.query(
    `insert into settings (reporting_currency, reporting_time_zone, fiscal_year_start_month, created_at, updated_at)
     values ($1, $2, $3, $4, $4) on conflict (id) do nothing returning id`,
    [first.currency, first.timeZone, first.fiscalYearStartMonth, at],
  )) as unknown[];
  if (inserted.length === 0) return;
  const after = {
    reportingCurrency: first.currency,
    reportingTimeZone: first.timeZone,
    fiscalYearStartMonth: first.fiscalYearStartMonth,
  };
  const entry = { at, actor: 'system', action: 'created', objectType: 'settings', objectId: null, objectCode: null };
  await recordChange(manager, { ...entry, before: null, after });
};

const createAdministrator = async (
  manager: EntityManager,
  email: string,
  passwordHash: string,
  at: string,
): Promise<void> => {
  const id = uuidv7();
  await manager.query(
    'insert into users (id, email, name, password_hash, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)',
    [id, email, 'Administrator', passwordHash, at],
  );
  await manager.query(`insert into user_roles (id, user_id, role) values ($1, $2, 'admin')`, [uuidv7(), id]);
  const grants = [{ role: 'admin', portfolioCode: null, orgUnitCode: null }];
  await appendAudit(manager, {
    at,
    actor: 'system',
    action: 'created',
    objectType: 'user',
    objectId: id,
    objectCode: email,
    before: null,
    after: { email, name: 'Administrator', grants },
  });
};
