import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import {
  kept,
  KEPT,
  makeDatabase,
  newDirectory,
  postmasters,
  query,
  start,
  useSandbox,
} from '../support/embedded-instance.js';

/** Starting after every untidy end, and going on when the server dies under the product. */

useSandbox();

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
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '15\n');
  process.kill(pid, 'SIGKILL');
  expect(await child.ended).toBe(70);
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
  expect(await child.ended).toBe(0);
  expect(postmasters()).toEqual([]);
  expect(existsSync(ready.app.host)).toBe(false);
});
