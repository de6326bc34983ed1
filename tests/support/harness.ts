import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import pg from 'pg';
import { problem } from '../../server/contract/primitives.js';
import '../../server/database/value-types.js';
import { clientOf, type Client, type Reply, type UploadedFile } from './client.js';
import { cloneDatabase, type ClonedDatabase } from './clone-database.js';
import { exampleCredentials } from './example.js';
import { askHost } from './host.js';
import { GOLDEN_TABLES, loadTables } from './load-tables.js';
import { templateOf } from './templates.js';
import { TestClock } from './test-clock.js';

export type { Client, Reply, UploadedFile };

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
  clock: TestClock;
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
  /** With the tests' people and the golden tables. */
  golden?: boolean;
  env?: Record<string, string>;
}

/** A database of its own with the people of the tests, and what a server over it is started with. */
export interface Prepared {
  /** Of the server. */
  env: Record<string, string>;
  clock: TestClock;
  superuserUrl: string;
  drop(): Promise<void>;
}

export const prepared = async (options: ApiOptions): Promise<Prepared> => {
  const make = async (database: ClonedDatabase): Promise<Prepared> => {
    const place = await prepare(database, options);
    if (options.example || options.golden) await fill(place, options);
    return place;
  };
  // Settings of the environment are stored at the first start: such a database is made anew.
  if (options.env) return make(await cloneDatabase());
  const start = options.bare ? 'bare' : options.example ? 'example' : options.golden ? 'golden' : 'people';
  const template = await templateOf(start, async (database) => (await make(database)).clock.remove());
  return placeOf(await cloneDatabase(template), options);
};

const placeOf = (database: ClonedDatabase, options: ApiOptions): Prepared => ({
  env: {
    DATABASE_URL: database.appUrl,
    ADMIN_EMAIL: emailOf('admin'),
    ADMIN_PASSWORD: PASSWORD,
    EXAMPLE_DATA: 'off',
    ...options.env,
  },
  clock: new TestClock(database.name),
  superuserUrl: database.superuserUrl,
  drop: database.drop,
});

/** Makes the administrator, and the people of the tests. */
const prepare = async (database: ClonedDatabase, options: ApiOptions): Promise<Prepared> => {
  const place = placeOf(database, options);
  const { env, clock, superuserUrl } = place;
  const people = Object.entries(options.bare || options.example ? {} : PEOPLE)
    .filter(([name]) => name !== 'admin')
    .map(([name, grants]) => ({ email: emailOf(name), name, grants }));
  await askHost('POST', '/prepared', { env, clock: clock.file, superuserUrl, people, password: PASSWORD });
  return place;
};

/** Loads what a start has beside people, by a server of its own. */
const fill = async (place: Prepared, options: ApiOptions): Promise<void> => {
  const { origin, stop } = await hosted(place, { example: options.example ?? false });
  if (options.golden) {
    const admin = await signIn(origin, 'admin');
    await loadTables({ as: () => clientOf(origin, { cookie: admin }) }, GOLDEN_TABLES);
  }
  await stop();
};

const hosted = async (
  { env, clock }: Prepared,
  { example = false } = {},
): Promise<{ origin: string; stop: () => Promise<void> }> => {
  const asked = { env, clock: clock.file, example };
  const { id, origin } = await askHost<{ id: string; origin: string }>('POST', '/apps', asked);
  return {
    origin,
    stop: async () => {
      await askHost('DELETE', `/apps/${id}`);
    },
  };
};

/**
 * The API over a database of its own, listening on a free port of the loopback. Its server runs in the process that hosts those of all test files
 * of this worker; who needs its insides takes `startOwnApi`.
 */
export const startApi = async (options: ApiOptions = {}): Promise<Api> => {
  const place = await prepared(options);
  const { origin, stop } = await hosted(place);
  return apiAt(origin, place, options, stop);
};

/** The ways of the people of the tests to a server that listens. */
export const apiAt = (
  origin: string,
  { clock, superuserUrl, drop }: Prepared,
  options: ApiOptions,
  stopServer: () => Promise<void>,
): Api => {
  const superuser = new pg.Pool({ connectionString: superuserUrl, max: 4 });
  superuser.on('error', () => undefined);
  const sql = async <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
    (await superuser.query(text, [...values])).rows as Row[];
  const cookies = new Map<Person, Promise<string>>();
  const client = (headers: Record<string, string> | (() => Promise<Record<string, string>>)): Client =>
    clientOf(origin, headers);
  const cookieOf = (person: Person): Promise<string> => {
    if (!cookies.has(person)) cookies.set(person, signIn(origin, person, options.example));
    return cookies.get(person)!;
  };
  return {
    origin,
    clock,
    sql,
    databaseUrl: superuserUrl,
    client,
    cookieOf,
    as: (person) =>
      client(async (): Promise<Record<string, string>> =>
        person === 'anonymous' ? {} : { cookie: await cookieOf(person) },
      ),
    digest: () => digestOf(sql),
    stop: async () => {
      await stopServer();
      await superuser.end();
      clock.remove();
      await drop();
    },
  };
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
