import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import pg from 'pg';
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
