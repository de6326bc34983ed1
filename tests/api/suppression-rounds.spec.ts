/** The attacker's questions over rounds: the view of IT beside that of the business, comments, the export of an administrator, units that move. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stakeholders as stakeholdersSchema } from '../../server/contract/stakeholder.js';
import { SURVEY_QUESTION_IDS } from '../../server/contract/survey.js';
import { trace as traceSchema, traceRecords } from '../../server/contract/trace.js';
import { readAll } from '../../server/imports/reading/test-uploads.js';
import { type Api, type Client, expectProblem, startApi } from '../support/harness.js';
import { upload } from '../support/imports.js';
import { Attacker, exposed, NOWHERE, unitsOf } from '../support/survey-attacker.js';

let api: Api;
let cio: Client;
beforeAll(async () => {
  api = await startApi();
  cio = api.as('cio');
  await api.sql(
    `insert into org_units (code, name, parent_id) select code, 'Unit ' || code, (select id from org_units where code = above)
     from (values ('BU2-IT', 'BU2'), ('P', 'ENT'), ('Q', 'ENT')) v (code, above)`,
  );
  await api.sql(
    `insert into org_units (code, name, parent_id) select code, 'Unit ' || code, (select id from org_units where code = 'P')
     from (values ('U'), ('V')) v (code)`,
  );
});
afterAll(() => api.stop());

/** Answers of one round: how many of each area. Each is another one, and has words that stand nowhere else. */
const answerRound = async (
  period: string,
  areas: Record<string, number>,
  itAreas: readonly string[],
  close: boolean,
) => {
  const made = await cio.post('/survey-rounds', { period, name: period, areas: Object.keys(areas), itAreas });
  const path = `/survey-rounds/${made.body.code}`;
  expect((await cio.post(`${path}/open`, {}, { 'If-Match': '"v1"' })).status).toBe(200);
  for (const [area, links] of Object.entries(areas)) {
    const invited = await cio.post(`${path}/invitations`, { area, links });
    for (const [at, link] of (invited.body.links as string[]).entries()) {
      const form = await api.as('anonymous').post('/survey-session', { token: link.split('/').at(-1)! });
      const browser = api.client({ cookie: form.headers.getSetCookie()[0]!.split(';')[0]! });
      const scores = Object.fromEntries(
        SURVEY_QUESTION_IDS.map((id, q) => [
          id,
          id === 'trust' && at > 2 && period !== '2027-Q1' ? null : 1 + ((at + q) % 5),
        ]),
      );
      const given = { draftKey: form.body.draftKey, ...scores, comment: `said in confidence ${period} ${area} ${at}` };
      expect((await browser.post('/survey-answers', given)).status).toBe(201);
    }
  }
  if (close) expect((await cio.post(`${path}/close`, {}, { 'If-Match': '"v2"' })).status).toBe(200);
};

const IT = new Map([
  ['2026-Q4', ['BU3']],
  ['2027-Q1', ['BU2-IT']],
  ['2027-Q2', ['BU2-IT']],
]);
const ROUNDS: Record<string, Record<string, number>> = {
  // IT is below five.
  '2026-Q4': { BU1: 6, BU2: 7, BU3: 4 },
  // IT is one unit within a business area, and may be told.
  '2027-Q1': { BU1: 6, BU2: 6, 'BU2-IT': 5, BU4: 12 },
  // IT within a business area is below five, and so is what is left of it.
  '2027-Q2': { BU1: 6, BU2: 4, 'BU2-IT': 4 },
};

describe('Over rounds', () => {
  let attacker: Attacker;
  beforeAll(async () => {
    for (const [period, areas] of Object.entries(ROUNDS)) await answerRound(period, areas, IT.get(period)!, true);
    await answerRound('2027-Q3', { BU1: 6 }, [], false);
    const units = await unitsOf(api);
    attacker = new Attacker(api, units, IT);
    for (const period of Object.keys(ROUNDS)) {
      for (const code of [null, ...units.map((unit) => unit.code)])
        await attacker.ask('cio', period, code, null, period === '2027-Q2' && (code === null || code.startsWith('BU')));
      await attacker.ask('stakeholder-bu2', period, null, ['BU2'], true);
    }
  }, 120_000);

  test('the view of IT is told where five have it, and so are comments of ten; nothing tells what fewer have said', async () => {
    expect([...attacker.told.groups.keys()].filter((key) => key.endsWith('comments')).length).toBeGreaterThan(1);
    const views = await Promise.all(
      [...IT.keys()].map(async (period) => {
        const { perception } = stakeholdersSchema.parse((await cio.get(`/stakeholders?period=${period}`)).body);
        const [line] = perception!;
        return [period, line!.it.value === null, line!.business.value === null];
      }),
    );
    expect(views).toEqual([
      ['2026-Q4', true, true],
      ['2027-Q1', false, false],
      ['2027-Q2', true, true],
    ]);
    expect(await exposed(api, attacker.told)).toEqual([]);
    expect(attacker.slips).toEqual([]);
  });

  const traced = async (period: string, figure: string, question: string) => {
    const reply = await cio.get(`/trace/perception.${figure}?period=${period}&question=${question}`);
    const found = traceSchema.parse(reply.body);
    return { ...found, list: traceRecords.parse((await cio.get(found.records.url)).body) };
  };

  test('both views and the gap are traced to how often each answer was given, and to nothing where they are not told', async () => {
    const [own, other, gap] = await Promise.all(
      ['it', 'business', 'gap'].map((figure) => traced('2027-Q1', figure, 'satisfaction')),
    );
    // Of five people each gave another answer; of the others seven gave a 1, five a 2, and four each of the rest.
    expect([own!.value, own!.unit, own!.records.count]).toEqual(['3', 'of 5', 5]);
    expect(own!.inputs.map(({ label, value }) => [label, value])).toEqual([
      ['Answers of IT itself', '5'],
      ...['1', '2', '3', '4', '5'].map((answer) => [`Answer ${answer}`, '1']),
    ]);
    expect(other!.value).toBe('2.7083333333');
    expect(other!.inputs.map(({ value }) => value)).toEqual(['24', '7', '5', '4', '4', '4']);
    expect(gap!.value).toBe('0.2916666667');
    expect(gap!.inputs.map(({ label, value, trace }) => [label, value, trace!.split('?')[0]])).toEqual([
      ['IT itself', '3', '/trace/perception.it'],
      ['The business', '2.7083333333', '/trace/perception.business'],
    ]);
    for (const period of IT.keys()) {
      const { perception } = stakeholdersSchema.parse((await cio.get(`/stakeholders?period=${period}`)).body);
      for (const { question, it, business, gap: between } of perception!)
        for (const [figure, said] of [
          ['it', it.value],
          ['business', business.value],
          ['gap', between],
        ] as const) {
          const { value, nullReason, inputs: from, list } = await traced(period, figure, question);
          const where = `${period} ${figure} ${question}`;
          if (said === null)
            expect([where, value, nullReason, from, list.items]).toEqual([where, null, 'too_few_responses', [], []]);
          else {
            expect(Number(value)).toBeCloseTo(question === 'recommend' ? said * 100 : said, 9);
            expect([where, list.total.amount, list.unit]).toEqual([
              ...[where, value],
              question === 'recommend' ? 'points' : 'of 5',
            ]);
          }
        }
    }
    expect((await traced('2026-Q1', 'gap', 'trust')).nullReason).toBe('nobody_asked');
    expectProblem(await cio.get('/trace/perception.it?period=2027-Q1'), 422, 'validation-failed');
    const asked = '/trace/perception.it?period=2027-Q1&question=trust';
    expectProblem(await api.as('stakeholder-bu2').get(asked), 403, 'forbidden');
  });

  test('no reader is given an answer, its key or its words by any list, report, search or event', async () => {
    for (const person of ['cio', 'finance', 'pm-dig', 'stakeholder-bu1'] as const)
      for (const path of [
        '/survey-rounds',
        '/surveys',
        '/audit?limit=200',
        '/imports',
        '/signs',
        '/search?q=confidence',
      ]) {
        const reply = await api.as(person).get(path);
        expect([200, 403]).toContain(reply.status);
        expect(reply.text).not.toMatch(/sha256:|answered_at|said in confidence/);
      }
  });

  test('the export of an administrator holds no open round, no words, and units only where five cannot be told apart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'throughline-answers-'));
    const path = join(folder, 'data.zip');
    const headers = { cookie: await api.cookieOf('admin') };
    const reply = await fetch(`${api.origin}/api/v1/exports/data.zip`, { headers });
    writeFileSync(path, Buffer.from(await reply.arrayBuffer()));
    const tables = await readAll([{ path, originalName: 'data.zip' }]);
    rmSync(folder, { recursive: true });
    const answers = tables.find(({ table }) => table === 'survey_responses')!;
    const rows = answers.rows.map(({ cells }) =>
      Object.fromEntries(answers.columns.map((name, at) => [name, String(cells[at] ?? '')])),
    );
    const counted: Record<string, number> = {};
    for (const { survey_code: survey, org_unit_code: unit, trust, comment } of rows) {
      for (const key of [`${survey} ${unit}`, ...(trust === '' ? [] : [`${survey} ${unit} trust`])])
        counted[key] = (counted[key] ?? 0) + 1;
      expect(comment).toBe('');
    }
    // Of the first and the last, three of each area say whether they trust: of that nothing is told by area, so no row names one.
    expect(counted).toEqual({
      'SUR-2026-Q4 ': 17,
      'SUR-2026-Q4  trust': 9,
      ...Object.fromEntries(
        Object.entries(ROUNDS['2027-Q1']!).flatMap(([unit, count]) => [
          [`SUR-2027-Q1 ${unit}`, count],
          [`SUR-2027-Q1 ${unit} trust`, count],
        ]),
      ),
      'SUR-2027-Q2 ': 14,
      'SUR-2027-Q2  trust': 9,
    });
    const again = await upload(api, { 'survey_responses.csv': csvOf(answers.columns, rows) });
    // Held against nothing: what came out comes in again, and tells nobody whether a guess is right.
    expect(again.body).toMatchObject({ status: 'committed', problemCount: 0 });
    expect(again.body.tables).toMatchObject([{ rows: rows.length, created: 0, updated: 0, unchanged: rows.length }]);
  });
});

const csvOf = (columns: readonly string[], rows: readonly Record<string, string>[]): string =>
  [columns.join(','), ...rows.map((row) => columns.map((name) => row[name]).join(','))].join('\n');

test('a unit that moves tells no hidden group: figures of a period stay over the tree of then', async () => {
  const answers = Object.entries({ U: 7, V: 4, Q: 20 }).flatMap(([unit, count]) =>
    Array.from({ length: count }, (_, at) => `MOVE,${unit}-${at},${unit},${1 + (at % 5)}`),
  );
  const files = {
    'surveys.csv': 'code,period,name\nMOVE,2025-Q1,Before the move\n',
    'survey_responses.csv': `survey_code,respondent,org_unit_code,satisfaction\n${answers.join('\n')}\n`,
  };
  expect((await upload(api, files)).status).toBe(201);
  const units = await unitsOf(api);
  const attacker = new Attacker(api, units);
  const seen = async (): Promise<unknown[]> => {
    const pages = [];
    for (const code of [null, 'P', 'Q', 'U', 'V']) {
      await attacker.ask('cio', '2025-Q1', code, null, false);
      const reply = await cio.get(`/stakeholders?period=2025-Q1${code === null ? '' : `&orgUnit=${code}`}`);
      pages.push([code, stakeholdersSchema.parse(reply.body).whole]);
    }
    return pages;
  };
  const before = await seen();
  const [told] = attacker.told.groups.values();
  expect([...told!.keys()].sort()).toEqual(expect.arrayContaining([['P', 'U', 'V'].join(), 'Q']));
  const unit = (await api.as('admin').get('/org-units/U')).body;
  const moved = await api.as('admin').patch('/org-units/U', { parentCode: 'Q' }, { 'If-Match': `"v${unit.version}"` });
  expect(moved.status).toBe(200);
  expect(await seen()).toEqual(before);
  expect(await exposed(api, attacker.told)).toEqual([]);
  expect([...told!.values()].some((group) => group.has(NOWHERE))).toBe(true);
});
