import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Reminder } from '../../server/contract/reminder.js';
import { lockThrough, newBenefit, save } from '../support/entries.js';
import { emailOf, expectProblem, startApi, type Api, type Person, type Reply } from '../support/harness.js';

let api: Api;
let claims: string;
let core: string;
let owned: string;

beforeAll(async () => {
  api = await startApi();
  claims = await newBenefit(api, { name: 'Claims handled' });
  core = await newBenefit(api, { name: 'Licences', portfolioCode: 'CORE', orgUnitCode: 'BU2' });
  owned = await newBenefit(api, {
    name: 'Shorter calls',
    portfolioCode: 'CORE',
    ownerEmail: emailOf('Stakeholder-BU1').toUpperCase(),
  });
  await save(api, [
    { benefit: claims, month: '2026-08', planned: '12' },
    { benefit: claims, month: '2026-09', forecast: '12' },
    { benefit: claims, month: '2026-10', planned: '12' },
    { benefit: claims, month: '2026-11', planned: '12' },
    { benefit: claims, month: '2026-12', planned: '12' },
  ]);
  await save(
    api,
    [
      { benefit: core, month: '2026-10', planned: '3' },
      { benefit: owned, month: '2026-10', planned: '3' },
    ],
    {},
    'pm-core',
  );
});
afterAll(() => api.stop());
beforeEach(() => api.clock.set('2026-11-21T12:00:00Z'));

const due = (person: Person, query = ''): Promise<Reply> => api.as(person).get(`/reminders${query}`);
const items = async (person: Person, query = ''): Promise<Reminder[]> => (await due(person, query)).body.items;
const ofKind = async (person: Person, kind: Reminder['kind'], query = ''): Promise<Reminder[]> =>
  (await items(person, query)).filter((item) => item.kind === kind);
const change = async (settings: Record<string, unknown>): Promise<void> => {
  const admin = api.as('admin');
  const etag = (await admin.get('/settings')).headers.get('etag')!;
  expect((await admin.patch('/settings', settings, { 'if-match': etag })).status).toBe(200);
};
const enter = async (items: unknown[], more: { reason?: string } = {}): Promise<void> => {
  const reply = await save(api, items, more);
  expect([reply.status, reply.status === 200 ? '' : reply.text]).toEqual([200, '']);
};

describe('Values', () => {
  test('one line a benefit with its months, from the day on which the first is due', async () => {
    const reply = await due('pm-dig');
    expect(reply.body).toMatchObject({ today: '2026-11-21', until: '2026-12-21' });
    const [item] = await ofKind('pm-dig', 'values');
    const [id] = await api.sql<{ id: string }>('select id from benefits where code = $1', [claims]);
    expect(item).toEqual({
      id: `values-${id!.id}`,
      kind: 'values',
      title: 'Enter 4 values of Claims handled for Aug 2026 to Nov 2026',
      time: 'overdue',
      dueOn: '2026-09-15',
      since: null,
      overdueDays: 67,
      link: `/enter?q=${claims}&from=2026-08`,
      object: { type: 'benefit', code: claims, name: 'Claims handled' },
      months: ['2026-08', '2026-09', '2026-10', '2026-11'],
      count: 4,
      amount: null,
    });
  });

  test('each month is due on its day, and overdue from the day after, as in the entry grid', async () => {
    const monthsOf = async (query: string) => (await ofKind('pm-dig', 'values', query)).flatMap(({ months }) => months);
    expect(await monthsOf('?horizon=0')).toEqual(['2026-08', '2026-09', '2026-10']);
    expect(await monthsOf('?horizon=23')).toEqual(['2026-08', '2026-09', '2026-10']);
    expect(await monthsOf('?horizon=24')).toEqual(['2026-08', '2026-09', '2026-10', '2026-11']);
    for (const [now, overdue] of [
      ['2026-09-15T23:59:00Z', false],
      ['2026-09-16T00:00:00Z', true],
    ] as const) {
      api.clock.set(now);
      const [item] = await ofKind('pm-dig', 'values', '?horizon=0');
      expect([item!.time === 'overdue', item!.overdueDays]).toEqual([overdue, overdue ? 1 : 0]);
      const { rows } = (await api.as('pm-dig').get(`/entry?q=${claims}&from=2026-08&to=2026-08`)).body;
      expect(rows[0].cells[0].state.overdue).toBe(overdue);
    }
  });

  test('the day is that of the reporting time zone and of the settings', async () => {
    await change({ valuesDueDay: 20 });
    expect((await ofKind('pm-dig', 'values'))[0]!.dueOn).toBe('2026-09-20');
    await change({ valuesDueDay: 15 });
    await change({ reportingTimeZone: 'Pacific/Auckland' });
    expect((await due('pm-dig')).body.today).toBe('2026-11-22');
    await change({ reportingTimeZone: 'UTC' });
  });

  test('a value that is entered is due no longer, also in a locked month', async () => {
    const code = await newBenefit(api, { name: 'Fewer letters' });
    await enter([
      { benefit: code, month: '2026-09', planned: '5' },
      { benefit: code, month: '2026-10', planned: '5' },
    ]);
    await lockThrough(api, '2026-09');
    const months = async () =>
      (await ofKind('pm-dig', 'values')).find(({ object }) => object?.code === code)?.months ?? [];
    expect(await months()).toEqual(['2026-09', '2026-10']);
    await enter([{ benefit: code, month: '2026-09', version: 1, realised: '4' }], { reason: 'late' });
    expect(await months()).toEqual(['2026-10']);
    await lockThrough(api, null);
    await enter([{ benefit: code, month: '2026-10', version: 1, realised: '0' }]);
    expect(await months()).toEqual([]);
  });

  test('are for the owner and for the manager of the portfolio, and for nobody else', async () => {
    const codes = async (person: Person) => (await ofKind(person, 'values')).map(({ object }) => object!.code);
    expect(await codes('pm-core')).toEqual([core, owned]);
    for (const person of ['admin', 'cio', 'finance', 'stakeholder-bu2'] as const)
      expect([person, await codes(person)]).toEqual([person, []]);
    // Who may not enter is led to the benefit.
    expect(await ofKind('stakeholder-bu1', 'values')).toMatchObject([
      { title: 'Shorter calls lacks the value for Oct 2026', link: `/benefits/${owned}` },
    ]);
  });

  test('an owner who may not read the unit of the benefit is told nothing of it', async () => {
    await api.sql(
      `update benefits set version = version + 1, org_unit_id = (select id from org_units where code = 'BU2') where code = $1`,
      [owned],
    );
    expect(await items('stakeholder-bu1')).toEqual([]);
    await api.sql(
      `update benefits set version = version + 1, org_unit_id = (select id from org_units where code = 'BU1') where code = $1`,
      [owned],
    );
  });

  test('nobody without a role, and nobody who is not signed in, asks', async () => {
    expectProblem(await due('nobody'), 403, 'forbidden');
    expectProblem(await due('anonymous'), 401, 'unauthenticated');
    expectProblem(await due('cio', '?horizon=400'), 422, 'validation-failed');
  });
});

describe('Confirmation', () => {
  let code: string;
  beforeAll(async () => {
    api.clock.set('2026-10-03T12:00:00Z');
    code = await newBenefit(api, { name: 'Faster claims' });
    await enter([
      { benefit: code, month: '2026-08', planned: '10', realised: '9.5' },
      { benefit: code, month: '2026-09', planned: '10', realised: '10.25' },
    ]);
  });

  test('is one line for finance, with what waits and since when', async () => {
    const { counts } = (await api.as('finance').get('/confirmations')).body as {
      counts: { state: string; count: number; amount: string }[];
    };
    const waiting = counts.find(({ state }) => state === 'waiting')!;
    expect(waiting.count).toBeGreaterThanOrEqual(2);
    expect(await items('finance')).toEqual([
      {
        id: 'confirmations',
        kind: 'confirmations',
        title: `Confirm or reject ${waiting.count} values`,
        time: 'week',
        dueOn: null,
        since: '2026-10-03',
        overdueDays: 0,
        link: '/confirm',
        object: null,
        months: [],
        count: waiting.count,
        amount: { value: waiting.amount, currency: 'USD' },
      },
    ]);
    for (const person of ['pm-dig', 'cio', 'admin'] as const) expect(await ofKind(person, 'confirmations')).toEqual([]);
  });

  test('a rejected value is to be put right, from the day of its month or of its rejection', async () => {
    const reject = await api.as('finance').post('/confirmations', {
      verdict: 'reject',
      note: 'The ledger says 9',
      items: [{ benefit: code, month: '2026-09', version: 1, amount: '10.25', currency: 'USD' }],
    });
    expect(reject.status).toBe(200);
    const found = async () => (await ofKind('pm-dig', 'rejected')).filter(({ object }) => object?.code === code);
    expect(await found()).toMatchObject([
      {
        title: 'Put right the value of Faster claims for Sep 2026: “The ledger says 9”',
        dueOn: '2026-11-21',
        time: 'week',
        link: `/enter?q=${code}&from=2026-09`,
        months: ['2026-09'],
      },
    ]);
    expect(await ofKind('pm-core', 'rejected')).toEqual([]);
    await enter([{ benefit: code, month: '2026-09', version: 2, realised: '9' }], { reason: 'as the ledger' });
    expect(await found()).toEqual([]);
  });
});

describe('What has an owner and a day', () => {
  const ofPerson = (person: Person) => emailOf(person).toUpperCase();

  test('corrective actions that are not done', async () => {
    await api.sql(
      `insert into corrective_actions (code, benefit_id, title, owner_email, due_on, done_on)
       select a.code, b.id, a.title, $2, a.due_on::date, a.done_on::date
       from benefits b, (values ('A1', 'Train the team', '2026-11-20', null), ('A2', 'Done', '2026-11-20', '2026-11-19'),
         ('A3', 'Far away', '2027-03-01', null), ('A4', 'Call back', '2026-11-28', null)) a (code, title, due_on, done_on)
       where b.code = $1`,
      [claims, ofPerson('cio')],
    );
    expect(await ofKind('cio', 'action')).toMatchObject([
      { title: 'Finish: Train the team', time: 'overdue', overdueDays: 1, link: `/benefits/${claims}` },
      { title: 'Finish: Call back', time: 'week', dueOn: '2026-11-28' },
    ]);
    expect(await ofKind('pm-dig', 'action')).toEqual([]);
  });

  test('assumptions to look at again', async () => {
    await api.sql(
      `insert into assumptions (code, benefit_id, statement, owner_email, status, review_on)
       select 'S1', id, 'Prices hold', $2, 'holds', '2026-12-10' from benefits where code = $1`,
      [claims, ofPerson('finance')],
    );
    expect(await ofKind('finance', 'assumption')).toMatchObject([
      { title: 'Look again whether it holds: Prices hold', time: 'later', dueOn: '2026-12-10' },
    ]);
  });

  test('evidence of own benefits that ends', async () => {
    await api.sql(
      `insert into evidence_items (benefit_id, kind, title, note, expires_on, added_by, archived_at)
       select b.id, 'text', e.title, 'x', e.ends::date, 'x@y', e.archived::timestamptz from benefits b,
         (values ('Audit of 2025', '2026-11-01', null), ('Sample', '2026-12-21', null), ('Later', '2026-12-22', null),
           ('Gone', '2026-11-01', '2026-11-02')) e (title, ends, archived) where b.code = $1`,
      [claims],
    );
    expect((await ofKind('pm-dig', 'evidence')).map(({ title, time }) => [title, time])).toEqual([
      ['Renew the evidence “Audit of 2025” of Claims handled', 'overdue'],
      ['Renew the evidence “Sample” of Claims handled', 'later'],
    ]);
    expect(await ofKind('pm-core', 'evidence')).toEqual([]);
  });

  test('open decisions: for the CIO, and for the manager of the portfolio that they are about', async () => {
    await api.sql(
      `insert into decisions (code, title, needed_by, decided_at, about_type, about_id)
       select d.code, d.title, d.needed::date, d.decided::timestamptz, 'benefit', b.id from benefits b,
         (values ('D1', 'Stop it?', '2026-11-25', null), ('D2', 'Taken', '2026-11-25', '2026-11-20')) d (code, title, needed, decided)
       where b.code = $1`,
      [claims],
    );
    for (const person of ['cio', 'pm-dig'] as const)
      expect(await ofKind(person, 'decision')).toMatchObject([
        {
          title: 'Decide: Stop it?',
          time: 'week',
          link: `/benefits/${claims}`,
          object: { type: 'decision', code: 'D1' },
        },
      ]);
    for (const person of ['pm-core', 'finance', 'admin', 'stakeholder-bu1'] as const)
      expect(await ofKind(person, 'decision')).toEqual([]);
  });

  test('a stakeholder is told of no action or assumption: they read none', async () => {
    await api.sql(`update corrective_actions set version = version + 1, owner_email = $1 where code = 'A1'`, [
      emailOf('stakeholder-bu1'),
    ]);
    await api.sql(`update assumptions set version = version + 1, owner_email = $1`, [emailOf('stakeholder-bu1')]);
    const kinds = (await items('stakeholder-bu1')).map(({ kind }) => kind);
    expect(kinds).not.toContain('action');
    expect(kinds).not.toContain('assumption');
  });
});

test('the list counts itself, the longest overdue first', async () => {
  const { items: all, counts } = (await due('pm-dig')).body as {
    items: Reminder[];
    counts: Record<Reminder['time'], number>;
  };
  for (const time of ['overdue', 'week', 'later'] as const)
    expect(counts[time]).toBe(all.filter((item) => item.time === time).length);
  const days = all.map(({ dueOn }) => dueOn!);
  expect(days).toEqual([...days].sort());
});
