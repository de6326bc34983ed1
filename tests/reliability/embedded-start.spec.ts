import {
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import {
  copyBinaries,
  digest,
  kept,
  KEPT,
  makeDatabase,
  newDirectory,
  postmasters,
  query,
  refusal,
  shared,
  start,
  useSandbox,
} from '../support/embedded-instance.js';

/** Starting on every kind of directory, as every kind of user. Real processes, real files. */

const ROOT = process.getuid?.() === 0;
const NOBODY = 65534;

useSandbox();

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
  const once = start(damaged);
  await once.ready;
  await once.end();
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
    expect(ready.home).toMatch(new RegExp(`^${shared()}/[0-9a-f]{16}$`));
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
