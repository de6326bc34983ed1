import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { cloneDatabase } from '../support/clone-database.js';
import { exampleCredentials } from '../support/example.js';
import { type Product, startProduct } from '../support/product.js';
import { readPdf } from '../support/read-pdf.js';
import { median, report } from './report.js';
import { timed } from './statements.js';

/**
 * Packs of a review of forty pages or more: the example with more benefits, frozen and asked for as people do, from the product in a process of its
 * own. Each round has a product that was just started, so that no pack was made before.
 */

const ROUNDS = 3;
const QUIET_MS = 5_000;
const PERIOD = '2026-Q3';
const PAGES = 40;
const MOST_SECONDS = 15;
const MOST_DELAY = 100;

/** Milliseconds by which the event loop of the product was late. */
interface Delay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}
interface Made {
  readonly seconds: number;
  readonly delay: Delay;
  readonly bytes: Buffer;
}

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let review = '';
beforeAll(async () => {
  database = await cloneDatabase();
  const product = await started();
  await grow(database.superuserUrl);
  review = await frozen(product);
  await stopped(product);
}, 240_000);
afterAll(() => database.drop());

const started = (env: Record<string, string> = {}): Promise<Product> =>
  startProduct(
    {
      ...{ DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl, EXAMPLE_DATA: 'on' },
      NODE_OPTIONS: `--import=${pathToFileURL('tests/benchmark/loop-delay.mjs').href}`,
      ...env,
    },
    120_000,
  );
const stopped = async (product: Product): Promise<void> => {
  product.process.kill('SIGTERM');
  await product.ended;
};

/** 240 benefits more, each with half a year of values. */
const grow = async (connectionString: string): Promise<void> => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(`
    insert into benefits (code, name, currency, nature) select 'MORE-' || i, 'Lower cost of service ' || i, 'EUR', 'cashable' from generate_series(1, 240) i;
    insert into benefit_values (benefit_id, month, planned, realised, reported_by, changed_by)
      select id, date '2026-04-01' + make_interval(months => m), 5000.25 + m, 4900.75 + m, 'a@b.c', 'a@b.c'
      from benefits, generate_series(0, 5) m where code like 'MORE-%';
    analyze`);
  await client.end();
};

const cookieOf = async ({ origin }: Product): Promise<string> => {
  const reply = await fetch(`${origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(exampleCredentials('cio')),
  });
  expect(reply.status).toBe(200);
  return reply.headers.getSetCookie()[0]!.split(';')[0]!;
};

const frozen = async (product: Product): Promise<string> => {
  const cookie = await cookieOf(product);
  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const reply = await fetch(`${product.origin}/api/v1${path}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    expect(reply.ok ? '' : await reply.text()).toBe('');
    return { headers: reply.headers, body: (await reply.json()) as { id: string; contentSha256: string } };
  };
  const draft = await post('/reviews', { period: PERIOD });
  const { id, contentSha256 } = draft.body;
  await post(
    `/reviews/${id}/freeze`,
    { reason: 'Agreed in the review.', contentSha256 },
    { 'if-match': draft.headers.get('etag')!, 'idempotency-key': 'freeze' },
  );
  return id;
};

/** How late its event loop was since this was asked last. */
const delayOf = async (product: Product): Promise<Delay> => {
  const told = () => [...product.output().matchAll(/^loop-delay (.*)$/gm)];
  const before = told().length;
  product.process.kill('SIGUSR2');
  while (told().length === before) await sleep(5);
  return JSON.parse(told().at(-1)![1]!) as Delay;
};

const made = async (product: Product, cookie: string, kind: string): Promise<Made> => {
  await delayOf(product);
  let bytes = Buffer.alloc(0);
  const milliseconds = await timed(async () => {
    const reply = await fetch(`${product.origin}/api/v1/reviews/${review}/pack.${kind}`, { headers: { cookie } });
    expect(reply.status).toBe(200);
    bytes = Buffer.from(await reply.arrayBuffer());
  });
  return { seconds: milliseconds / 1000, delay: await delayOf(product), bytes };
};

test.each([
  ['with a browser', {}, ['pdf', 'pptx', 'xlsx', 'md']],
  ['without a browser', { CHROMIUM_PATH: 'off' }, ['pdf']],
])(
  'packs of a frozen review, %s',
  async (how, env, kinds) => {
    const packs = new Map(kinds.map((kind) => [kind, [] as Made[]]));
    const quiet: Delay[] = [];
    const load = loadavg()[0]!;
    for (let round = 0; round < ROUNDS; round += 1) {
      const product = await started(env);
      try {
        const cookie = await cookieOf(product);
        await delayOf(product);
        await sleep(QUIET_MS);
        quiet.push(await delayOf(product));
        for (const kind of kinds) packs.get(kind)!.push(await made(product, cookie, kind));
      } finally {
        await stopped(product);
      }
    }
    const { pages, producer } = await readPdf(packs.get('pdf')![0]!.bytes);
    const p99 = median(quiet.map((delay) => delay.p99));
    report(`packs ${how}`, { pages: pages.length, producer, rounds: ROUNDS, 'load before': load.toFixed(2) }, [
      ['quiet: event loop p99 ms', p99],
      ...[...packs].flatMap(([kind, each]): [string, number][] => {
        const loop = median(each.map(({ delay }) => delay.p99));
        return [
          [`${kind}: s (goal ≤ ${MOST_SECONDS})`, median(each.map(({ seconds }) => seconds))],
          [`${kind}: event loop p99 ms (goal ≤ ${MOST_DELAY})`, loop],
          [`${kind}: p99 ÷ quiet`, loop / p99],
          [`${kind}: longest delay of any round, ms`, Math.max(...each.map(({ delay }) => delay.max))],
        ];
      }),
    ]);
    expect(pages.length).toBeGreaterThanOrEqual(PAGES);
    for (const each of packs.values()) {
      expect(median(each.map(({ seconds }) => seconds))).toBeLessThanOrEqual(MOST_SECONDS);
      expect(median(each.map(({ delay }) => delay.p99))).toBeLessThanOrEqual(MOST_DELAY);
    }
  },
  300_000,
);
