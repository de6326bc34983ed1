import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { expect } from '@jest/globals';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createApp, type App } from '../../server/app.js';
import { Passwords } from '../../server/access/passwords.js';
import { ensureFirstRun } from '../../server/access/first-administrator.js';
import { readConfig, type Config } from '../../server/config.js';
import { problem } from '../../server/contract/primitives.js';
import { createDataSource } from '../../server/database/data-source.js';
import { ExampleLoading } from '../../server/example/loading.service.js';
import { RECORD_ENTITIES } from '../../server/database/columns.js';
import type { Clock } from '../../server/http/clock.js';
import { createLogger } from '../../server/http/logger.js';
import { cloneDatabase } from './clone-database.js';
import { exampleCredentials } from './example.js';

/** A clock that stands still until it is moved. */
export class TestClock implements Clock {
  constructor(private instant = new Date('2026-11-21T12:00:00.000Z')) {}
  now(): Date {
    return new Date(this.instant);
  }
  set(instant: string): void {
    this.instant = new Date(instant);
  }
  advance(milliseconds: number): void {
    this.instant = new Date(this.instant.getTime() + milliseconds);
  }
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** Parsed JSON, or undefined where the body is none. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read answers freely and check them by value
  body: any;
}

export interface UploadedFile {
  name: string;
  content: string | Uint8Array;
}

/** One person's way to the API. */
export interface Client {
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  patch(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  delete(path: string, headers?: Record<string, string>, body?: unknown): Promise<Reply>;
  upload(path: string, files: readonly UploadedFile[], headers?: Record<string, string>): Promise<Reply>;
  /** Sent with each request: the session's cookie. */
  headers: Record<string, string>;
}

/** The people of the tests: two portfolio managers and two stakeholders, so that each has somebody else's records to be kept from. */
export const PEOPLE = {
  admin: [{ role: 'admin' }],
  cio: [{ role: 'cio' }],
  'pm-dig': [{ role: 'portfolio_manager', portfolio: 'DIG' }],
  'pm-core': [{ role: 'portfolio_manager', portfolio: 'CORE' }],
  finance: [{ role: 'finance' }],
  'finance-2': [{ role: 'finance' }],
  'stakeholder-bu1': [{ role: 'stakeholder', unit: 'BU1' }],
  'stakeholder-bu2': [{ role: 'stakeholder', unit: 'BU2' }],
  nobody: [],
} as const satisfies Record<string, readonly { role: string; portfolio?: string; unit?: string }[]>;
export type Person = keyof typeof PEOPLE | 'anonymous';

export const PASSWORD = 'correct horse battery staple';
export const emailOf = (person: string): string => `${person}@tests.example`;

export interface Api {
  origin: string;
  app: App;
  source: DataSource;
  clock: TestClock;
  config: Config;
  as(person: Person): Client;
  /** The cookie of a person's session. */
  cookieOf(person: Person): Promise<string>;
  /** With whatever credentials the headers hold. */
  client(headers: Record<string, string>): Client;
  /** SQL as the superuser: what no rule of the product stands in the way of. */
  sql<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** One line a table: count and a digest of all rows, without what changes by looking (sessions, attempts). */
  digest(): Promise<Record<string, string>>;
  databaseUrl: string;
  stop(): Promise<void>;
}

export interface ApiOptions {
  /** Without portfolios, units and people but the administrator: the product as it is first started. */
  bare?: boolean;
  /** With the example enterprise and its people instead of the tests'; `support/example.ts` says who stands for whom. */
  example?: boolean;
  env?: Record<string, string>;
  /** Set for tests that read the log. */
  logLevel?: string;
}

/** The API over a database of its own, listening on a free port of the loopback. */
export const startApi = async (options: ApiOptions = {}): Promise<Api> => {
  const database = await cloneDatabase();
  const clock = new TestClock();
  const config = readConfig({
    DATABASE_URL: database.appUrl,
    ADMIN_EMAIL: emailOf('admin'),
    ADMIN_PASSWORD: PASSWORD,
    EXAMPLE_DATA: 'off',
    ...options.env,
  });
  const logger = createLogger(options.logLevel ?? 'silent');
  const source = createDataSource({ url: database.appUrl }, [...RECORD_ENTITIES], 'serving');
  // Two seconds are enough for people, and the product keeps to them; beside other tests a page of twenty questions may wait longer.
  source.setOptions({ extra: { ...(source.options as { extra?: object }).extra, connectionTimeoutMillis: 15_000 } });
  await source.initialize();
  await ensureFirstRun(source, config, clock);
  const superuser = new pg.Pool({ connectionString: database.superuserUrl, max: 4 });
  superuser.on('error', () => undefined);
  const sql = async <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
    (await superuser.query(text, [...values])).rows as Row[];
  if (!options.bare && !options.example) await addPeople(sql);
  const app = await createApp({ config, source, clock, logger }, resolve('dist/client'));
  if (options.example) expect(await app.nest.get(ExampleLoading).load()).toBeNull();
  await new Promise<void>((done) => app.server.listen(0, '127.0.0.1', done));
  const address = app.server.address() as { port: number };
  const origin = `http://127.0.0.1:${address.port}`;
  const cookies = new Map<Person, Promise<string>>();
  const client = (headers: Record<string, string> | (() => Promise<Record<string, string>>)): Client =>
    clientOf(origin, headers);
  const cookieOf = (person: Person): Promise<string> => {
    if (!cookies.has(person)) cookies.set(person, signIn(origin, person, options.example));
    return cookies.get(person)!;
  };
  return {
    origin,
    app,
    source,
    clock,
    config,
    sql,
    databaseUrl: database.superuserUrl,
    client,
    cookieOf,
    as: (person) =>
      client(async (): Promise<Record<string, string>> =>
        person === 'anonymous' ? {} : { cookie: await cookieOf(person) },
      ),
    digest: () => digestOf(sql),
    stop: async () => {
      app.server.closeAllConnections();
      await app.nest.close();
      await new Promise<void>((done) => app.server.close(() => done()));
      if (source.isInitialized) await source.destroy();
      await superuser.end();
      await database.drop();
    },
  };
};

const addPeople = async (sql: Api['sql']): Promise<void> => {
  await sql(`insert into portfolios (code, name) values ('DIG', 'Digital'), ('CORE', 'Core systems')`);
  await sql(`insert into org_units (code, name) values ('ENT', 'Enterprise')`);
  await sql(
    `insert into org_units (code, name, parent_id) select code, 'Unit ' || code, (select id from org_units where code = 'ENT')
     from unnest(array['BU1', 'BU2', 'BU3', 'BU4']) code`,
  );
  const passwordHash = await new Passwords().hash(PASSWORD);
  for (const [person, grants] of Object.entries(PEOPLE)) {
    if (person === 'admin') continue;
    const [user] = await sql<{ id: string }>(
      'insert into users (email, name, password_hash) values ($1, $2, $3) returning id',
      [emailOf(person), person, passwordHash],
    );
    for (const grant of grants as readonly { role: string; portfolio?: string; unit?: string }[])
      await sql(
        `insert into user_roles (user_id, role, portfolio_id, org_unit_id)
         values ($1, $2, (select id from portfolios where code = $3), (select id from org_units where code = $4))`,
        [user!.id, grant.role, grant.portfolio ?? null, grant.unit ?? null],
      );
  }
};

const signIn = async (origin: string, person: Person, example = false): Promise<string> => {
  const isOwn = !example || person === 'admin';
  const credentials = isOwn ? { email: emailOf(person), password: PASSWORD } : exampleCredentials(person);
  const reply = await fetch(`${origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  if (!reply.ok) throw new Error(`${person} could not sign in: ${reply.status} ${await reply.text()}`);
  return reply.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0]!)
    .join('; ');
};

const clientOf = (origin: string, given: Record<string, string> | (() => Promise<Record<string, string>>)): Client => {
  const send = async (
    method: string,
    path: string,
    body: BodyInit | undefined,
    headers: Record<string, string>,
  ): Promise<Reply> => {
    const own = typeof given === 'function' ? await given() : given;
    const reply = await fetch(origin + address(path), {
      method,
      headers: { ...own, ...headers },
      body: body ?? null,
      redirect: 'manual',
    });
    const text = await reply.text();
    const isJson = (reply.headers.get('content-type') ?? '').includes('json');
    return {
      status: reply.status,
      headers: reply.headers,
      text,
      body: isJson && text !== '' ? JSON.parse(text) : undefined,
    };
  };
  const json = (body: unknown): BodyInit | undefined =>
    body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const sendJson =
    (method: string) =>
    (path: string, body?: unknown, headers: Record<string, string> = {}) =>
      send(method, path, json(body), body === undefined ? headers : { 'content-type': 'application/json', ...headers });
  return {
    headers: typeof given === 'function' ? {} : given,
    get: (path, headers = {}) => send('GET', path, undefined, headers),
    delete: (path, headers, body) => sendJson('DELETE')(path, body, headers),
    post: sendJson('POST'),
    patch: sendJson('PATCH'),
    put: sendJson('PUT'),
    upload: (path, files, headers = {}) => {
      const form = new FormData();
      for (const file of files) form.append('file', new Blob([file.content as BlobPart]), file.name);
      return send('POST', path, form, headers);
    },
  };
};

/** Paths of the API are written without their prefix. */
const address = (path: string): string => (/^\/(api|health|prometheus)/.test(path) ? path : `/api/v1${path}`);

/** Tables that change when somebody merely looks or tries. */
const RESTLESS = ['sessions', 'sign_in_attempts', 'api_tokens', 'idempotency_keys', 'imports'];

/** A try of an import leaves its report, and with that the rows that it would reject. */
const ROWS_OF: Readonly<Record<string, string>> = {
  import_rejects: '(select r.* from import_rejects r join imports i on i.id = r.import_id where not i.dry_run)',
};

const digestOf = async (sql: Api['sql']): Promise<Record<string, string>> => {
  const tables = await sql<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const digest: Record<string, string> = {};
  for (const { name } of tables) {
    if (RESTLESS.includes(name)) continue;
    const [row] = await sql<{ line: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '-') as line from ${ROWS_OF[name] ?? name} t`,
    );
    digest[name] = row!.line;
  }
  return digest;
};

/** Nothing is stored differently after `task`: tables and the head of the audit chain are as before. */
export const expectNoChange = async <T>(api: Api, task: () => Promise<T>): Promise<T> => {
  const before = await api.digest();
  const result = await task();
  expect(await api.digest()).toEqual(before);
  return result;
};

const LEAKS = /\bat \/|\bSELECT\b|postgres:|node_modules|tl_[A-Za-z0-9_-]{20}/;

/** A refusal as the contract wants it: status, type, shape, and nothing of our insides. */
export const expectProblem = (reply: Reply, status: number, type: string): void => {
  expect({ status: reply.status, type: reply.body?.type, text: reply.status === status ? '' : reply.text }).toEqual({
    status,
    type: `urn:problem:${type}`,
    text: '',
  });
  expect(reply.headers.get('content-type')).toContain('application/problem+json');
  const parsed = problem.safeParse(reply.body);
  expect(parsed.error).toBeUndefined();
  expect(reply.text).not.toMatch(LEAKS);
};

/** SHA-256 as hex. */
export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
