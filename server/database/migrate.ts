import pg from 'pg';
import { clientConfig, createDataSource, type DatabaseAddress } from './data-source.js';

/** Any number, the same in every process that migrates. */
const MIGRATION_LOCK = 7_203_551;

/**
 * Brings the schema up to the newest migration and gives the API's role its rights.
 * TypeORM itself takes no lock, so two processes that start together would both migrate: an advisory lock on a connection of its own
 * lets one do it and the other find it done.
 *
 * @param owner the role that owns the tables
 * @param appRole name of the role that serves requests; null when it is the owner itself
 * @returns the names of the migrations that ran
 */
export const migrate = async (owner: DatabaseAddress, appRole: string | null): Promise<string[]> => {
  const lock = new pg.Client({ ...clientConfig(owner), application_name: 'throughline migration lock' });
  lock.on('error', () => undefined); // the query below rejects; an event without a listener would end the process
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const source = createDataSource(owner, [], 'migrating');
    await source.initialize();
    try {
      const ran = await source.runMigrations({ transaction: 'each' });
      if (appRole !== null) await grantToApp(lock, appRole);
      return ran.map((migration) => migration.name);
    } finally {
      await source.destroy();
    }
  } finally {
    await lock.end();
  }
};

/** Tables from which the API may delete: what expires or was never used. Records are archived, never deleted. */
const EXPIRING = [
  'sessions',
  'sign_in_attempts',
  'idempotency_keys',
  'user_roles',
  'import_rejects',
  'import_sources',
  'import_source_parts',
  'survey_rounds',
  'survey_invitations',
  'survey_tokens',
  'reviews',
];
/** Tables that the API only reads; the audit chain and trees of quarters grow through functions of the owner's. */
const READ_ONLY = ['audit_events', 'audit_head', 'migrations', 'survey_trees_before', 'survey_tellings'];
/** Tables that the API does not even read; functions of the owner's use them for it. */
const HIDDEN = ['survey_secrets'];
/** Tables that are written once. */
const APPEND_ONLY = ['benefit_value_revisions', 'confirmations', 'import_changes', 'survey_trees', 'review_records'];
/** Functions that run with the owner's rights. */
const OWNERS = [
  'append_audit_event(text)',
  'respondent_key(uuid, text)',
  'respondent_token(text)',
  'settle_survey(uuid)',
  'keep_survey_trees_of(text[])',
];

const grantToApp = async (owner: pg.Client, appRole: string): Promise<void> => {
  const role = pg.escapeIdentifier(appRole);
  await owner.query('begin');
  await owner.query(`grant usage on schema public to ${role}`);
  await owner.query(`grant select, insert, update on all tables in schema public to ${role}`);
  await owner.query(`grant usage on all sequences in schema public to ${role}`);
  await owner.query(`grant execute on all functions in schema public to ${role}`);
  await owner.query(`grant delete on ${EXPIRING.join(', ')} to ${role}`);
  await owner.query(`revoke insert, update on ${READ_ONLY.join(', ')} from ${role}`);
  await owner.query(`revoke update on ${APPEND_ONLY.join(', ')} from ${role}`);
  await owner.query(`revoke all on ${HIDDEN.join(', ')} from ${role}`);
  await owner.query(`revoke execute on function ${OWNERS.join(', ')} from public`);
  await owner.query('commit');
};
