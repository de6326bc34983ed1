import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { build } from '../../scripts/building.mjs';

/**
 * One PostgreSQL for the whole run, and one migrated template in it that the test files clone.
 * Left in the environment: TEST_SUPERUSER_URL (makes and drops databases), TEST_OWNER_URL, TEST_APP_URL (put another
 * database's name in), TEST_TEMPLATE (name of the template), TEST_RUN (folder of the run), TEST_RUN_PID, TMPDIR.
 *
 * Plain JavaScript over `dist`: Jest does not transform a global setup as it does the tests.
 */

const dist = fileURLToPath(new URL('../../dist/server/database/', import.meta.url));
const TEMPLATE = 'throughline_template';
/** Nothing in a test database has to survive a power cut. */
const FAST = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '100' };

export default async function globalSetup() {
  // The hosted servers run what is built: a test may never look at the code of yesterday.
  await build({ names: ['server'] });
  const temporary = ownTemporaryDirectory();
  // Also for the browser, which unpacks itself there with access for its user only, and finds itself again next time.
  process.env.TMPDIR = temporary;
  removeLeftRuns(temporary);
  const run = mkdtempSync(join(temporary, `run-${process.pid}-`));
  chmodSync(run, 0o755);

  const { startEmbeddedPostgres } = await import(join(dist, 'embedded-postgres.js'));
  const log = (message) => process.env.DEBUG && process.stderr.write(`${message}\n`);
  const database = await startEmbeddedPostgres({ dataDir: join(run, 'data'), settings: FAST, log });
  globalThis.__throughlineTests = { database, run };

  const password = readFileSync(join(database.home, 'secrets', 'superuser'), 'utf8').trim();
  process.env.TEST_SUPERUSER_URL = urlOf({ ...database.owner, user: 'postgres', password, database: 'postgres' });
  process.env.TEST_OWNER_URL = database.ownerUrl;
  process.env.TEST_APP_URL = database.appUrl;
  process.env.TEST_TEMPLATE = TEMPLATE;
  process.env.TEST_RUN = run;
  process.env.TEST_RUN_PID = String(process.pid);
  await makeTemplate(database);
}

async function makeTemplate(database) {
  const superuser = new pg.Client({ connectionString: process.env.TEST_SUPERUSER_URL });
  await superuser.connect();
  try {
    await superuser.query(`create database ${TEMPLATE} owner ${database.owner.user} template template0`);
    const { migrate } = await import(join(dist, 'migrate.js'));
    await migrate({ ...database.owner, database: TEMPLATE }, database.app.user);
    // Nobody may change what all clone, and an open session would forbid cloning.
    await superuser.query(`alter database ${TEMPLATE} with is_template true allow_connections false`);
  } finally {
    await superuser.end();
  }
}

const urlOf = ({ host, user, password, database }) =>
  `postgres://${user}:${encodeURIComponent(password)}@localhost/${database}?host=${encodeURIComponent(host)}`;

/** One a user, because another user's could not be entered; checked, because everyone may make names in /tmp. */
function ownTemporaryDirectory() {
  const { uid } = userInfo();
  const path = join(realpathSync(tmpdir()), `throughline-tests-${uid}`);
  mkdirSync(path, { recursive: true, mode: 0o755 });
  const stat = lstatSync(path);
  if (!stat.isDirectory() || (uid >= 0 && stat.uid !== uid) || (stat.mode & 0o022) !== 0) {
    throw new Error(`${path} belongs to somebody else: remove it, or set TMPDIR.`);
  }
  return path;
}

/** A run that was killed leaves its server and its files behind; the name of the directory says whose they are. */
function removeLeftRuns(temporary) {
  for (const name of readdirSync(temporary)) {
    const owner = Number(/^run-(\d+)-/.exec(name)?.[1]);
    if (!owner || isAlive(owner)) continue;
    const run = join(temporary, name);
    try {
      const pid = Number(readFileSync(join(run, 'data', 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(run)) process.kill(pid, 'SIGQUIT');
    } catch {
      // It ended by itself.
    }
    rmSync(run, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
