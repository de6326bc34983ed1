import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { lockThrough, newBenefit, save, stored } from '../support/entries.js';
import { emailOf, expectNoChange, expectProblem, startApi, type Api, type Reply } from '../support/harness.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());
afterEach(() => lockThrough(api, null));

const errorsOf = (reply: Reply): string[] =>
  reply.body.errors.map((error: { pointer: string; code: string }) => `${error.pointer} ${error.code}`);

describe('An entry', () => {
  test('saves cells of many benefits in one step: one receipt, one audit event, the data version of each portfolio', async () => {
    const [a, b] = [await newBenefit(api), await newBenefit(api, { portfolioCode: 'CORE' })];
    await save(api, [{ benefit: a, month: '2026-09', planned: '10' }]);
    const versions = (): Promise<unknown[]> => api.sql('select scope, version from data_versions order by 1');
    const [before, head] = [await versions(), await api.sql<{ seq: string }>('select seq from audit_head')];
    const id = uuidv7();
    const reply = await save(
      api,
      [
        { benefit: a.toLowerCase(), month: '2026-09', realised: '007.5', evidence: 'ledger', version: 1 },
        { benefit: a, month: '2026-10', planned: '11', forecast: '12' },
        { benefit: b, month: '2026-09', planned: '-3' },
      ],
      { id, reason: 'September' },
      'admin',
    );
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      id,
      savedAt: '2026-11-21T12:00:00.000Z',
      by: emailOf('admin'),
      reason: 'September',
      cells: 5,
      benefits: 2,
      canUndo: true,
      undoneAt: null,
      undoneBy: null,
      items: [
        { benefit: a, month: '2026-09', field: 'realised', before: null, after: '7.50', version: 2 },
        { benefit: a, month: '2026-09', field: 'evidence', before: null, after: 'ledger', version: 2 },
        { benefit: a, month: '2026-10', field: 'planned', before: null, after: '11.00', version: 1 },
        { benefit: a, month: '2026-10', field: 'forecast', before: null, after: '12.00', version: 1 },
        { benefit: b, month: '2026-09', field: 'planned', before: null, after: '-3.00', version: 1 },
      ],
    });
    expect(await stored(api, a)).toEqual([
      expect.objectContaining({ month: '2026-09', planned: '10.00', realised: '7.50', reportedBy: emailOf('admin') }),
      expect.objectContaining({ month: '2026-10', planned: '11.00', forecast: '12.00', realised: null, version: 1 }),
    ]);
    const moved = (await versions()).filter(
      (row) => !before.some((old) => JSON.stringify(old) === JSON.stringify(row)),
    );
    expect(moved).toHaveLength(2);
    const events = (await api.as('admin').get('/audit?limit=1')).body.items;
    expect(events[0]).toMatchObject({ seq: Number(head[0]!.seq) + 1, action: 'entered', objectId: id });
    const ofBenefit = (await api.as('admin').get(`/benefits/${b}`)).body.id;
    const history = await api.as('admin').get(`/audit?objectType=benefit&objectId=${ofBenefit}&related=true`);
    expect(history.body.items.map((event: { action: string }) => event.action)).toContain('entered');
  });

  test('sent again answers the same receipt and stores nothing; another under its id is refused', async () => {
    const code = await newBenefit(api);
    const entry = { id: uuidv7(), items: [{ benefit: code, month: '2026-09', planned: '1' }] };
    const first = await api.as('pm-dig').put('/entry', entry);
    expect(first.status).toBe(200);
    const again = await expectNoChange(api, () => api.as('pm-dig').put('/entry', entry));
    expect([again.status, again.body]).toEqual([200, first.body]);
    const other = await save(api, [{ benefit: code, month: '2026-09', planned: '2', version: 1 }], { id: entry.id });
    expectProblem(other, 422, 'validation-failed');
    expect(errorsOf(other)).toEqual(['/id id.taken']);
    expectProblem(await api.as('admin').put('/entry', entry), 422, 'validation-failed');
    expectProblem(
      await save(api, entry.items, { id: '7f9c2ba4-1d0f-4a5e-9c3b-2d1e0f9a8b7c' }),
      422,
      'validation-failed',
    );
  });

  test('in one second and at once twice is stored once', async () => {
    const code = await newBenefit(api);
    const entry = { id: uuidv7(), items: [{ benefit: code, month: '2026-09', planned: '1' }] };
    const replies = await Promise.all(Array.from({ length: 8 }, () => api.as('pm-dig').put('/entry', entry)));
    expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([200]));
    expect(await stored(api, code)).toEqual([expect.objectContaining({ version: 1 })]);
  });

  test('that changes nothing makes no revision and no event', async () => {
    const code = await newBenefit(api);
    await save(api, [{ benefit: code, month: '2026-09', planned: '1' }]);
    const [head] = await api.sql('select seq from audit_head');
    const reply = await save(api, [{ benefit: code, month: '2026-09', planned: '1.0', version: 1 }]);
    expect(reply.body).toMatchObject({ cells: 0, benefits: 0, canUndo: false, items: [] });
    expect(await api.sql('select seq from audit_head')).toEqual([head]);
    expect(await stored(api, code)).toEqual([expect.objectContaining({ version: 1 })]);
  });

  test('of 2 000 cells is one entry', async () => {
    const codes = await Promise.all(Array.from({ length: 50 }, () => newBenefit(api)));
    const months = Array.from(
      { length: 40 },
      (_, index) => `20${20 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`,
    );
    const items = codes.flatMap((benefit) => months.map((month, index) => ({ benefit, month, planned: `${index}.5` })));
    const reply = await save(api, items);
    expect([reply.status, reply.body.cells, reply.body.benefits]).toEqual([200, 2000, 50]);
    const changed = items.map((item) => ({ ...item, planned: '7.25', version: 1 }));
    const again = await save(api, changed);
    expect([again.status, again.body.cells]).toEqual([200, 2000]);
    expect((await api.as('pm-dig').post(`/entries/${again.body.id}/undo`)).status).toBe(200);
    expect((await stored(api, codes[49]!))[39]).toMatchObject({ planned: '39.50', version: 3 });
    expectProblem(await api.as('pm-dig').post(`/entries/${reply.body.id}/undo`), 409, 'conflict');
  });
});

describe('An entry is refused', () => {
  const refused = async (items: unknown[], status: number, type: string, person: 'pm-dig' | 'cio' = 'pm-dig') => {
    const reply = await expectNoChange(api, () => save(api, items, {}, person));
    expectProblem(reply, status, type);
    return reply;
  };

  test('where a value is no number, a month no month, or a field unknown: each by its pointer', async () => {
    const code = await newBenefit(api);
    const reply = await refused(
      [
        { benefit: code, month: '2026-09', realised: 'NA' },
        { benefit: code, month: '2026-13', planned: '1' },
        { benefit: code, month: '2026-10', confirmed: '1' },
      ],
      422,
      'validation-failed',
    );
    expect(reply.body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([
      '/items/0/realised',
      '/items/1/month',
      '/items/2/confirmed',
    ]);
    await refused([], 422, 'validation-failed');
  });

  test('with benefits that are not there or archived, and with months that stand twice', async () => {
    const [code, gone] = [await newBenefit(api), await newBenefit(api)];
    await api.as('admin').delete(`/benefits/${gone}`, { 'if-match': '"v1"' });
    const month = { month: '2026-09', planned: '1' };
    const unknown = await refused(
      [
        { benefit: code, ...month },
        { benefit: 'NOPE', ...month },
        { benefit: gone, ...month },
      ],
      422,
      'validation-failed',
    );
    expect(errorsOf(unknown)).toEqual(['/items/1/benefit benefit.unknown', '/items/2/benefit benefit.unknown']);
    const twice = await refused(
      [
        { benefit: code, ...month },
        { benefit: code.toLowerCase(), ...month },
      ],
      422,
      'validation-failed',
    );
    expect(errorsOf(twice)).toEqual(['/items/1 row.twice']);
  });

  test('with one row of a foreign portfolio, and to whoever enters nothing', async () => {
    const [own, foreign] = [await newBenefit(api), await newBenefit(api, { portfolioCode: 'CORE' })];
    const items = [own, foreign].map((benefit) => ({ benefit, month: '2026-09', planned: '1' }));
    expect(errorsOf(await refused(items, 403, 'forbidden'))).toEqual(['/items/1/benefit benefit.foreign']);
    await refused(items.slice(0, 1), 403, 'forbidden', 'cio');
    expectProblem(await save(api, items.slice(0, 1), {}, 'finance'), 403, 'forbidden');
    expectProblem(await save(api, items.slice(0, 1), {}, 'stakeholder-bu1'), 403, 'forbidden');
    expect((await save(api, items.slice(1), {}, 'pm-core')).status).toBe(200);
  });

  test('where cells are stale: each with both values, who changed it and when', async () => {
    const code = await newBenefit(api);
    await save(api, [{ benefit: code, month: '2026-09', planned: '10' }]);
    await save(api, [{ benefit: code, month: '2026-09', planned: '12', version: 1 }], {}, 'admin');
    const reply = await refused(
      [
        { benefit: code, month: '2026-08', planned: '1' },
        { benefit: code, month: '2026-09', planned: '11', version: 1 },
        { benefit: code, month: '2026-10', planned: '1', version: 3 },
      ],
      412,
      'precondition-failed',
    );
    expect(errorsOf(reply)).toEqual(['/items/1 cell.stale', '/items/2 cell.stale']);
    const nothing = { planned: null, forecast: null, realised: null, evidence: null };
    expect(reply.body.stale).toEqual([
      {
        item: 1,
        benefit: code,
        month: '2026-09',
        yours: { version: 1, planned: '11' },
        theirs: {
          ...nothing,
          version: 2,
          planned: '12.00',
          changedBy: emailOf('admin'),
          changedAt: '2026-11-21T12:00:00.000Z',
        },
      },
      {
        item: 2,
        benefit: code,
        month: '2026-10',
        yours: { version: 3, planned: '1' },
        theirs: { ...nothing, version: null, changedBy: null, changedAt: null },
      },
    ]);
  });

  test('without a reason for a corrected value and for the plan of an approved benefit', async () => {
    const [code, approved] = [await newBenefit(api), await newBenefit(api, { approvedOn: '2026-01-10' })];
    await save(api, [
      { benefit: code, month: '2026-09', realised: '9' },
      { benefit: approved, month: '2026-09', planned: '9' },
    ]);
    api.clock.advance(1000);
    const items = [
      { benefit: code, month: '2026-09', realised: '8', version: 1 },
      { benefit: approved, month: '2026-09', planned: '8', version: 1 },
      { benefit: approved, month: '2026-10', planned: '8' },
    ];
    const reply = await refused(items, 422, 'validation-failed');
    expect(errorsOf(reply)).toEqual([0, 1, 2].map((item) => `/items/${item}/reason reason.required`));
    const [first, ...others] = items;
    expect((await save(api, [{ ...first, reason: 'credit note' }, ...others], { reason: 'new start' })).status).toBe(
      200,
    );
    const reasons = await api.sql(
      `select v.reason from benefit_values v join benefits b on b.id = v.benefit_id where b.code = any ($1) order by b.code, v.month`,
      [[code, approved]],
    );
    expect(reasons).toEqual([{ reason: 'credit note' }, { reason: 'new start' }, { reason: 'new start' }]);
    api.clock.advance(-1000);
  });

  test('for each month without an exchange rate', async () => {
    const code = await newBenefit(api, { currency: 'EUR' });
    const items = ['2026-08', '2026-09'].map((month) => ({ benefit: code, month, planned: '1' }));
    const reply = await refused(items, 422, 'rule-broken');
    expect(errorsOf(reply)).toEqual(['/items/0/month rate.missing', '/items/1/month rate.missing']);
    expect(reply.body.errors[0].message).toContain('Enter the rate first.');
  });

  test('without a reason in a locked month, here and in the grid of one benefit; the database refuses it too', async () => {
    const code = await newBenefit(api);
    await save(api, [{ benefit: code, month: '2026-06', planned: '5', realised: '4' }]);
    await lockThrough(api, '2026-06');
    const planned = { month: '2026-06', planned: '6', version: 1 };
    const reply = await refused(
      [
        { benefit: code, ...planned },
        { benefit: code, month: '2026-05', forecast: '1' },
      ],
      422,
      'validation-failed',
    );
    expect(errorsOf(reply)).toEqual(['/items/0/reason month.locked', '/items/1/reason month.locked']);
    const one = await expectNoChange(api, () => api.as('pm-dig').put(`/benefits/${code}/values`, { items: [planned] }));
    expect(errorsOf(one)).toEqual(['/items/0/reason month.locked']);
    for (const change of ['forecast = 1', 'realised = 3', `evidence = 'x'`, 'archived_at = now()'])
      await expect(
        api.sql(
          `update benefit_values set version = version + 1, reason = null, ${change} where month = '2026-06-01' and benefit_id = (select id from benefits where code = $1)`,
          [code],
        ),
      ).rejects.toThrow('2026-06 is locked');
    await expect(
      api.sql(
        `insert into benefit_values (benefit_id, month, forecast, changed_by) select id, '2026-04-01', 1, 'x' from benefits where code = $1`,
        [code],
      ),
    ).rejects.toThrow('2026-04 is locked');
    const confirmed = await api
      .as('finance')
      .post(`/benefits/${code}/values/2026-06/confirm`, { version: 1, amount: '4' });
    expect(confirmed.status).toBe(200);
    expect(
      (await api.as('finance').post(`/benefits/${code}/values/2026-06/reject`, { version: 2, amount: '4' })).status,
    ).toBe(200);
    const restated = await save(api, [{ benefit: code, month: '2026-06', planned: '6', version: 3 }], {
      reason: 'restated',
    });
    expect([restated.status, restated.body.canUndo]).toEqual([200, true]);
  });
});
