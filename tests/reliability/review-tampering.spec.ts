import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DataSource, type EntityManager } from 'typeorm';
import type { Review } from '../../server/contract/review.js';
import { VerifyService } from '../../server/reviews/verify.service.js';
import { type Draw, flipped, frozenReview } from '../support/frozen-reviews.js';
import { sha256 } from '../support/harness.js';
import { type OwnApi, startOwnApi } from '../support/own-server.js';
import { smallChain } from '../support/small-chain.js';

let api: OwnApi;
let review: Review;
let columns: { name: string; type: string }[];
let superuser: DataSource;
beforeAll(async () => {
  api = await startOwnApi();
  await smallChain(api);
  review = await frozenReview(api, '2026-Q2');
  const { headers } = await api.as('cio').get(`/reviews/${review.id}`);
  const published = await api
    .as('cio')
    .post(`/reviews/${review.id}/publish`, undefined, { 'if-match': headers.get('etag')! });
  expect(published.status).toBe(200);
  columns = await api.sql(
    `select column_name as name, data_type as type from information_schema.columns where table_name = 'reviews' order by 1`,
  );
  superuser = new DataSource({ type: 'postgres', url: api.databaseUrl });
  await superuser.initialize();
}, 120_000);
afterAll(async () => {
  await superuser?.destroy();
  await api.stop();
});

const TAMPERINGS = 1000;

type Tampering = (manager: EntityManager, draw: Draw) => Promise<string>;

const hashOf = (draw: Draw): string => sha256(String(draw(1_000_000_000)));

const one = async <Row>(manager: EntityManager, text: string, values: unknown[] = []): Promise<Row> =>
  ((await manager.query(text, values)) as Row[])[0]!;

const documentOf = (manager: EntityManager): Promise<{ document: string }> =>
  one(manager, 'select document from reviews where id = $1', [review.id]);
const recordsRow = async (
  manager: EntityManager,
  draw: Draw,
): Promise<{ figure: string; records: string; sha256: string }> => {
  const rows = (await manager.query(
    'select figure, records, sha256 from review_records where review_id = $1 order by figure',
    [review.id],
  )) as { figure: string; records: string; sha256: string }[];
  return rows[draw(rows.length)]!;
};
const setRecords = (manager: EntityManager, figure: string, records: string, hash: string) =>
  manager.query('update review_records set records = $3, sha256 = $4 where review_id = $1 and figure = $2', [
    review.id,
    figure,
    records,
    hash,
  ]);
const anyEvent = async (manager: EntityManager, draw: Draw): Promise<{ seq: string; canonical: string }> => {
  const rows = (await manager.query('select seq, canonical from audit_events order by seq')) as {
    seq: string;
    canonical: string;
  }[];
  return rows[draw(rows.length)]!;
};

/** Another value of a column, whatever its type. */
const otherValue = (name: string, type: string, was: unknown, draw: Draw): unknown => {
  if (name === 'period') return was === '2026-Q2' ? `2026-Q${[1, 3, 4][draw(3)]}` : '2026-Q2';
  if (name === 'state') return ['frozen', 'superseded'][draw(2)];
  if (name === 'purpose') return ['assurance', 'information'][draw(2)];
  if (name === 'classification') return ['public', 'confidential'][draw(2)];
  if (name === 'sha256') return hashOf(draw);
  if (name === 'supersedes_id') return review.id;
  if (type === 'uuid') return `00000000-0000-4000-8000-${String(draw(1_000_000_000)).padStart(12, '0')}`;
  if (type === 'integer') return Number(was) + 1 + draw(5);
  if (type === 'jsonb') return name === 'narrative' ? '{"headline": []}' : JSON.stringify([`Approve ${draw(100)}.`]);
  if (type.startsWith('timestamp'))
    return new Date(Date.UTC(2025, draw(12), 1 + draw(28), draw(24), draw(60), 0, draw(1000)));
  return `${String(was ?? '')}${draw(10)}`;
};

const TAMPERING: Readonly<Record<string, Tampering>> = {
  async 'a column of the review'(manager, draw) {
    const free = columns.filter(({ name }) => !['id', 'document'].includes(name));
    const { name, type } = free[draw(free.length)]!;
    const { was } = await one<{ was: unknown }>(manager, `select ${name} as was from reviews where id = $1`, [
      review.id,
    ]);
    const value = otherValue(name, type, was, draw);
    await manager.query(`update reviews set ${name} = $2 where id = $1`, [review.id, value]);
    return name;
  },
  async 'the text of the document'(manager, draw) {
    const { document } = await documentOf(manager);
    await manager.query('update reviews set document = $2 where id = $1', [review.id, flipped(document, draw)]);
    return 'document';
  },
  async 'the text of the document with its hash'(manager, draw) {
    const text = flipped((await documentOf(manager)).document, draw);
    await manager.query('update reviews set document = $2, sha256 = $3 where id = $1', [review.id, text, sha256(text)]);
    return 'document, sha256';
  },
  async records(manager, draw) {
    const { figure, records, sha256: hash } = await recordsRow(manager, draw);
    await setRecords(manager, figure, flipped(records, draw), hash);
    return figure;
  },
  async 'records with their hash'(manager, draw) {
    const { figure, records } = await recordsRow(manager, draw);
    const text = flipped(records, draw);
    await setRecords(manager, figure, text, sha256(text));
    return figure;
  },
  async 'records with their hash there and in the document, and its hash'(manager, draw) {
    const { figure, records, sha256: hash } = await recordsRow(manager, draw);
    const text = flipped(records, draw);
    await setRecords(manager, figure, text, sha256(text));
    const document = (await documentOf(manager)).document.replaceAll(hash, sha256(text));
    await manager.query('update reviews set document = $2, sha256 = $3 where id = $1', [
      review.id,
      document,
      sha256(document),
    ]);
    return figure;
  },
  async 'records that go'(manager, draw) {
    const { figure } = await recordsRow(manager, draw);
    await manager.query('delete from review_records where review_id = $1 and figure = $2', [review.id, figure]);
    return figure;
  },
  async 'records that come'(manager, draw) {
    const text = `[${draw(1000)}]`;
    await manager.query('insert into review_records (review_id, figure, records, sha256) values ($1, $2, $3, $4)', [
      ...[review.id, `spend?span=life&x=${draw(1000)}`, text, sha256(text)],
    ]);
    return 'a figure more';
  },
  async 'records of two figures, exchanged'(manager, draw) {
    const a = await recordsRow(manager, draw);
    const b = await one<typeof a>(
      manager,
      'select figure, records, sha256 from review_records where review_id = $1 and sha256 <> $2 order by figure limit 1',
      [review.id, a.sha256],
    );
    await setRecords(manager, a.figure, b.records, b.sha256);
    await setRecords(manager, b.figure, a.records, a.sha256);
    return `${a.figure}, ${b.figure}`;
  },
  async 'the text of an event'(manager, draw) {
    const { seq, canonical } = await anyEvent(manager, draw);
    // What is no JSON any more the generated columns of the table refuse; a letter of a text stays JSON.
    const text = canonical.replace(/"actor":"/, `"actor":"${'abcdef'.charAt(draw(6))}`);
    await manager.query('update audit_events set canonical = $2 where seq = $1', [seq, text]);
    return seq;
  },
  async 'an event that goes'(manager, draw) {
    const { seq } = await anyEvent(manager, draw);
    await manager.query('delete from audit_events where seq = $1', [seq]);
    return seq;
  },
  async 'the hash of an event'(manager, draw) {
    const { seq } = await anyEvent(manager, draw);
    await manager.query(`update audit_events set hash = decode($2, 'hex') where seq = $1`, [seq, hashOf(draw)]);
    return seq;
  },
  async 'the hash that an event follows'(manager, draw) {
    const { seq } = await anyEvent(manager, draw);
    await manager.query(`update audit_events set prev_hash = decode($2, 'hex') where seq = $1`, [seq, hashOf(draw)]);
    return seq;
  },
  async 'the head of the chain'(manager, draw) {
    await manager.query(`update audit_head set hash = decode($1, 'hex')`, [hashOf(draw)]);
    return 'head';
  },
  async 'the hash of the review in its event, and the review'(manager, draw) {
    const text = flipped((await documentOf(manager)).document, draw);
    await manager.query('update audit_events set canonical = replace(canonical, $1, $2)', [
      review.sha256,
      sha256(text),
    ]);
    await manager.query('update reviews set document = $2, sha256 = $3 where id = $1', [review.id, text, sha256(text)]);
    return 'event, document, sha256';
  },
};
const KINDS = Object.keys(TAMPERING);

/** Something else of each type of column. */
const OTHER: Readonly<Record<string, string>> = {
  text: `'other'`,
  uuid: 'gen_random_uuid()',
  integer: '7',
  jsonb: `'["other"]'`,
  'timestamp with time zone': 'now()',
};

describe('A frozen review', () => {
  test('is intact as it was frozen and published', async () => {
    const { body } = await api.as('cio').get(`/reviews/${review.id}/verify`);
    expect(body).toMatchObject({ isIntact: true, sha256: review.sha256, findings: [] });
  });

  test('is found out after each of 1,000 random tamperings with its rows or the audit', async () => {
    const verification = api.app.nest.get(VerifyService);
    const runner = superuser.createQueryRunner();
    await runner.connect();
    const { constraints } = await one<{ constraints: string }>(
      runner.manager,
      `select string_agg(format('drop constraint %I', conname), ', ') as constraints from pg_constraint
       where conrelid = 'reviews'::regclass and contype = 'c'`,
    );
    await runner.startTransaction('REPEATABLE READ');
    // As somebody who owns the machine and switches off all that stands in the way.
    await runner.query('set local session_replication_role = replica');
    await runner.query(`alter table reviews ${constraints}`);
    const missed: string[] = [];
    const found = new Map<string, number>();
    let tried = 0;
    try {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...KINDS), fc.infiniteStream(fc.nat()), async (kind, numbers) => {
          const draw: Draw = (below) => Number(numbers.next().value) % below;
          await runner.query('savepoint intact');
          const what = await TAMPERING[kind]!(runner.manager, draw);
          const verdict = await verification
            .verified(runner.manager, review.id)
            .then(({ isIntact }) => isIntact)
            // A review that cannot be found or is a draft again is not intact either.
            .catch((error: Error) => (error.name === 'QueryFailedError' ? Promise.reject(error) : false));
          if (verdict) missed.push(`${kind}: ${what}`);
          found.set(kind, (found.get(kind) ?? 0) + 1);
          tried += 1;
          await runner.query('rollback to savepoint intact');
        }),
        { numRuns: TAMPERINGS, endOnFailure: true },
      );
      expect((await verification.verified(runner.manager, review.id)).isIntact).toBe(true);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
    expect(missed).toEqual([]);
    expect(tried).toBe(TAMPERINGS);
    expect([...found.keys()].sort()).toEqual([...KINDS].sort());
    expect((await api.as('cio').get(`/reviews/${review.id}/verify`)).body.isIntact).toBe(true);
  }, 300_000);

  test.each(['reviews', 'review_records'])(
    'is refused every change of %s by the role of the API and by the owner',
    async (table) => {
      const key = table === 'reviews' ? 'id' : 'review_id';
      const names = await api.sql<{ name: string; type: string }>(
        `select column_name as name, data_type as type from information_schema.columns
       where table_name = $1 and column_name <> all ($2::text[])`,
        [table, ['version', 'state', 'updated_at', 'published_at', 'published_by']],
      );
      const { owner } = (
        await api.sql<{ owner: string }>('select tableowner as owner from pg_tables where tablename = $1', [table])
      )[0]!;
      const attempts = [
        ...names.map(({ name, type }) => `update ${table} set ${name} = ${OTHER[type]} where ${key} = '${review.id}'`),
        `delete from ${table} where ${key} = '${review.id}'`,
        `truncate ${table} cascade`,
        `update reviews set state = 'draft' where id = '${review.id}'`,
        `update reviews set published_at = now() + interval '1 day' where id = '${review.id}'`,
      ];
      const refusals = async (run: (text: string) => Promise<unknown>): Promise<string[]> => {
        const codes: string[] = [];
        for (const text of attempts)
          codes.push(
            await run(text).then(
              () => `done: ${text}`,
              (error: { code?: string; driverError?: { code: string } }) =>
                error.driverError?.code ?? error.code ?? 'none',
            ),
          );
        return [...new Set(codes)];
      };
      // The API may not even try (42501), or its try is refused by the trigger.
      for (const code of await refusals((text) => api.source.query(text))) expect(['42501', 'TLFRZ']).toContain(code);
      const asOwner = superuser.createQueryRunner();
      await asOwner.query(`set role ${owner}`);
      const codes = await refusals((text) => asOwner.query(text));
      await asOwner.query('reset role');
      await asOwner.release();
      expect(codes).toEqual(['TLFRZ']);
      expect((await api.as('cio').get(`/reviews/${review.id}/verify`)).body.isIntact).toBe(true);
    },
  );
});
