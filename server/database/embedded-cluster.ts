import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { EXIT, StartError } from '../start-error.js';
import type { Binaries } from './embedded-binaries.js';
import { give, type DatabaseHome } from './embedded-directory.js';
import { allProcesses } from './processes.js';

export const DATABASE = 'throughline';
/** Owns the database and migrates it. */
export const OWNER_ROLE = 'throughline_owner';
/** Serves the API; owns nothing. */
export const APP_ROLE = 'throughline_app';
/** Made by `initdb`; used only to set up and to recognise a server, never by the product. */
export const SUPERUSER = 'postgres';

const DRAFT = 'postgres.new-';

export interface Secrets {
  readonly superuser: string;
  readonly owner: string;
  readonly app: string;
}

/**
 * The passwords of the three roles from `secrets/` (files 0600 in a directory 0700), generated when missing.
 *
 * @throws StartError when a cluster exists but its superuser's password does not
 */
export function readSecrets(home: string, cluster: 'new' | 'present'): Secrets {
  const folder = join(home, 'secrets');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (cluster === 'present' && !existsSync(join(folder, 'superuser'))) {
    const message = `The database in ${join(home, 'postgres')} exists but its password file ${join(folder, 'superuser')} is gone: put it back.`;
    throw new StartError(message, EXIT.FOREIGN_DATA);
  }
  const secret = (name: string): string => {
    const path = join(folder, name);
    if (!existsSync(path)) {
      // Renamed into place: a crash never leaves an empty password.
      const draft = `${path}.${randomBytes(6).toString('hex')}`;
      writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600 });
      renameSync(draft, path);
    }
    return readFileSync(path, 'utf8').trim();
  };
  return { superuser: secret('superuser'), owner: secret('owner'), app: secret('app') };
}

/**
 * Initialises the cluster beside its place and renames it there when complete. So a directory `postgres.new-…` is
 * proof of a start that was cut off, and is removed by `removeHalfMade`; `postgres` itself is never initialised over.
 *
 * @param closed a directory that only PostgreSQL's user can enter, for the moment's password file
 */
export async function createCluster(
  place: DatabaseHome,
  options: { binaries: Binaries; password: string; closed: string; durable: boolean },
): Promise<void> {
  const { home, data, runAs } = place;
  const draft = mkdtempSync(join(home, DRAFT));
  give(draft, runAs);
  const passwordFile = join(options.closed, 'password');
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, options.password, { mode: 0o600, flag: 'wx' });
  give(passwordFile, runAs);
  const args = [`--pgdata=${draft}`, `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  // The built-in locale is the same on every system and does not change with a library update, as ICU's or libc's does.
  args.push('--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C');
  args.push('--no-instructions', ...(options.durable ? [] : ['--no-sync']));
  try {
    await run(options.binaries.initdb, args, place);
    renameSync(draft, data);
    syncDirectory(home);
  } catch (cause) {
    rmSync(draft, { recursive: true, force: true });
    const message = `PostgreSQL could not set up a database in ${home}: ${(cause as Error).message}`;
    throw new StartError(message, EXIT.DATABASE_FAILS, { cause });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Clears away what killed first starts left, with the `initdb` that may still be writing there. For every start. */
export function removeHalfMade(home: string): void {
  for (const name of readdirSync(home).filter((entry) => entry.startsWith(DRAFT))) {
    const draft = join(home, name);
    for (const { pid, command } of allProcesses()) {
      if (command.some((word) => word.includes(`--pgdata=${draft}`))) process.kill(pid, 'SIGKILL');
    }
    try {
      rmSync(draft, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    } catch {
      // Its last process still writes. Not in the way; the next start removes the rest.
    }
  }
}

function run(file: string, args: string[], { runAs }: DatabaseHome): Promise<void> {
  const user = runAs && { uid: runAs.uid, gid: runAs.gid };
  return new Promise((resolve, reject) => {
    execFile(file, args, { ...user, cwd: '/', env: { LC_ALL: 'C' } }, (error, _out, errors) => {
      if (!error) return resolve();
      const line = errors.split('\n').find((text) => /error|fatal/i.test(text)) ?? error.message;
      reject(new Error(line.replace(/^initdb: /, '').trim()));
    });
  });
}

function syncDirectory(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Roles, database and grants, made where missing; passwords are set each time, so that the files always hold true.
 *
 * @returns whether the database was made now
 */
export async function setUpRoles(superuser: pg.Client, secrets: Secrets): Promise<boolean> {
  // The statements below hold passwords; the server's log must not.
  await superuser.query(`set log_min_error_statement = panic; set log_min_duration_statement = -1`);
  const exists = async (sql: string, name: string): Promise<boolean> =>
    (await superuser.query(sql, [name])).rowCount === 1;
  for (const [role, password] of [
    [OWNER_ROLE, secrets.owner],
    [APP_ROLE, secrets.app],
  ] as const) {
    const verb = (await exists('select from pg_roles where rolname = $1', role)) ? 'alter' : 'create';
    const rights = 'login nosuperuser nocreatedb nocreaterole noreplication nobypassrls';
    await superuser.query(`${verb} role ${role} with ${rights} password ${superuser.escapeLiteral(password)}`);
  }
  if (await exists('select from pg_database where datname = $1', DATABASE)) return false;
  await superuser.query(`create database ${DATABASE} owner ${OWNER_ROLE} template template0`);
  await superuser.query(`revoke all on database ${DATABASE}, postgres, template1 from public`);
  await superuser.query(`grant connect, temporary on database ${DATABASE} to ${APP_ROLE}`);
  return true;
}
