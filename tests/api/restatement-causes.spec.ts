import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BridgeStep } from '../../server/contract/review-after.js';
import type { Review } from '../../server/contract/review.js';
import { newBenefit } from '../support/entries.js';
import { brokenBridges, frozenReview, restatementOf } from '../support/frozen-reviews.js';
import { expectProblem, startApi, type Api } from '../support/harness.js';
import { smallChain } from '../support/small-chain.js';

/** The chain of `smallChain` with an investment in euros that gives 60 % to N1, and a benefit that goes by the code of an investment. */
let api: Api;
let review: Review;
beforeAll(async () => {
  api = await startApi();
  await smallChain(api);
  const admin = api.as('admin');
  expect((await rated('1.1')).status).toBe(201);
  const investment = { code: 'IE', name: 'In euros', portfolioCode: 'CORE', orgUnitCode: 'BU2', currency: 'EUR' };
  expect((await admin.post('/investments', investment)).status).toBe(201);
  const items = [{ month: MONTH, kind: 'opex', actual: '100.00' }];
  expect((await admin.put('/investments/IE/costs', { items })).status).toBe(200);
  const link = { fromCode: 'IE', toCode: 'N1', allocation: '60.00' };
  expect((await admin.post('/links', link)).status).toBe(201);
  await newBenefit(api, { code: 'I2' });
  for (const code of ['C1', 'C2']) {
    await changed('admin', `/capabilities/${code}`, { targetMaturity: '4', strategic: code === 'C1' });
    await assessed(code, '2026-06-01', '3');
  }
  review = await frozenReview(api, '2026-Q2');
}, 120_000);
afterAll(() => api.stop());

const MONTH = '2026-05';
const TRACED = 'traced_spend?span=to_date';

const rated = (rate: string) => api.as('finance').post('/exchange-rates', { currency: 'EUR', month: MONTH, rate });

const because = (reason: string) => ({ 'change-reason': encodeURIComponent(reason) });
const changed = async (
  person: 'admin' | 'finance',
  path: string,
  body: unknown,
  why: Record<string, string> = {},
): Promise<number> => {
  const { headers } = await api.as(person).get(path);
  const reply = await api.as(person).patch(path, body, { 'if-match': headers.get('etag')!, ...why });
  expect([reply.status, reply.text]).toEqual([200, expect.anything()]);
  const [head] = await api.sql<{ seq: string }>('select seq from audit_head');
  return Number(head!.seq);
};

const assessed = async (code: string, assessedOn: string, level: string): Promise<void> => {
  const found = { assessedOn, level, evidence: 'Audit' };
  expect((await api.as('admin').post(`/capabilities/${code}/assessments`, found)).status).toBe(201);
};

const linkOf = async (from: string, to: string): Promise<string> => {
  const [row] = await api.sql<{ id: string }>(
    `with node as (select id, code from investments union select id, code from initiatives union select id, code from capabilities
       union select id, code from outcomes union select id, code from benefits)
     select l.id from links l join node f on f.id = l.from_id join node t on t.id = l.to_id where f.code = $1 and t.code = $2`,
    [from, to],
  );
  return `/links/${row!.id}`;
};
const linked = async (from: string, to: string, shares: Record<string, string>, why = {}): Promise<number> =>
  changed('admin', await linkOf(from, to), shares, why);

const bridgeOf = async (key: string): Promise<BridgeStep[]> => {
  const restatement = await restatementOf(api, review.id, [key]);
  expect(brokenBridges(restatement)).toEqual([]);
  return restatement.figures[0]!.bridge!;
};
const told = (steps: readonly BridgeStep[]) =>
  steps.map(({ record: { type, code }, was, is, effect, causes }) => [
    ...[type, code, was?.value ?? null, is?.value ?? null, effect.value],
    causes.map(({ seq }) => seq),
  ]);

test('The months of a frozen review stay those that it was frozen with, and it is said that its fiscal year is another today', async () => {
  const starts = (month: number) => changed('admin', '/settings', { fiscalYearStartMonth: month });
  expect(await restatementOf(api, review.id)).toMatchObject({ restated: 0, calendar: null });
  await starts(4);
  const { restated, calendar } = await restatementOf(api, review.id);
  expect([restated, calendar]).toEqual([
    0,
    'Fiscal years begin in April today; when this review was frozen they began in January. It is compared over its own months, April 2026 to June 2026.',
  ]);
  const cio = api.as('cio');
  const published = await cio.post(`/reviews/${review.id}/publish`, {}, { 'if-match': `"v${review.version}"` });
  expect(published.status).toBe(200);
  expect((await cio.get('/reviews/standing')).body.items).toMatchObject([{ code: 'VR-2026-Q2', restated: [] }]);
  // By their months 2026 Q4 of the year that begins in April lies before it, and 2027 Q2 after it.
  const previousOf = async (period: string) =>
    (await cio.post('/reviews', { period })).body.document.previous as Review['document']['previous'];
  expect(await previousOf('2026-Q4')).toBeNull();
  expect(await previousOf('2027-Q2')).toMatchObject({ code: 'VR-2026-Q2', periodName: '2026 Q2' });
  await api.sql(`delete from reviews where state = 'draft'`);
  await starts(1);
});

describe('What a restated figure is put down to', () => {
  let seqs: Record<'share' | 'rate' | 'split', number>;

  test('is each of two things that changed one record by as much as it did, and of links only those that it came by', async () => {
    expect(review.document.figures[TRACED]!.value).toBe('166.00');
    await linked('O2', 'B4', { contribution: '50.00' });
    const share = await linked('IE', 'N1', { allocation: '30.00' }, because('Geändert für 50\u00a0% “weniger”.'));
    await linked('C1', 'O1', { contribution: '10.00' });
    const rate = await (async () => {
      const { items } = (await api.as('finance').get('/exchange-rates?limit=200')).body;
      const { id } = items.find(({ month }: { month: string }) => month === MONTH);
      return changed('finance', `/exchange-rates/${id}`, { rate: '1.2' }, because('Rate of the central bank.'));
    })();
    seqs = { share, rate, split: await linked('N2', 'C1', { allocation: '40.00' }) };
    // 100 EUR: 66.00 by 60 % at 1.1, 33.00 by 30 % at 1.1, 36.00 by 30 % at 1.2. I1 and I2 lose a tenth of what goes by N2.
    expect(told(await bridgeOf(TRACED))).toEqual([
      ['link', '', '66.00', '33.00', '-33.00', [seqs.share]],
      ['exchange_rate', 'EUR', '33.00', '36.00', '3.00', [seqs.rate]],
      ['link', '', '100.00', '92.00', '-8.00', [seqs.split]],
    ]);
  });

  test('is told with why it was done, where whoever did it said so; the audit says it, too, and holds', async () => {
    const reasons = (await bridgeOf(TRACED)).map(({ causes }) => causes.map(({ reason }) => reason));
    expect(reasons).toEqual([['Geändert für 50\u00a0% “weniger”.'], ['Rate of the central bank.'], [null]]);
    const { items } = (await api.as('cio').get('/audit?limit=4')).body;
    expect(items.map(({ reason }: { reason: string | null }) => reason)).toEqual([
      null,
      'Rate of the central bank.',
      null,
      'Geändert für 50\u00a0% “weniger”.',
    ]);
    const kept = await api.sql<{ canonical: string }>('select canonical from audit_events order by seq desc limit 1');
    expect(JSON.parse(kept[0]!.canonical)).not.toHaveProperty('reason');
    expect((await api.as('finance').get('/audit/verify')).body).toMatchObject({ valid: true });
  });

  test.each([
    ['is no percent-encoding', '5 % less', 'change_reason.encoding'],
    ['is no UTF-8', 'f%FCr', 'change_reason.encoding'],
    ['is in letters that no header holds', 'für', 'change_reason.encoding'],
    ['holds what no text may hold', 'a%00b', 'change_reason.text'],
    ['is longer than a reason', 'x'.repeat(1001), 'change_reason.text'],
  ])('is stored with no reason that %s: the change is refused', async (_what, header, code) => {
    const path = await linkOf('IE', 'N1');
    const { headers } = await api.as('admin').get(path);
    const before = await api.digest();
    const sent = { 'if-match': headers.get('etag')!, 'change-reason': header };
    const reply = await api.as('admin').patch(path, { allocation: '70.00' }, sent);
    expectProblem(reply, 422, 'validation-failed');
    expect(reply.body.errors).toMatchObject([{ pointer: 'Change-Reason', code }]);
    expect(await api.digest()).toEqual(before);
  });

  test('is nothing that was done to a record of another type with the same code', async () => {
    await changed('admin', '/benefits/I2', { name: 'Renamed' });
    await changed('admin', '/investments/I2', { name: 'Renamed, too' });
    const [, , step, ...more] = await bridgeOf(TRACED);
    expect(more).toEqual([]);
    expect(told([step!])).toEqual([['link', '', '100.00', '92.00', '-8.00', [seqs.split]]]);
    // Which link it was stands with what was done.
    expect(step!.causes.map((cause) => cause.of)).toEqual(['N2 → C1']);
  });

  test('is none of many changes of a link that moved nothing, however many there are', async () => {
    const before = told(await bridgeOf(TRACED));
    const path = await linkOf('C1', 'O1');
    // The only link of C1: all of it, whether that is stated or not.
    for (let at = 0; at < 60; at += 1) await changed('admin', path, { allocation: at % 2 === 0 ? '100.00' : null });
    expect(told(await bridgeOf(TRACED))).toEqual(before);
    expect((await restatementOf(api, review.id, [TRACED])).links).toBeNull();
  });

  test('is what was entered, the rate and the share where all three changed', async () => {
    const { body } = await api.as('admin').get('/investments/IE/costs');
    const items = [{ month: MONTH, kind: 'opex', actual: '200.00', version: body.items[0].version }];
    expect((await api.as('admin').put('/investments/IE/costs', { items }, because('Invoiced.'))).status).toBe(200);
    const steps = (await bridgeOf(TRACED)).filter(({ record }) => record.code === 'IE');
    expect(
      steps.map(({ was, is, effect, causes: [first] }) => [
        was?.value,
        is?.value,
        effect.value,
        first!.to,
        first!.reason,
      ]),
    ).toEqual([['36.00', '72.00', '36.00', '200.00', 'Invoiced.']]);
    expect(told(await bridgeOf('spend?span=to_date')).map(([type, , was, is]) => [type, was, is])).toEqual([
      ['exchange_rate', '110.00', '120.00'],
      ['investment_cost', '120.00', '240.00'],
    ]);
  });
});

describe('A share whose numerator and divisor changed', () => {
  const stepsOf = async (key: string) =>
    (await bridgeOf(key)).map(({ record: { code, name }, was, is, causes }) => [
      ...[code, name.split(' · ')[1] ?? null, was?.value ?? null, is?.value ?? null],
      causes.map(
        ({ action, field, to }) => field ?? (action.startsWith('Assessed') ? action.split(' of ')[0] : (to ?? action)),
      ),
    ]);

  test('steps through the links that state their shares now, then through those that came or went', async () => {
    await linked('I1', 'N1', { contribution: '100.00' });
    const made = await api.as('admin').post('/links', { fromCode: 'I3', toCode: 'N1' });
    expect(made.status).toBe(201);
    expect(await stepsOf('assumed_share?span=to_date')).toEqual([
      ['I1 → N1', null, '1', null, ['Contribution']],
      ['I3 → N1', null, null, '1', ['created']],
      ['I3 → N1', 'Links', null, '1', ['created']],
    ]);
  });

  test('steps through the gap of the capability, then through those of all, one step for each', async () => {
    await assessed('C2', '2026-06-20', '2');
    await changed('admin', '/capabilities/C1', { strategic: false });
    expect(await stepsOf('maturity.need_share?ref=C1&type=capability')).toEqual([
      ['C1', null, '2', '1', ['Strategic']],
      ['C2', 'All gaps, by importance', '1', '2', ['Assessed level 2']],
      ['C1', 'All gaps, by importance', '2', '1', ['Strategic']],
    ]);
  });
});

describe('A review of an example that is removed since', () => {
  const cio = () => api.as('cio');
  beforeAll(async () => {
    const action = { kind: 'action', text: 'Look at it again.' };
    expect((await cio().post(`/reviews/${review.id}/actions`, action)).status).toBe(201);
    const [made] = await api.sql<{ id: string }>(
      `insert into imports (id, status, file_names, file_hash, file_bytes, dry_run, on_problem, user_id, user_email, created_at)
       select gen_random_uuid(), 'reverted', '{}', '', 0, false, 'reject', id, email, now() from users limit 1 returning id`,
    );
    await api.sql(
      `insert into example (import_id, story_end, user_ids, loaded_at, removed_at)
       values ($1, '2026-07-01', '{}', $2::timestamptz - interval '1 hour', $2::timestamptz + interval '1 second')`,
      [made!.id, review.frozenAt],
    );
  });

  test('stays, is marked, and is asked no more whether it still holds', async () => {
    expect((await cio().get('/reviews')).body.items).toMatchObject([{ code: 'VR-2026-Q2', isOfExample: true }]);
    expect((await cio().get(`/reviews/${review.id}/verify`)).body).toMatchObject({ isIntact: true });
    expect((await cio().get('/reviews/standing')).body.items).toEqual([]);
  });

  test('is marked, too, where it was begun in the example and frozen after it', async () => {
    api.clock.advance(60_000);
    const { body } = await cio().post('/reviews', { period: '2026-Q1' });
    await api.sql('update reviews set created_at = $2 where id = $1', [body.id, review.frozenAt]);
    const draft = await cio().get(`/reviews/${body.id}`);
    expect(draft.body).toMatchObject({ state: 'draft', isOfExample: true });
    const headers = { 'if-match': draft.headers.get('etag')!, 'idempotency-key': 'freeze after the example' };
    const sent = { reason: 'Agreed.', contentSha256: draft.body.contentSha256 };
    const frozen = await cio().post(`/reviews/${body.id}/freeze`, sent, headers);
    expect(frozen.body).toMatchObject({ state: 'frozen', isOfExample: true });
  });

  test('is not the quarter before, nor corrected, and what it agreed is followed up by nobody', async () => {
    const next = await cio().post('/reviews', { period: '2026-Q3' });
    expect(next.body).toMatchObject({ isOfExample: false, document: { previous: null } });
    const { body } = await cio().get(`/reviews/${next.body.id}/actions`);
    expect(body).toMatchObject({ items: [], previous: [], previousPeriod: null });
    const again = await cio().post('/reviews', { period: '2026-Q2' });
    expect(again.body).toMatchObject({ code: 'VR-2026-Q2-v2', supersedes: null, isOfExample: false });
    expect((await cio().get(`/reviews/${again.body.id}/actions`)).body.items).toEqual([]);
  });
});
