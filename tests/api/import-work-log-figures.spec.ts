import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ImportSource } from '../../server/contract/mapping.js';
import { startApi, type Api } from '../support/harness.js';
import { countsOf, reportOf, runMapped, sourceOf } from '../support/mapping.js';

let api: Api;
let source: ImportSource;
beforeAll(async () => {
  api = await startApi();
  await api.sql(`
    insert into initiatives (code, name, portfolio_id) select v.code, v.name, p.id
    from (values ('IN-DIG-PORTAL', 'Portal', 'DIG'), ('IN-CORE-LEDGER', 'Claims ledger', 'CORE')) v (code, name, portfolio)
      join portfolios p on p.code = v.portfolio`);
  source = await sourceOf(
    api,
    'jira-newest-first.csv',
    readFileSync(resolve('tests/data/work-logs/jira-newest-first.csv')),
  );
});
afterAll(() => api.stop());

const metric = async (id: string, scope = ''): Promise<unknown> => {
  const { body } = await api.as('cio').get(`/metrics/${id}?period=2026-Q3${scope}`);
  const { value, n } = body as { value: unknown; n: number };
  return [value, n];
};

describe('A work log that is newest first', () => {
  it('is read by the status of the item, with its places as work goes and its initiatives by code or name', () => {
    const { changeLog, suggestion } = source.sheets[0]!;
    expect(changeLog).toMatchObject({
      says: expect.stringContaining("Left out, for it is not the item's own: “Approval Status”."),
      initiatives: '“Epic Link” names the initiative of each item.',
    });
    const places = Object.fromEntries(
      suggestion!.mapping.targets
        .filter(({ table }) => table === 'stages')
        .flatMap(({ fields }) => fields.find(({ to }) => to === 'position')!.values)
        .map(({ from, to }) => [from, to]),
    );
    expect(places).toEqual({
      'To-Do': '1',
      'To Do': '1',
      'In Progress': '2',
      'In Review': '3',
      'On Hold': '',
      Done: '4',
    });
  });

  it('gives each item its last title, one stage for a status spelt in two ways, and its moves in the order in which they happened', async () => {
    const { mapping } = source.sheets[0]!.suggestion!;
    expect(countsOf(reportOf(await runMapped(api, source, mapping), 201))).toEqual({
      stages: [5, 0, 0, 0],
      work_items: [2, 0, 0, 0],
      work_item_transitions: [12, 0, 0, 0],
    });
    expect(
      await api.sql(
        'select w.code, w.title, i.code as initiative from work_items w join initiatives i on i.id = w.initiative_id order by 1',
      ),
    ).toEqual([
      { code: 'NF-1', title: 'Claim form in two steps', initiative: 'IN-DIG-PORTAL' },
      { code: 'NF-2', title: 'Wrong total', initiative: 'IN-CORE-LEDGER' },
    ]);
    const moves = await api.sql<{ stage: string }>(
      `select s.code as stage from work_item_transitions t join work_items w on w.id = t.work_item_id join stages s on s.id = t.stage_id
       where w.code = 'NF-1' order by t.at, t.recorded_seq`,
    );
    expect(moves.map(({ stage }) => stage)).toEqual([
      'TO-DO',
      'IN-PROGRESS',
      'ON-HOLD',
      'IN-PROGRESS',
      'IN-REVIEW',
      'DONE',
    ]);
  });

  it('tells rework where work went back, and none where it only paused', async () => {
    expect(await metric('quality.rework_share')).toEqual([0.5, 2]);
    expect(await metric('quality.rework_share', '&portfolio=DIG')).toEqual([0, 1]);
    expect(await metric('flow.cycle_time', '&portfolio=CORE')).toEqual([11, 1]);
    expect(await metric('flow.wip')).toEqual([0, 0]);
  });

  it('makes a quarter in which nothing is done a true 0, from the first move of any item on', async () => {
    const points = async (period: string) => {
      const { body } = await api.as('cio').get(`/metrics/flow.throughput?period=${period}`);
      return [body.value, body.isBlank, body.trend.filter(({ isPoint }: { isPoint: boolean }) => isPoint).length];
    };
    expect(await points('2025-Q4')).toEqual([0, true, 0]);
    expect(await points('2031-Q1')).toEqual([0, false, 12]);
  });
});

it('A log without history is begun where work waits first, not where it only pauses, and else a person is asked', async () => {
  const begins = async (...statuses: string[]): Promise<string | null> => {
    const rows = statuses.map((status, at) => `P-${at},Item ${at},${status},01/Sep/26 9:00 AM,02/Sep/26 9:00 AM`);
    const issues = ['Issue key,Summary,Status,Created,Updated', ...rows].join('\n');
    const { mapping } = (await sourceOf(api, 'issues.csv', issues)).sheets[0]!.suggestion!;
    const begun = mapping.targets.find(({ table, firstOf }) => table === 'work_item_transitions' && firstOf !== null)!;
    return begun.fields.find(({ to }) => to === 'stage_code')!.constant;
  };
  await api.sql('update stages set archived_at = now(), version = version + 1');
  expect(await begins('On Hold', 'On Hold', 'Backlog', 'In Progress')).toBe('BACKLOG');
  expect(await begins('On Hold', 'On Hold', 'In Progress')).toBeNull();
});

it('A log with more statuses than a work flow has says why it is not taken for one', async () => {
  const rows = Array.from({ length: 201 }, (_, at) => `X-${at},status,A ${at},2026-09-01 10:00`);
  const many = await sourceOf(api, 'many.csv', ['Key,Field,To,Change Date', ...rows].join('\n'));
  expect(many.sheets[0]).toMatchObject({
    changeLog: null,
    noChangeLog: expect.stringContaining('“To” holds more than 200 different statuses'),
  });
});
