import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { brokenConfirmations, funnelFromHistory } from '../support/confirmations.js';
import { newBenefit, save, stored } from '../support/entries.js';
import { startApi, type Api, type Reply } from '../support/harness.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
  for (const month of ['2026-08', '2026-09'])
    expect((await api.as('admin').post('/exchange-rates', { currency: 'EUR', month, rate: '1.1' })).status).toBe(201);
});
afterAll(() => api.stop());

const MONTHS = ['2026-08', '2026-09'];
const months = fc.subarray(MONTHS, { minLength: 1 });
const month = fc.constantFrom(...MONTHS);
const amount = fc.integer({ min: -2, max: 2 }).map(String);

/** What somebody does next; versions, amounts, entries and imports are looked up when its turn comes. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('enter' as const), months, amount }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('put' as const), months, amount: fc.option(amount) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('evidence' as const), month, text: fc.constantFrom('a', 'b') }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('confirm' as const),
      month,
      who: fc.constantFrom('finance', 'finance-2'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('confirm all' as const, 'reject all' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reject' as const), month }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('import' as const), months, amount, attested: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('revert' as const), back: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo' as const), back: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('currency' as const), to: fc.constantFrom('USD', 'EUR') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('archive' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Stage {
  code: string;
  entries: string[];
  imports: string[];
}
type Row = Record<string, unknown>;

const judge = async (verdict: 'confirm' | 'reject', code: string, rows: Row[]): Promise<Reply | null> => {
  if (rows.length === 0) return null;
  const { currency } = (await api.as('finance').get(`/benefits/${code}`)).body;
  return api.as('finance').post('/confirmations', {
    verdict,
    note: 'said so',
    items: rows.map((row) => ({
      benefit: code,
      month: row['month'],
      version: row['version'],
      amount: row['realised'],
      currency,
    })),
  });
};

const take = async (stage: Stage, done: Step): Promise<Reply | null> => {
  const { code } = stage;
  const rows = await stored(api, code).catch(() => null);
  if (rows === null || rows === undefined) return null; // it is archived
  const at = (wanted: string): Row | undefined => rows.find((row) => row['month'] === wanted);
  const versionOf = (wanted: string): Row => (at(wanted) ? { version: at(wanted)!['version'] } : {});
  const realised = rows.filter((row) => row['realised'] !== null);
  switch (done.kind) {
    case 'enter': {
      const items = done.months.map((each) => ({
        benefit: code,
        month: each,
        realised: done.amount,
        ...versionOf(each),
      }));
      const reply = await save(api, items, { reason: 'step' });
      if (reply.status === 200 && reply.body.cells > 0) stage.entries.push(reply.body.id);
      return reply;
    }
    case 'put': {
      const items = done.months.map((each) => ({
        month: each,
        realised: done.amount,
        reason: 'step',
        ...versionOf(each),
      }));
      return api.as('pm-dig').put(`/benefits/${code}/values`, { items });
    }
    case 'evidence': {
      if (!at(done.month)) return null;
      const item = { month: done.month, evidence: done.text, reason: 'step', ...versionOf(done.month) };
      return api.as('pm-dig').put(`/benefits/${code}/values`, { items: [item] });
    }
    case 'confirm all':
    case 'reject all':
      return judge(done.kind === 'confirm all' ? 'confirm' : 'reject', code, realised);
    case 'import': {
      const header = `benefit_code,month,realised${done.attested ? ',confirmed_by_email' : ''}\n`;
      const lines = done.months.map(
        (each) => `${code},${each},${done.amount}${done.attested ? ',auditor@tests.example' : ''}\n`,
      );
      const reply = await api
        .as('admin')
        .upload('/imports', [{ name: 'benefit_values.csv', content: header + lines.join('') }]);
      if (reply.status === 201) stage.imports.push(reply.body.id);
      return reply;
    }
    case 'revert': {
      const id = stage.imports.at(-1 - done.back);
      return id ? api.as('admin').post(`/imports/${id}/revert`) : null;
    }
    case 'undo': {
      const id = stage.entries.at(-1 - done.back);
      return id ? api.as('pm-dig').post(`/entries/${id}/undo`) : null;
    }
    case 'currency':
    case 'archive': {
      const found = await api.as('admin').get(`/benefits/${code}`);
      const match = { 'if-match': found.headers.get('etag')! };
      return done.kind === 'currency'
        ? api.as('admin').patch(`/benefits/${code}`, { currency: done.to }, match)
        : api.as('admin').delete(`/benefits/${code}`, match);
    }
    default: {
      const row = at(done.month);
      if (!row || row['realised'] === null) return null;
      const given = { version: row['version'], amount: row['realised'] };
      const who = done.kind === 'confirm' ? (done.who as 'finance' | 'finance-2') : 'finance';
      return api.as(who).post(`/benefits/${code}/values/${done.month}/${done.kind}`, given);
    }
  }
};

/** Runs so many sequences and looks after each step of each. @returns how often each kind of step ended how */
const walk = async (random: Pick<fc.Parameters, 'numRuns' | 'seed' | 'path'>): Promise<Record<string, number>> => {
  const seen: Record<string, number> = {};
  let verdicts = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      const stage: Stage = { code: await newBenefit(api), entries: [], imports: [] };
      for (const done of steps) {
        const reply = await take(stage, done);
        if (!reply) continue;
        const name = `${done.kind} ${reply.status}`;
        seen[name] = (seen[name] ?? 0) + 1;
        // Each step is done, or refused with a reason; nothing breaks.
        expect({ name, detail: reply.status >= 400 ? reply.body?.detail : 'x' }).toEqual({
          name: expect.stringMatching(/ (200|201|204|409|412|422)$/),
          detail: expect.stringMatching(/./),
        });
        expect({ name, broken: await brokenConfirmations(api) }).toEqual({ name, broken: [] });
        // Append-only: what was said before is still there.
        const [all] = await api.sql<{ n: number }>('select count(*)::int as n from confirmations');
        expect(all!.n).toBeGreaterThanOrEqual(verdicts);
        verdicts = all!.n;
      }
      const { funnel } = (await api.as('cio').get('/value?period=2026-Q4')).body;
      expect(funnel).toMatchObject(await funnelFromHistory(api, '2027-01-01'));
    }),
    { ...random, endOnFailure: true },
  );
  return seen;
};

test('no order of entering, correcting, confirming, rejecting, importing, reverting, undoing and archiving ever leaves a confirmed value that differs from what was confirmed', async () => {
  const seen = await walk({ numRuns: 70, seed: 8 });
  await expect(api.sql('delete from confirmations')).rejects.toThrow();
  await expect(api.sql(`update confirmations set amount = 0`)).rejects.toThrow();
  // The sequences went where they should: each kind was done, and each that can be refused was.
  const wanted = [
    'enter 200',
    'put 200',
    'evidence 200',
    'confirm 200',
    'confirm all 200',
    'reject 200',
    'reject all 200',
  ];
  wanted.push('import 201', 'revert 200', 'undo 200', 'undo 409', 'currency 200', 'currency 409', 'archive 204');
  expect(Object.keys(seen).sort()).toEqual(expect.arrayContaining(wanted));
}, 300_000);

// Other sequences each time: where one fails, the failure names its seed and path, and these as parameters of `walk` repeat it.
test('nor does any order that nobody tried before', async () => {
  await walk({ numRuns: 40 });
}, 300_000);

test('an attested value whose import is reverted, entered anew with the same amount, is confirmed by nobody', async () => {
  const code = await newBenefit(api);
  const [month] = MONTHS;
  const content = `benefit_code,month,realised,confirmed_by_email\n${code},${month},9,auditor@tests.example\n`;
  const imported = await api.as('admin').upload('/imports', [{ name: 'benefit_values.csv', content }]);
  expect(imported.status).toBe(201);
  expect(await stored(api, code)).toMatchObject([{ realised: '9.00', confirmed: '9.00', confirmedHow: 'attestation' }]);
  expect((await api.as('admin').post(`/imports/${imported.body.id}/revert`)).status).toBe(200);
  expect(await brokenConfirmations(api)).toEqual([]);
  expect((await save(api, [{ benefit: code, month, realised: '9' }])).status).toBe(200);
  const nobody = { confirmed: null, confirmedBy: null, confirmedAt: null, confirmedHow: null };
  expect(await stored(api, code)).toMatchObject([{ realised: '9.00', ...nobody }]);
  expect((await api.as('finance').get(`/benefits/${code}/confirmations`)).body.items).toMatchObject([
    { verdict: 'withdrawn', amount: '9.00', currency: 'USD', note: 'import benefit_values.csv reverted' },
    { verdict: 'attested', amount: '9.00', currency: 'USD' },
  ]);
  // The same attestation once more is one, and is said to be.
  const again = await api.as('admin').upload('/imports', [{ name: 'benefit_values.csv', content }]);
  expect([again.status, (await stored(api, code))[0]]).toEqual([201, expect.objectContaining({ confirmed: '9.00' })]);
  expect(await brokenConfirmations(api)).toEqual([]);
});
