import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, readSync, renameSync, statSync, truncateSync, copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { EXIT, StartError } from '../start-error.js';
import type { DatabaseHome } from './embedded-directory.js';
import { allProcesses, commandOf, goneWithin, hasEnded, lifeOf } from './processes.js';

/** A running server process. */
export interface Postmaster {
  readonly pid: number;
  /** Where its Unix socket lies. */
  readonly socketDirectory: string;
  /** Resolves when the process is gone. */
  readonly exited: Promise<void>;
}

/** Options for `pg`; `host` is the directory of the socket. */
export interface DatabaseConnection {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
}

/** Names the socket file only: nothing listens on TCP. */
export const PORT = 5432;
/** Recovery after a crash replays at most `max_wal_size`; five minutes is far beyond that on slow disks. */
const READY_MS = 300_000;
const LOG_BYTES = 10 * 1024 * 1024;

/** What runs on a data directory: a server, or (`ending`) only sessions of a server that is gone. */
export interface Running {
  readonly pid: number;
  readonly socketDirectory: string | null;
  readonly ending: boolean;
}

/**
 * What a killed process of ours left running on `data`. When nothing runs, a pid file that would block the start
 * is moved aside.
 *
 * @throws StartError when it cannot be known whether a server runs: two on one directory would destroy it
 */
export function findRunning(data: string, log: (message: string) => void): Running | null {
  const path = join(data, 'postmaster.pid');
  const lines = readPidFile(path);
  const named = Number(lines?.[0]?.trim());
  const processes = allProcesses();
  const servers = processes.filter((process) => isServerOf(data, process));
  // A server that is just dividing shows twice; the file names the parent.
  const server = servers.find(({ pid }) => pid === named) ?? servers[0];
  if (server) {
    const socketDirectory = (server.pid === named && lines?.[4]?.trim()) || null;
    return { pid: server.pid, socketDirectory, ending: false };
  }
  const session = processes.find((process) => isSessionOf(data, process));
  if (session) return { pid: session.pid, socketDirectory: null, ending: true };
  if (lines === null) return null;
  if (Number.isInteger(named) && named > 0) {
    // PostgreSQL clears the file of a process that is gone itself, and looks for what may be left of it.
    if (lifeOf(named) === 'gone') return null;
    if (commandOf(named) === null) {
      const message = `The file ${path} names process ${named}, which cannot be examined: make sure that no PostgreSQL runs on this directory, then remove the file.`;
      throw new StartError(message, EXIT.ALREADY_RUNNING);
    }
  }
  const aside = `${path}.stale-${Date.now()}`;
  renameSync(path, aside);
  log(`The file ${path} names no PostgreSQL that runs here (left by a crash); moved to ${basename(aside)}`);
  return null;
}

function readPidFile(path: string): string[] | null {
  try {
    return readFileSync(path, 'latin1').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** We always start the server with `-D <real path>`, and it works in that directory. */
function isServerOf(data: string, { pid, command }: { pid: number; command: string[] }): boolean {
  const [file = '', ...rest] = command;
  if (process.platform !== 'linux') return file.includes('postgres') && file.includes(`-D ${data} `);
  if (basename(file) !== 'postgres' || rest[rest.indexOf('-D') + 1] !== data || hasEnded(pid)) return false;
  // The same path can name another directory inside a container.
  return worksIn(data, pid) ?? true;
}

/** Sessions carry a title instead of arguments. After their server was killed they live until they notice. */
function isSessionOf(data: string, { pid, command }: { pid: number; command: string[] }): boolean {
  return (command[0]?.startsWith('postgres: ') ?? false) && worksIn(data, pid) === true && !hasEnded(pid);
}

/** `null` when it cannot be seen. */
function worksIn(data: string, pid: number): boolean | null {
  try {
    const [theirs, ours] = [statSync(`/proc/${pid}/cwd`), statSync(data)];
    return theirs.ino === ours.ino && theirs.dev === ours.dev;
  } catch {
    return null;
  }
}

/**
 * Starts the server in a process group of its own, so that Ctrl-C in a terminal reaches only us: the database must
 * outlive the requests that are being finished.
 */
export function spawnPostmaster(
  { home, data, runAs }: DatabaseHome,
  options: { postgres: string; socketDirectory: string; settings: Readonly<Record<string, string>> },
): Postmaster {
  const log = openSync(join(home, 'postgres.log'), 'a', 0o600);
  const settings = { ...SETTINGS, unix_socket_directories: options.socketDirectory, ...options.settings };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const user = runAs && { uid: runAs.uid, gid: runAs.gid };
  try {
    const child = spawn(options.postgres, ['-D', data, ...args], {
      ...user,
      cwd: data,
      detached: true,
      stdio: ['ignore', log, log],
      env: { LC_ALL: 'C', TZ: 'UTC' },
    });
    child.unref();
    const exited = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
    return { pid: child.pid ?? 0, socketDirectory: options.socketDirectory, exited };
  } finally {
    closeSync(log);
  }
}

/** Modest, for two cores shared with the API. What protects data (fsync, full_page_writes, synchronous_commit) stays on. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  port: String(PORT),
  unix_socket_permissions: '0700',
  password_encryption: 'scram-sha-256',
  // /dev/shm is 64 MB in a container by default.
  dynamic_shared_memory_type: 'mmap',
  max_connections: '60',
  shared_buffers: '128MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '1GB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%u ',
  log_min_duration_statement: '2s',
  log_parameter_max_length: '0',
};

/** A server that is not our child: its end is seen by looking. */
export function watchForeign(pid: number, socketDirectory: string): Postmaster {
  const exited = new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (!hasEnded(pid)) return;
      clearInterval(timer);
      resolve();
    }, 250);
    timer.unref();
  });
  return { pid, socketDirectory, exited };
}

/** One attempt. `starting`: the server lives but takes no connections yet or no more; `absent`: nobody answers. */
export async function tryConnect(to: DatabaseConnection): Promise<pg.Client | 'starting' | 'absent'> {
  const client = new pg.Client({ ...to, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return client;
  } catch (cause) {
    void client.end().catch(() => undefined);
    const { code = '', message } = cause as NodeJS.ErrnoException;
    if (code === '57P03' || code === '53300') return 'starting';
    if (/^(?:28|3D)/.test(code)) {
      const text = `The database refuses the password in the directory "secrets" (${message}): put back the files that belong to it.`;
      throw new StartError(text, EXIT.FOREIGN_DATA, { cause });
    }
    return 'absent';
  }
}

/**
 * Waits until the server answers a query; a line in its log says less.
 *
 * @throws StartError with the server's own last words when it ends instead
 */
export async function waitUntilReady(postmaster: Postmaster, to: DatabaseConnection, home: string): Promise<pg.Client> {
  let gone = false;
  void postmaster.exited.then(() => (gone = true));
  const end = Date.now() + READY_MS;
  while (!gone && Date.now() < end) {
    const result = await tryConnect(to);
    if (typeof result !== 'string') return result;
    await sleep(25);
  }
  const why = gone ? lastWords(home) : `it did not answer within ${READY_MS / 60_000} minutes`;
  throw new StartError(`PostgreSQL did not start: ${why} (see ${join(home, 'postgres.log')})`, EXIT.DATABASE_FAILS);
}

/** Fast shutdown: sessions are ended, everything is written. After `patience` it is told to stop at once, and recovers at its next start. */
export async function stopPostmaster({ pid }: Postmaster, patience = 60_000): Promise<void> {
  // A server that could not be spawned has no number, and signal 0 would go to ourselves.
  if (pid <= 0) return;
  for (const [signal, wait] of [
    ['SIGINT', patience],
    ['SIGQUIT', 10_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await goneWithin(pid, wait)) return;
  }
}

/** Keeps the log below about twice its limit. The server appends, so emptying the file under it is safe. */
export function limitLog(home: string): void {
  const path = join(home, 'postgres.log');
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) < LOG_BYTES) return;
  copyFileSync(path, `${path}.1`);
  truncateSync(path, 0);
}

function lastWords(home: string): string {
  const file = openSync(join(home, 'postgres.log'), 'r');
  try {
    const { size } = statSync(join(home, 'postgres.log'));
    const tail = Buffer.alloc(Math.min(size, 8192));
    readSync(file, tail, 0, tail.length, size - tail.length);
    const lines = tail.toString('utf8').trimEnd().split('\n');
    const line = lines.findLast((text) => /(?:FATAL|PANIC): /.test(text)) ?? lines.at(-1) ?? '';
    return line.replace(/^.*?(?:FATAL|PANIC): +/, '').trim() || 'it ended without a word';
  } finally {
    closeSync(file);
  }
}
