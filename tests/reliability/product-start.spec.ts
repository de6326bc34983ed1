import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { cloneDatabase } from '../support/clone-database.js';
import { startProduct, type Product } from '../support/product.js';

const folders: string[] = [];
const running: Product[] = [];
const folder = (): string => {
  folders.push(mkdtempSync(join(tmpdir(), 'product start ')));
  return folders.at(-1)!;
};
const start = async (env: Record<string, string>): Promise<Product> => {
  const product = await startProduct(env);
  running.push(product);
  return product;
};
afterEach(async () => {
  for (const product of running.splice(0)) {
    product.process.kill('SIGTERM');
    await product.ended;
  }
});
afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));

/** Waits for a sentence that is printed after the address. */
const said = async (product: Product, sentence: string): Promise<void> => {
  for (let waited = 0; waited < 5_000 && !product.output().includes(sentence); waited += 50)
    await new Promise((done) => setTimeout(done, 50));
  expect(product.output()).toContain(sentence);
};

const refused = (env: Record<string, string>): Promise<string> =>
  startProduct(env).then(
    () => 'it started',
    (error: Error) => error.message,
  );

test('the first start says where it is and how to sign in; a later one keeps what was stored and says the password no more', async () => {
  const DATA_DIR = join(folder(), 'a path with spaces');
  const first = await start({ DATA_DIR, ADMIN_EMAIL: '', ADMIN_PASSWORD: '' });
  await new Promise((done) => setTimeout(done, 200));
  const password = /with the password (\S+)/.exec(first.output())?.[1];
  const email = /Sign in as (\S+)/.exec(first.output())?.[1];
  const signIn = (origin: string): Promise<Response> =>
    fetch(`${origin}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
  const reply = await signIn(first.origin);
  expect(reply.status).toBe(200);
  const headers = { cookie: reply.headers.getSetCookie()[0]!.split(';')[0]!, 'content-type': 'application/json' };
  const made = await fetch(`${first.origin}/api/v1/priorities`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ code: 'P', name: 'Kept' }),
  });
  expect(made.status).toBe(201);
  first.process.kill('SIGINT');
  expect(await first.ended).toBe(0);
  const second = await start({ DATA_DIR, ADMIN_EMAIL: '', ADMIN_PASSWORD: '' });
  expect((await signIn(second.origin)).status).toBe(200);
  expect((await fetch(`${second.origin}/api/v1/priorities/P`, { headers })).status).toBe(200);
  expect(second.output()).not.toContain('password');
});

test('a second start on the same data is refused with 75 and a sentence, and the first goes on', async () => {
  const DATA_DIR = folder();
  const first = await start({ DATA_DIR });
  expect(await refused({ DATA_DIR })).toMatch(/another|already|uses/i);
  expect((await fetch(`${first.origin}/health/ready`)).status).toBe(200);
});

test('a port that is taken is named, and the data directory is free again afterwards', async () => {
  const DATA_DIR = folder();
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  try {
    const { port } = other.address() as { port: number };
    expect(await refused({ DATA_DIR, PORT: String(port) })).toContain(`Port ${port} of 127.0.0.1 is taken`);
  } finally {
    other.close();
  }
  expect((await fetch(`${(await start({ DATA_DIR })).origin}/health/ready`)).status).toBe(200);
});

test('bad settings stop the start, each by its name', async () => {
  const message = await refused({
    DATA_DIR: folder(),
    PORT: 'x',
    FISCAL_YEAR_START_MONTH: '13',
    REPORTING_CURRENCY: 'EURO',
  });
  for (const name of ['PORT', 'FISCAL_YEAR_START_MONTH', 'REPORTING_CURRENCY']) expect(message).toContain(name);
});

test('kill -9 and a new start need no hands', async () => {
  const DATA_DIR = folder();
  const first = await startProduct({ DATA_DIR });
  first.process.kill('SIGKILL');
  await first.ended;
  expect((await fetch(`${(await start({ DATA_DIR })).origin}/health/ready`)).status).toBe(200);
});

test('requests under way are answered when the product is told to stop', async () => {
  const product = await start({ DATA_DIR: folder() });
  const headers = { ...(await product.signIn()), 'content-type': 'application/json', connection: 'close' };
  // The body of each is held back: when the signal comes, all 20 are certainly under way.
  const bodies = Array.from({ length: 20 }, (_one, i) => JSON.stringify({ code: `P${i}`, name: 'Under way' }));
  const requests = bodies.map((body) => {
    const outgoing = request(`${product.origin}/api/v1/priorities`, {
      method: 'POST',
      headers: { ...headers, 'content-length': body.length },
    });
    const status = new Promise<number>((done, fail) =>
      outgoing.on('response', (reply) => done(reply.resume().statusCode!)).on('error', fail),
    );
    outgoing.flushHeaders();
    outgoing.write(body.slice(0, 5));
    return { status, finish: () => outgoing.end(body.slice(5)) };
  });
  await new Promise((done) => setTimeout(done, 500));
  product.process.kill('SIGTERM');
  await new Promise((done) => setTimeout(done, 300));
  for (const { finish } of requests) finish();
  expect(await Promise.all(requests.map(({ status }) => status))).toEqual(bodies.map(() => 201));
  expect(await product.ended).toBe(0);
});

test('the first start loads the example, a later one does not load it again, EXAMPLE_DATA=off removes it for good', async () => {
  const DATA_DIR = folder();
  const stop = async (product: Product): Promise<void> => {
    product.process.kill('SIGTERM');
    expect(await product.ended).toBe(0);
  };
  const isLoaded = async (product: Product): Promise<boolean> =>
    ((await (await fetch(`${product.origin}/api/v1/example`)).json()) as { isLoaded: boolean }).isLoaded;
  const imports = async (product: Product): Promise<string[]> => {
    const headers = await product.signIn();
    const reply = await fetch(`${product.origin}/api/v1/imports`, { headers });
    return ((await reply.json()) as { items: { status: string }[] }).items.map(({ status }) => status);
  };
  const first = await start({ DATA_DIR, EXAMPLE_DATA: '' });
  await said(first, 'The example enterprise is loaded');
  expect(await isLoaded(first)).toBe(true);
  await stop(first);
  const second = await start({ DATA_DIR, EXAMPLE_DATA: '' });
  expect([await isLoaded(second), await imports(second)]).toEqual([true, ['committed']]);
  await stop(second);
  const third = await start({ DATA_DIR, EXAMPLE_DATA: 'off' });
  await said(third, 'The example enterprise was removed');
  expect([await isLoaded(third), await imports(third)]).toEqual([false, ['reverted']]);
  await stop(third);
  const fourth = await start({ DATA_DIR, EXAMPLE_DATA: 'on' });
  await said(fourth, 'The example enterprise was not loaded, because it was loaded before.');
  expect(await isLoaded(fourth)).toBe(false);
});

test('the example is not loaded where others can reach the address, unless it is asked for', async () => {
  const DATA_DIR = folder();
  const PUBLIC_URL = 'https://throughline.example';
  const first = await start({ DATA_DIR, EXAMPLE_DATA: '', PUBLIC_URL });
  await said(first, 'The example enterprise was not loaded, because its sign-ins have passwords that everybody knows');
  first.process.kill('SIGTERM');
  await first.ended;
  const second = await start({ DATA_DIR, EXAMPLE_DATA: 'on', PUBLIC_URL });
  await said(second, 'Take care: its sign-ins have passwords that everybody knows');
});

test('kill -9 while the example is being loaded leaves nothing of it, and the next start loads it', async () => {
  const database = await cloneDatabase();
  const superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
  const count = async (what: string): Promise<number> =>
    Number((await superuser.query<{ count: string }>(`select count(*) from ${what}`)).rows[0]!.count);
  const env = { DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl, EXAMPLE_DATA: 'on' };
  const isWriting = `pg_stat_activity where datname = current_database() and application_name = 'throughline import' and backend_xid is not null`;
  const killed = startProduct(env, 60_000, async (child) => {
    while (child.exitCode === null && (await count(isWriting)) === 0) await new Promise((done) => setTimeout(done, 2));
    child.kill('SIGKILL');
  });
  await expect(killed).rejects.toThrow('ended before it was ready');
  expect([await count('investments'), await count('example'), await count('users')]).toEqual([0, 0, 1]);
  expect(await count('imports')).toBe(1);
  const next = await start(env);
  await said(next, 'The example enterprise is loaded');
  expect(await count(`imports where status = 'committed'`)).toBe(1);
  expect([await count('example'), await count('users')]).toEqual([1, 6]);
  next.process.kill('SIGTERM');
  await next.ended;
  await superuser.end();
  await database.drop();
});

test('an external PostgreSQL with an owner and a role of its own serves the same', async () => {
  const superuser = new pg.Client({ connectionString: process.env['TEST_SUPERUSER_URL']! });
  await superuser.connect();
  const role = (url: string): string => decodeURIComponent(new URL(url).username);
  await superuser.query('drop database if exists external_product with (force)');
  await superuser.query(
    `create database external_product owner ${role(process.env['TEST_OWNER_URL']!)} template template0`,
  );
  const at = (url: string): string => {
    const changed = new URL(url);
    changed.pathname = '/external_product';
    return changed.toString();
  };
  const product = await start({
    DATABASE_URL: at(process.env['TEST_APP_URL']!),
    DATABASE_OWNER_URL: at(process.env['TEST_OWNER_URL']!),
  });
  const headers = await product.signIn();
  expect((await fetch(`${product.origin}/api/v1/session`, { headers })).status).toBe(200);
  product.process.kill('SIGTERM');
  expect(await product.ended).toBe(0);
  await superuser.query('drop database external_product with (force)');
  await superuser.end();
});
