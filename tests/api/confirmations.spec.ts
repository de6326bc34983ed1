import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { emailOf, expectNoChange, expectProblem, startApi, type Api, type Reply } from '../support/harness.js';

let api: Api;
let code: string;
let n = 0;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());
beforeEach(async () => {
  code = `CLAIM-${(n += 1)}`;
  const record = { code, name: `Claim ${n}`, portfolioCode: 'DIG', currency: 'USD', nature: 'cashable' };
  expect((await api.as('admin').post('/benefits', record)).status).toBe(201);
});

type Finance = 'finance' | 'finance-2';
const put = async (items: unknown[], of = code): Promise<void> => {
  const reply = await api.as('pm-dig').put(`/benefits/${of}/values`, { items });
  expect([reply.status, reply.text]).toEqual([200, expect.any(String)]);
};
const list = (question = '', person: Finance | 'cio' | 'admin' | 'pm-dig' = 'finance'): Promise<Reply> =>
  api.as(person).get(`/confirmations?q=${code}${question}`);
const judge = (verdict: string, items: unknown[], note?: string, person: Finance | 'pm-dig' | 'admin' = 'finance') =>
  api.as(person).post('/confirmations', { verdict, items, ...(note === undefined ? {} : { note }) });
const seen = (month: string, amount: string, version = 1, benefit = code) => ({
  benefit,
  month,
  version,
  amount,
  currency: 'USD',
});

describe('The work list of finance', () => {
  test('shows what waits, with what is needed to judge it', async () => {
    await put([
      { month: '2026-01', planned: '10', realised: '9', evidence: 'ledger 4711' },
      { month: '2026-02', planned: '10' },
    ]);
    const { body } = await list();
    expect(body).toMatchObject({ total: 1, nextCursor: null, currency: 'USD' });
    expect(body.items).toEqual([
      {
        benefit: { code, name: `Claim ${n}`, owner: null, currency: 'USD', unit: null },
        month: '2026-01',
        version: 1,
        amount: '9.00',
        reporting: '9.00',
        planned: '10.00',
        variance: { value: '-1.00', impact: 'unfavourable' },
        evidence: 'ledger 4711',
        evidenceItems: 0,
        reportedBy: emailOf('pm-dig'),
        reportedAt: expect.stringMatching(/^2026-11-21T12:00/),
        why: 'new',
        before: null,
        rejection: null,
        confirmation: null,
        mayJudge: true,
      },
    ]);
  });

  test('sorts the largest first, by its amount in the reporting currency, and pages without losing any', async () => {
    const months = Array.from({ length: 7 }, (_, at) => `2026-0${at + 1}`);
    await put(months.map((month, at) => ({ month, realised: String(at % 2 ? -100 * at : at) })));
    const amounts: string[] = [];
    let cursor = '';
    do {
      const { body } = await list(`&limit=3${cursor && `&cursor=${cursor}`}`);
      amounts.push(...body.items.map((item: { amount: string }) => item.amount));
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(amounts).toEqual(['-500.00', '-300.00', '-100.00', '6.00', '4.00', '2.00', '0.00']);
    const oldest = await list('&sort=code');
    expect(oldest.body.items.map((item: { month: string }) => item.month)).toEqual(months);
  });

  test('says what changed since it was confirmed, and by whom', async () => {
    await put([{ month: '2026-01', realised: '9' }]);
    expect((await judge('confirm', [seen('2026-01', '9')], 'seen in the ledger')).status).toBe(200);
    expect((await list()).body.total).toBe(0);
    const held = await list('&state=confirmed');
    expect(held.body.items[0].confirmation).toMatchObject({
      amount: '9.00',
      by: emailOf('finance'),
      note: 'seen in the ledger',
    });
    await put([{ month: '2026-01', realised: '7', version: 2, reason: 'credit note' }]);
    expect((await list()).body.items[0]).toMatchObject({
      amount: '7.00',
      why: 'changed',
      before: { amount: '9.00', currency: 'USD', by: emailOf('finance') },
      confirmation: null,
    });
    expect((await list('&why=new')).body.total).toBe(0);
    expect((await list('&why=changed')).body.total).toBe(1);
  });

  test('keeps what was rejected out of the way until it is reported anew', async () => {
    await put([{ month: '2026-01', planned: '10', realised: '9' }]);
    await judge('reject', [seen('2026-01', '9')], 'no evidence');
    expect((await list()).body.total).toBe(0);
    const rejected = (await list('&state=rejected')).body.items[0];
    expect(rejected).toMatchObject({ version: 2, rejection: { amount: '9.00', note: 'no evidence' } });
    // A change of the plan is no answer to the rejection; evidence is one.
    await put([{ month: '2026-01', planned: '11', version: 2 }]);
    expect((await list('&state=rejected')).body.total).toBe(1);
    await put([{ month: '2026-01', evidence: 'invoice 12', version: 3 }]);
    expect((await list()).body.items[0]).toMatchObject({ why: 'resubmitted', rejection: { note: 'no evidence' } });
  });

  test('counts months and money of the whole scope, whatever is filtered', async () => {
    const before = (await list('&portfolio=DIG')).body.counts;
    await put([
      { month: '2026-01', realised: '9' },
      { month: '2026-02', realised: '0.5' },
    ]);
    await judge('confirm', [seen('2026-02', '0.5')]);
    const after = (await api.as('finance').get('/confirmations?q=nothing-like-this&portfolio=DIG')).body;
    const change = (state: string): [number, number] => {
      const of = (counts: { state: string; count: number; amount: string }[]) =>
        counts.find((row) => row.state === state)!;
      return [of(after.counts).count - of(before).count, Number(of(after.counts).amount) - Number(of(before).amount)];
    };
    expect([after.total, change('waiting'), change('confirmed')]).toEqual([0, [1, 9], [1, 0.5]]);
  });

  test('says since when the oldest value waits, and why the values wait that do', async () => {
    const ofScope = async () => (await api.as('finance').get('/confirmations?portfolio=DIG')).body;
    const before = await ofScope();
    api.clock.advance(-34 * 86_400_000);
    await put([
      { month: '2026-01', realised: '9' },
      { month: '2026-02', realised: '8' },
      { month: '2026-03', realised: '7' },
    ]);
    api.clock.advance(34 * 86_400_000);
    await judge('confirm', [seen('2026-01', '9')]);
    await judge('reject', [seen('2026-02', '8')], 'no');
    await put([
      { month: '2026-01', realised: '6', version: 2, reason: 'credit note' },
      { month: '2026-02', realised: '5', version: 2, reason: 'recounted' },
    ]);
    const after = await ofScope();
    const grown = after.reasons.map(({ why, count }: { why: string; count: number }, at: number) => [
      why,
      count - before.reasons[at].count,
    ]);
    expect(grown).toEqual([
      ['new', 1],
      ['changed', 1],
      ['resubmitted', 1],
    ]);
    // What was changed since waits from its change on; what nobody judged yet from the day of its report.
    expect([after.oldest, after.oldestDays]).toEqual(['2026-10-18T12:00:00.000Z', 34]);
    const claims = (kind: string) => api.as('finance').get(`/trace/claims?portfolio=DIG&kind=${kind}`);
    for (const { state, count } of after.counts) expect((await claims(state)).body.value).toBe(String(count));
    for (const { why, count } of after.reasons) expect((await claims(why)).body.value).toBe(String(count));
    const { amount } = after.counts.find((row: { state: string }) => row.state === 'waiting');
    const sum = (await api.as('finance').get('/trace/claims_amount?portfolio=DIG&kind=waiting')).body;
    expect([sum.value, sum.records.count]).toEqual([amount, after.counts[0].count]);
    expectProblem(await api.as('finance').get('/trace/claims?kind=on_track'), 422, 'validation-failed');
    expectProblem(await api.as('stakeholder-bu1').get('/trace/claims?kind=waiting'), 403, 'forbidden');
  });

  test('is read by finance, CIO and administrator, and by nobody else', async () => {
    for (const person of ['finance', 'cio', 'admin'] as const) expect((await list('', person)).status).toBe(200);
    expectProblem(await list('', 'pm-dig'), 403, 'forbidden');
    expectProblem(await api.as('finance').get('/confirmations?cursor=x'), 422, 'validation-failed');
    expectProblem(await api.as('finance').get('/confirmations?portfolio=NONE'), 404, 'not-found');
  });
});

describe('A verdict on many values', () => {
  test('is given to all of them or to none, and each refusal is named', async () => {
    const other = code;
    await put([
      { month: '2026-01', realised: '1' },
      { month: '2026-02', realised: '2' },
    ]);
    const reply = await expectNoChange(api, () =>
      judge('confirm', [seen('2026-01', '1'), seen('2026-02', '2.5'), seen('2026-03', '3')]),
    );
    expectProblem(reply, 412, 'precondition-failed');
    expect(reply.body.errors.map(({ pointer, code: of }: { pointer: string; code: string }) => [pointer, of])).toEqual([
      ['/items/1', 'value.precondition-failed'],
      ['/items/2', 'value.not-found'],
    ]);
    expect(reply.body.refused).toEqual([
      expect.objectContaining({ item: 1, month: '2026-02', why: 'changed', seen: '2.5', now: '2.00', version: 1 }),
      expect.objectContaining({ item: 2, month: '2026-03', why: 'gone', now: null, version: null }),
    ]);
    const done = await judge('confirm', [seen('2026-01', '1'), seen('2026-02', '2.00')]);
    expect(done.body).toEqual({ verdict: 'confirm', values: 2, benefits: 1, at: expect.any(String) });
    expect((await api.as('admin').get(`/benefits/${other}/values`)).body.items).toMatchObject([
      { confirmed: '1.00', confirmedBy: emailOf('finance') },
      { confirmed: '2.00', confirmedBy: emailOf('finance') },
    ]);
  });

  test('is not taken where a value stands twice, by whatever name of its benefit', async () => {
    await put([
      { month: '2026-01', realised: '1' },
      { month: '2026-02', realised: '2' },
    ]);
    const { id } = (await api.as('finance').get(`/benefits/${code}`)).body;
    const items = [seen('2026-01', '1'), seen('2026-02', '2'), seen('2026-01', '1', 1, id)];
    const reply = await expectNoChange(api, () => judge('confirm', items));
    expectProblem(reply, 422, 'validation-failed');
    expect(reply.body.errors).toEqual([
      { pointer: '/items/2', code: 'row.twice', message: expect.stringContaining('2026-01 stands twice') },
    ]);
  });

  test('is never given by who reported, by who is not finance, or as a rejection without a note', async () => {
    await put([{ month: '2026-01', realised: '1' }]);
    expectProblem(await judge('confirm', [seen('2026-01', '1')], '', 'pm-dig'), 403, 'forbidden');
    expectProblem(await judge('confirm', [seen('2026-01', '1')], '', 'admin'), 403, 'forbidden');
    expectProblem(await judge('reject', [seen('2026-01', '1')], '  '), 422, 'validation-failed');
    await api.sql(
      'update benefit_values set reported_by = $1, version = version + 1 where benefit_id = (select id from benefits where code = $2)',
      [emailOf('finance'), code],
    );
    expect((await list()).body.items[0]).toMatchObject({ mayJudge: false });
    const own = await expectNoChange(api, () => judge('confirm', [seen('2026-01', '1', 2)]));
    expectProblem(own, 403, 'four-eyes');
    expect([own.body.title, own.body.errors[0].code, own.body.refused[0].why]).toEqual([
      'Someone else must judge this',
      'value.four-eyes',
      'own',
    ]);
    expect(own.body.refused[0].message).toBe(
      'You reported this value yourself. Someone else in finance must confirm or reject it.',
    );
    expect((await judge('confirm', [seen('2026-01', '1', 2)], undefined, 'finance-2')).status).toBe(200);
  });

  test('says that someone else confirmed it meanwhile', async () => {
    await put([{ month: '2026-01', realised: '1' }]);
    expect((await judge('confirm', [seen('2026-01', '1')])).status).toBe(200);
    const late = await judge('confirm', [seen('2026-01', '1')], undefined, 'finance-2');
    expectProblem(late, 409, 'conflict');
    expect(late.body.refused).toEqual([
      expect.objectContaining({ why: 'done', message: expect.stringContaining(`by ${emailOf('finance')}`) }),
    ]);
  });

  test('leaves everything that was ever said, newest first', async () => {
    await put([{ month: '2026-01', realised: '9' }]);
    await judge('confirm', [seen('2026-01', '9')], 'seen');
    api.clock.advance(60_000);
    await put([{ month: '2026-01', realised: '7', version: 2, reason: 'credit note' }]);
    api.clock.advance(60_000);
    await judge('reject', [seen('2026-01', '7', 3)], 'which credit note?');
    const { body } = await api.as('cio').get(`/benefits/${code}/confirmations`);
    expect(body.items).toEqual([
      expect.objectContaining({
        verdict: 'rejected',
        amount: '7.00',
        by: emailOf('finance'),
        note: 'which credit note?',
      }),
      expect.objectContaining({ verdict: 'withdrawn', amount: '9.00', by: emailOf('pm-dig'), note: 'credit note' }),
      expect.objectContaining({ verdict: 'confirmed', amount: '9.00', currency: 'USD', version: 1, note: 'seen' }),
    ]);
  });
});
