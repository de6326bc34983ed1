import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ImportMapping, MappingTarget } from '../../server/contract/mapping.js';
import { startApi, type Api } from '../support/harness.js';
import { countsOf, reportOf, runMapped, sourceOf } from '../support/mapping.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const sheetOf = async (name: string, person: 'admin' | 'pm-dig' = 'admin') => {
  const source = await sourceOf(api, name, readFileSync(resolve('tests/data/work-logs', name)), person);
  return { source, sheet: source.sheets[0]!, mapping: source.sheets[0]!.suggestion!.mapping };
};
/** Every item anew under other codes, so that each layout is looked at alone. */
const under = (mapping: ImportMapping, prefix: string): ImportMapping => ({
  ...mapping,
  targets: mapping.targets.map((target) => ({
    ...target,
    fields: target.fields.map((field) =>
      ['work_items code', 'work_item_transitions work_item_code'].includes(`${target.table} ${field.to}`)
        ? { ...field, prefix }
        : field,
    ),
  })),
});
const stagesOf = (target: MappingTarget) => target.fields.find(({ to }) => to === 'stage_code')!.values;
const movesOf = async (prefix: string): Promise<string[]> =>
  (
    await api.sql<{ line: string }>(
      `select concat_ws(' ', substr(w.code, length($1) + 1), to_char(t.at at time zone 'UTC', 'MM-DD HH24:MI'), s.code, t.team) as line
       from work_item_transitions t join work_items w on w.id = t.work_item_id join stages s on s.id = t.stage_id
       where w.code like $1 || '%' order by w.code, t.at, t.recorded_seq`,
      [prefix],
    )
  ).map(({ line }) => line);

describe('A log of changes from Jira', () => {
  it('is recognised, its statuses are proposed as stages, and those whose name says nothing are left to a person', async () => {
    const { sheet, mapping } = await sheetOf('jira-changes.csv');
    expect(sheet.changeLog).toMatchObject({
      layout: 'jira_changes',
      name: 'Jira: a row for each change',
      items: 4,
      statuses: [
        { value: 'In Progress', count: 4 },
        { value: 'To Do', count: 4 },
        { value: 'Done', count: 1 },
        { value: 'Waiting for vendor', count: 1 },
        { value: "Won't Do", count: 1 },
        { value: 'Parked', count: 1 },
      ],
    });
    expect(sheet.tables[0]).toEqual({
      table: 'work_item_transitions',
      confidence: 'certain',
      why: 'Jira: a row for each change',
    });
    expect(mapping.targets.map(({ table }) => table)).toEqual([
      'stages',
      'stages',
      'work_items',
      'work_item_transitions',
      'work_item_transitions',
    ]);
    expect(stagesOf(mapping.targets.at(-1)!)).toEqual([
      { from: 'In Progress', to: 'IN-PROGRESS' },
      { from: 'To Do', to: 'TO-DO' },
      { from: 'Done', to: 'DONE' },
      { from: 'Waiting for vendor', to: 'WAITING-FOR-VENDOR' },
      { from: "Won't Do", to: 'WON-T-DO' },
    ]);
  });

  it('is checked, imported with its new stages, and changes nothing the second time', async () => {
    const { source, mapping } = await sheetOf('jira-changes.csv');
    const asked = reportOf(await runMapped(api, source, mapping, { dryRun: true, onProblem: 'skip' }), 200);
    expect(asked.problems).toMatchObject([{ table: 'work_item_transitions', row: 8, from: { value: 'Parked' } }]);
    const answered: ImportMapping = {
      ...mapping,
      targets: mapping.targets.map((target) => ({
        ...target,
        fields: target.fields.map((field) =>
          field.to === 'stage_code' ? { ...field, values: [...field.values, { from: 'Parked', to: 'TO-DO' }] } : field,
        ),
      })),
    };
    const report = reportOf(await runMapped(api, source, answered), 201);
    expect(countsOf(report)).toEqual({
      stages: [5, 0, 0, 0],
      work_items: [4, 0, 0, 0],
      work_item_transitions: [10, 0, 0, 0],
    });
    expect(await api.sql('select code, name, position, kind from stages order by position, code')).toEqual([
      { code: 'TO-DO', name: 'To Do', position: 1, kind: 'waiting' },
      { code: 'IN-PROGRESS', name: 'In Progress', position: 2, kind: 'active' },
      { code: 'DONE', name: 'Done', position: 3, kind: 'done' },
      { code: 'WON-T-DO', name: "Won't Do", position: 3, kind: 'cancelled' },
      // Work pauses there: going on from it is no rework.
      { code: 'WAITING-FOR-VENDOR', name: 'Waiting for vendor', position: null, kind: 'waiting' },
    ]);
    expect(await api.sql('select code, title, type from work_items order by code limit 3')).toEqual([
      { code: 'CL-1', title: 'Pre-fill the claim form', type: 'feature' },
      { code: 'CL-2', title: 'Wrong total on page 2', type: 'defect' },
      { code: 'CL-3', title: 'Old printer', type: null },
    ]);
    expect((await movesOf('CL-')).slice(0, 6)).toEqual([
      '1 09-01 09:00 TO-DO',
      '1 09-02 00:15 IN-PROGRESS red',
      '1 09-10 15:30 DONE red',
      '2 09-03 13:05 TO-DO',
      '2 09-04 10:00 IN-PROGRESS red',
      '2 09-07 10:00 WAITING-FOR-VENDOR blue',
    ]);
    const again = reportOf(await runMapped(api, source, answered), 201);
    expect(countsOf(again)).toMatchObject({ work_item_transitions: [0, 0, 10, 0], work_items: [0, 0, 4, 0] });
    const saved = await api.as('admin').post('/import-mappings', { name: 'Jira', mapping: answered });
    expect(saved.status).toBe(201);
    const next = await sheetOf('jira-changes.csv');
    expect(stagesOf(next.sheet.saved[0]!.mapping.targets.at(-1)!)).toContainEqual({ from: 'Parked', to: 'TO-DO' });
    // By now the stages are there: none is proposed anew.
    expect(next.mapping.targets.map(({ table }) => table)).not.toContain('stages');
  });

  it('in a later file that holds only what came since leaves an item its beginning', async () => {
    const later = [
      'Key,Summary,Issue Type,Created,Field,From,To,Change Date,Author,Team',
      'CL-2,Wrong total on page 2,Bug,03/Sep/26 1:05 PM,status,In Progress,Done,14/Sep/26 9:00 AM,ada@example.org,blue',
      'CL-9,New form,Story,10/Sep/26 9:00 AM,status,To Do,In Progress,15/Sep/26 9:00 AM,ada@example.org,red',
    ];
    const source = await sourceOf(api, 'jira-later.csv', later.join('\n'));
    const report = reportOf(await runMapped(api, source, source.sheets[0]!.suggestion!.mapping), 201);
    expect(countsOf(report)).toMatchObject({ work_items: [1, 0, 1, 0], work_item_transitions: [3, 0, 1, 0] });
    expect((await movesOf('CL-')).filter((line) => /^[29]/.test(line))).toEqual([
      '2 09-03 13:05 TO-DO',
      '2 09-04 10:00 IN-PROGRESS red',
      '2 09-07 10:00 WAITING-FOR-VENDOR blue',
      '2 09-14 09:00 DONE blue',
      '9 09-10 09:00 TO-DO',
      '9 09-15 09:00 IN-PROGRESS red',
    ]);
  });

  it('comes from its data pipeline too, with moments of any offset', async () => {
    const { source, sheet, mapping } = await sheetOf('jira-pipeline-history.csv');
    expect(sheet.changeLog!.layout).toBe('jira_changes');
    reportOf(await runMapped(api, source, under(mapping, 'PIPE-')), 201);
    expect(await movesOf('PIPE-')).toEqual(['10001 09-01 09:00 IN-PROGRESS', '10001 09-04 09:00 DONE']);
  });

  it('without history says so, and places each item where it began and where it stands', async () => {
    const { source, sheet, mapping } = await sheetOf('jira-issues.csv');
    expect(sheet.changeLog).toMatchObject({ layout: 'jira_issues', says: expect.stringContaining('no history') });
    reportOf(await runMapped(api, source, under(mapping, 'SNAP-')), 201);
    expect(await movesOf('SNAP-')).toEqual([
      'CL-1 09-01 09:00 TO-DO',
      'CL-1 09-10 15:30 DONE',
      'CL-2 09-03 13:05 TO-DO',
      'CL-2 09-07 10:00 IN-PROGRESS',
      'CL-3 09-04 08:00 TO-DO',
    ]);
  });
});

describe('A log of ServiceNow', () => {
  it('of metric instances becomes the moves of its states', async () => {
    const { source, sheet, mapping } = await sheetOf('servicenow-metrics.csv');
    expect(sheet.changeLog).toMatchObject({ layout: 'servicenow_metrics', items: 2 });
    reportOf(await runMapped(api, source, under(mapping, 'MET-')), 201);
    expect(await movesOf('MET-')).toEqual([
      'INC0010001 09-01 09:00 NEW',
      'INC0010001 09-01 10:30 IN-PROGRESS',
      'INC0010001 09-02 08:00 RESOLVED',
      'INC0010002 09-03 09:00 NEW',
    ]);
  });

  it('of the history of fields becomes its moves, begun when it was opened', async () => {
    const { source, sheet, mapping } = await sheetOf('servicenow-audit.csv');
    expect(sheet.changeLog!.layout).toBe('servicenow_audit');
    reportOf(await runMapped(api, source, under(mapping, 'AUD-')), 201);
    expect(await movesOf('AUD-')).toEqual([
      'INC0010001 09-01 09:00 NEW',
      'INC0010001 09-01 10:30 IN-PROGRESS Network',
      'INC0010001 09-01 12:00 ON-HOLD Mail',
      'INC0010001 09-02 08:00 RESOLVED Mail',
    ]);
    const later = [
      'Number,Short description,Opened,Assignment group,Field,Old value,New value,Update time,Updated by',
      'INC0010001,Mail is slow,2026-09-01 09:00:00,Mail,State,Resolved,In Progress,2026-09-03 08:00:00,bob',
    ];
    const next = await sourceOf(api, 'audit-later.csv', later.join('\n'));
    reportOf(await runMapped(api, next, under(next.sheets[0]!.suggestion!.mapping, 'AUD-')), 201);
    expect((await movesOf('AUD-')).filter((line) => /09:00|09-03/.test(line))).toEqual([
      'INC0010001 09-01 09:00 NEW',
      'INC0010001 09-03 08:00 IN-PROGRESS Mail',
    ]);
    expect((await api.as('cio').get('/work-items/AUD-INC0010001')).body).toMatchObject({
      title: 'Mail is slow',
      type: 'incident',
    });
  });

  it('of updates, raw as its table has them, becomes its moves with their groups', async () => {
    const { source, sheet, mapping } = await sheetOf('servicenow-events.csv');
    expect(sheet.changeLog).toMatchObject({ layout: 'servicenow_events', items: 2 });
    reportOf(await runMapped(api, source, under(mapping, 'EV-')), 201);
    expect(await movesOf('EV-')).toEqual([
      'INC0000045 02-29 01:16 NEW',
      'INC0000045 02-29 01:23 NEW Group 56',
      'INC0000045 02-29 08:53 RESOLVED Group 56',
      'INC0000045 02-29 11:29 RESOLVED Group 56',
      'INC0000045 03-05 12:00 CLOSED Group 56',
      'INC0000047 02-29 04:40 NEW',
      'INC0000047 02-29 04:57 NEW Group 70',
      'INC0000047 02-29 05:30 ACTIVE Group 24',
      'INC0000047 02-29 06:00 AWAITING-USER-INFO Group 24',
      'INC0000047 02-29 15:10 ACTIVE',
      'INC0000047 03-01 09:52 RESOLVED Group 24',
      'INC0000047 03-06 10:00 CLOSED Group 24',
    ]);
  });

  it('proposes no new stages to somebody who may not add them', async () => {
    await api.sql(
      `update stages set archived_at = now(), version = version + 1 where code in ('CLOSED', 'AWAITING-USER-INFO')`,
    );
    const { mapping } = await sheetOf('servicenow-events.csv', 'pm-dig');
    expect(mapping.targets.map(({ table }) => table)).not.toContain('stages');
    expect(stagesOf(mapping.targets.at(-1)!).map(({ from }) => from)).toEqual(['Resolved', 'New', 'Active']);
  });
});

it('a table that is none of these logs is none', async () => {
  const source = await sourceOf(
    api,
    'projects.csv',
    'Key,Name,Status,Budget\nP-1,Claims,Active,100\nP-2,Ledger,Active,200\n',
  );
  expect(source.sheets[0]!.changeLog).toBeNull();
});
