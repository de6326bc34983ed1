import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decisionsOf } from '../support/decisions.js';
import { expectNoChange, expectProblem, startApi, type Api, type Reply } from '../support/harness.js';
import { type Files, stored } from '../support/imports.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const put = (files: Files): Promise<string> => stored(api, files);
const revert = (id: string): Promise<Reply> => api.as('admin').post(`/imports/${id}/revert`);

/** Everything live, by what people read: versions and times move on. */
const live = async (): Promise<unknown> => ({
  investments: await api.sql('select code, name, description from investments where archived_at is null order by 1'),
  costs: await api.sql(
    'select month, kind, planned, actual from investment_costs where archived_at is null order by 1, 2',
  ),
  links: await api.sql('select from_type, to_type, allocation from links where archived_at is null order by 1, 2, 3'),
  values: await api.sql(
    'select month, planned, realised, reported_by, confirmed_by, confirmed_amount from benefit_values where archived_at is null order by 1',
  ),
  rates: await api.sql('select currency, month, rate from exchange_rates where archived_at is null order by 1, 2'),
});

describe('Reverting an import', () => {
  test('archives what it created, and what it changed becomes what it was', async () => {
    await put({
      'investments.csv': 'code,name,description\nA,Alpha,first\n',
      'initiatives.csv': 'code,name\nI,Init\nJ,Other\n',
      'links.csv': 'from_code,to_code,allocation\nA,I,100\n',
      'benefits.csv': 'code,name,currency\nB,Ben,USD\n',
      'benefit_values.csv': 'benefit_code,month,planned,realised,confirmed_by_email\nB,2026-01,10,8,fin@example.org\n',
    });
    const before = await live();
    const id = await put({
      'investments.csv': 'code,name,description\nA,Alpha two,(clear)\nC,Created,\n',
      'investment_costs.csv': 'investment_code,month,kind,planned\nC,2026-01,opex,5\nA,2026-01,opex,7\n',
      'links.csv': 'from_code,to_code,allocation\nA,I,40\nA,J,60\n',
      'benefit_values.csv': 'benefit_code,month,realised\nB,2026-01,9\nB,2026-02,3\n',
      'exchange_rates.csv': 'currency,month,rate\nEUR,2026-01,1.1\n',
    });
    const reply = await api.as('admin').post(`/imports/${id}/revert`, undefined, { 'change-reason': 'Wrong%20file' });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ id, status: 'reverted', revertedAt: expect.any(String) });
    expect(await live()).toEqual(before);
    const [value] = await api.sql(
      `select v.version, v.reason, v.changed_by from benefit_values v where v.month = '2026-01-01' and v.archived_at is null`,
    );
    expect(value).toEqual({
      version: 3,
      reason: 'import investments.csv and 4 more files reverted: Wrong file',
      changed_by: 'admin@tests.example',
    });
    expectProblem(await revert(id), 409, 'conflict');
  });

  test('of all golden tables leaves no record live, and the same import brings all back', async () => {
    const folder = resolve('tests/golden/data/tables');
    const files = Object.fromEntries(
      readdirSync(folder).map((name) => [name, readFileSync(resolve(folder, name), 'utf8')]),
    );
    const count = async () =>
      (
        await api.sql<{ count: number }>(
          'select count(*) as count from work_item_transitions where archived_at is null',
        )
      )[0]!.count;
    const id = await put(files);
    const stored = await count();
    expect((await revert(id)).status).toBe(200);
    expect(await count()).toBe(0);
    const again = await put(files);
    expect(await count()).toBe(stored);
    expect((await revert(again)).status).toBe(200);
    expect(await count()).toBe(0);
  });

  test('is refused once a record was changed after it, naming the record', async () => {
    const id = await put({ 'investments.csv': 'code,name\nLATER,Later\n' });
    const read = await api.as('admin').get('/investments/LATER');
    const patched = await api
      .as('admin')
      .patch('/investments/LATER', { name: 'Changed' }, { 'if-match': read.headers.get('etag')! });
    expect(patched.status).toBe(200);
    const reply = await expectNoChange(api, () => revert(id));
    expectProblem(reply, 409, 'conflict');
    expect(reply.body.errors).toEqual([
      {
        pointer: 'investment:LATER',
        code: 'changed_since',
        message: expect.stringContaining('Investment LATER was changed'),
      },
    ]);
  });

  test('is refused while later records refer to what it created', async () => {
    const id = await put({ 'investments.csv': 'code,name\nBASE,Base\n' });
    await put({
      'investment_costs.csv': 'investment_code,month,kind,planned\nBASE,2026-01,opex,5\n',
      'links.csv': 'from_code,to_code\nBASE,I\n',
    });
    const reply = await expectNoChange(api, () => revert(id));
    expectProblem(reply, 409, 'conflict');
    expect(reply.body.errors).toMatchObject([
      { pointer: 'investment_cost:BASE 2026-01 opex', code: 'referred_to' },
      { pointer: 'link:BASE I', code: 'referred_to' },
    ]);
  });

  test('is refused while amounts need its rates', async () => {
    const id = await put({ 'exchange_rates.csv': 'currency,month,rate\nGBP,2026-01,1.2\n' });
    await put({
      'investments.csv': 'code,name,currency\nPOUND,Pound,GBP\n',
      'investment_costs.csv': 'investment_code,month,kind,planned\nPOUND,2026-01,opex,5\n',
    });
    const reply = await expectNoChange(api, () => revert(id));
    expectProblem(reply, 409, 'conflict');
    expect(reply.body.errors).toMatchObject([{ code: 'rule', message: expect.stringContaining('GBP') }]);
  });

  test('is refused where it would bring back a reference to what was archived meanwhile, naming it', async () => {
    await put({
      'org_units.csv': 'code,name\nOLD,Old\nNEW,New\n',
      'investments.csv': 'code,name,org_unit_code\nMOVED,Moved,OLD\nABOUT,About,\n',
      'work_items.csv': 'code,title,depends_on\nW-OLD,Old,\nW,Item,W-OLD\n',
      'decisions.csv': 'code,title,about_code\nDEC,Decision,ABOUT\n',
    });
    const id = await put({
      'investments.csv': 'code,org_unit_code\nMOVED,NEW\n',
      'work_items.csv': 'code,depends_on\nW,(clear)\n',
      'decisions.csv': 'code,about_code\nDEC,MOVED\n',
    });
    for (const path of ['/org-units/OLD', '/work-items/W-OLD', '/investments/ABOUT']) {
      const read = await api.as('admin').get(path);
      const archived = await api.as('admin').delete(path, { 'if-match': read.headers.get('etag')! });
      expect(archived.status).toBe(204);
    }
    const reply = await expectNoChange(api, () => revert(id));
    expectProblem(reply, 409, 'conflict');
    expect(reply.body.errors).toMatchObject([
      { pointer: 'org_unit:OLD', code: 'archived_since', message: expect.stringMatching(/MOVED.*OLD/) },
      { pointer: 'investment:ABOUT', code: 'archived_since', message: expect.stringMatching(/DEC.*ABOUT/) },
      { pointer: 'work_item:W-OLD', code: 'archived_since', message: expect.stringMatching(/W.*W-OLD/) },
    ]);
  });

  test('is refused where shares would exceed the whole, naming the links', async () => {
    await put({
      'investments.csv': 'code,name\nSH,Shares\n',
      'initiatives.csv': 'code,name\nSH-1,One\nSH-2,Two\n',
      'links.csv': 'from_code,to_code,allocation\nSH,SH-1,100\n',
    });
    const id = await put({ 'links.csv': 'from_code,to_code,allocation\nSH,SH-1,40\n' });
    await put({ 'links.csv': 'from_code,to_code,allocation\nSH,SH-2,60\n' });
    const reply = await expectNoChange(api, () => revert(id));
    expectProblem(reply, 409, 'conflict');
    expect(reply.body.errors).toMatchObject([
      { pointer: 'link:SH SH-2', code: 'share.allocation', message: expect.stringMatching(/investment SH .*160 %/) },
    ]);
  });

  test('is refused where parents would lead back to where they start, naming them', async () => {
    await put({ 'capabilities.csv': 'code,name,parent_code\nCY-1,One,\nCY-2,Two,CY-1\n' });
    const id = await put({ 'capabilities.csv': 'code,parent_code\nCY-2,(clear)\n' });
    await put({ 'capabilities.csv': 'code,parent_code\nCY-1,CY-2\n' });
    const reply = await expectNoChange(api, () => revert(id));
    expectProblem(reply, 409, 'conflict');
    expect(reply.body.errors).toMatchObject([
      { pointer: 'capability:CY-1', code: 'reference.cycle', message: expect.stringContaining('CY-1') },
    ]);
  });

  test('takes back what a migration has mended since: nobody changed it', async () => {
    await put({ 'metric_targets.csv': 'metric_id,from_period,target,amber\nflow.wip,2026-Q1,10,12\n' });
    const id = await put({
      'metric_targets.csv':
        'metric_id,from_period,target,amber\nflow.wip,2026-Q1,(clear),(clear)\nflow.wip,2026-Q2,8,9\n',
    });
    // As 0014 did it: the version moves on, nobody stands in the audit; what was before is in the form of before.
    await api.sql(
      `update metric_targets set version = version + 1 where metric_id = 'flow.wip' and archived_at is null`,
    );
    await api.sql(`update import_changes set before = before || '{"metric_id": "Flow.WIP", "target": null}'
      where import_id = '${id}' and action = 'updated'`);
    expectProblem(await revert(id), 409, 'conflict');
    await api.sql(`insert into mended_records select table_name, record_id, version_after, version_after + 1 from import_changes
      where import_id = '${id}'`);
    expect((await revert(id)).status).toBe(200);
    expect(
      await api.sql('select metric_id, from_period, target, amber from metric_targets where archived_at is null'),
    ).toEqual([{ metric_id: 'flow.wip', from_period: '2026-Q1', target: null, amber: null }]);
  });

  test('is refused where it would bring back what can be stored no more, in words', async () => {
    await put({
      'services.csv': 'code,name\nSVC-R,Portal\n',
      'service_months.csv': 'service_code,month,agreed_minutes,downtime_minutes\nSVC-R,2026-01,100,10\n',
      'decisions.csv': 'code,title\nDEC-R,Choice\n',
      'decision_options.csv': 'decision_code,name,chosen\nDEC-R,Build,no\nDEC-R,Buy,no\n',
      'initiatives.csv': 'code,name\nDUP-1,One\nDUP-2,Two\n',
    });
    const id = await put({
      'service_months.csv': 'service_code,month,downtime_minutes\nSVC-R,2026-01,20\n',
      'decision_options.csv': 'decision_code,name,consequence\nDEC-R,Build,Own it\nDEC-R,Buy,Rent it\n',
      'initiatives.csv': 'code,description\nDUP-1,first\n',
    });
    await put({ 'initiatives.csv': 'code,duplicate_of_code\nDUP-2,DUP-1\n' });
    // As it was stored before there were rules against it.
    await api.sql(`update import_changes set before = before || case table_name
        when 'service_months' then '{"downtime_minutes": 300}'::jsonb
        when 'decision_options' then '{"chosen": true}'::jsonb
        else jsonb_build_object('duplicate_of_id', (select id from initiatives where code = 'DUP-2')) end
      where import_id = '${id}'`);
    const reply = await expectNoChange(api, () => revert(id));
    expectProblem(reply, 409, 'conflict');
    expect(reply.body.errors).toMatchObject([
      {
        pointer: 'initiative:DUP-2',
        code: 'reference.cycle',
        message: expect.stringMatching(/would duplicate itself/),
      },
      { pointer: 'decision:DEC-R', code: 'option.two_chosen', message: expect.stringMatching(/\(Build, Buy\)/) },
      {
        pointer: 'service_month:SVC-R 2026-01',
        code: 'part.over_whole',
        message: expect.stringMatching(/more downtime than agreed minutes/),
      },
    ]);
  });

  test('is refused where it would take an option from a decision that was taken since, until that is opened again', async () => {
    const { act, ok, page } = decisionsOf(api);
    await put({
      'decisions.csv': 'code,title,raised_at\nDEC-S,Choice,2026-10-01T08:00:00Z\n',
      'decision_options.csv': 'decision_code,name\nDEC-S,Build\n',
    });
    const id = await put({ 'decision_options.csv': 'decision_code,name\nDEC-S,Buy\n' });
    const { decision, options } = await page('DEC-S');
    const chosen = options.find(({ name }) => name === 'Build')!.id;
    const closing = { outcome: 'approved', decidedLevel: 2, decidedOn: '2026-11-01', chosen };
    await ok(act('DEC-S', 'close', closing, decision.version));
    const refused = await expectNoChange(api, () => revert(id));
    expectProblem(refused, 409, 'conflict');
    expect(refused.body.errors).toEqual([
      {
        pointer: 'decision:DEC-S',
        code: 'decision.closed',
        message: expect.stringContaining('Open it again on its page, with a reason, or keep the import.'),
      },
    ]);
    const { version } = (await page('DEC-S')).decision;
    await ok(act('DEC-S', 'reopen', { reason: 'Buying is off the table' }, version));
    expect((await revert(id)).status).toBe(200);
    expect((await page('DEC-S')).options.map(({ name }) => name)).toEqual(['Build']);
  });

  test('leaves the keys of what forms make free: entered again it comes back, with nothing of what it was', async () => {
    await put({ 'services.csv': 'code,name\nSVC-K,Kept\n' });
    const id = await put({
      'services.csv': 'code,name,owner_email\nSVC-B,Before,owner@tests.example\n',
      'service_months.csv': 'service_code,month,agreed_minutes,downtime_minutes\nSVC-K,2026-01,100,10\n',
      'stages.csv': 'code,name,kind,position\nCHECK,Check,waiting,4\n',
      'indicators.csv': 'code,name,unit,better\nIND-B,Before,hours,lower\n',
    });
    expect((await revert(id)).status).toBe(200);
    const cases = [
      ['/services', { code: 'svc-b', name: 'Again' }, { ownerEmail: null }],
      ['/service-months', { serviceCode: 'SVC-K', month: '2026-01', agreedMinutes: 90 }, { downtimeMinutes: null }],
      ['/stages', { code: 'CHECK', name: 'Again' }, { kind: null, position: null }],
      ['/indicators', { code: 'IND-B', name: 'Again' }, { unit: null, better: null }],
    ] as const;
    for (const [path, fields, blank] of cases) {
      const again = await api.as('admin').post(path, fields);
      expect([path, again.status]).toEqual([path, 201]);
      expect(again.body).toMatchObject({ ...fields, ...blank, archivedAt: null });
      expectProblem(await api.as('admin').post(path, fields), 409, 'duplicate');
    }
    const [event] = (await api.as('cio').get('/audit?objectType=indicator')).body.items;
    expect([event.action, event.objectCode]).toEqual(['restored', 'IND-B']);
  });

  test('is for who imported and for administrators', async () => {
    const id = await put({ 'investments.csv': 'code,name,portfolio_code\nFOREIGN,Foreign,DIG\n' });
    expectProblem(await api.as('pm-dig').post(`/imports/${id}/revert`), 403, 'forbidden');
    expectProblem(await api.as('stakeholder-bu1').post(`/imports/${id}/revert`), 403, 'forbidden');
  });
});
