/**
 * One attacker who hears what everybody is told, over four levels of units, portfolios and neighbouring quarters, before and after what changes the
 * figures: another survey, another tree, a round, a target. All of it together must not settle what fewer than five have answered.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SURVEY_QUESTION_IDS } from '../../server/contract/survey.js';
import { readAll } from '../../server/imports/reading/test-uploads.js';
import { type Api, type Person, startApi } from '../support/harness.js';
import { upload } from '../support/imports.js';
import { Attacker, exposed, NOWHERE, unitsOf } from '../support/survey-attacker.js';
import { openedBy, tag, tokenOf } from '../support/survey-rounds.js';

/** Below ENT of the tests' people: four levels. */
const UNITS = [
  ...[['BU1-A', 'BU1'] as const, ['BU1-B', 'BU1'] as const, ['BU1-B1', 'BU1-B'] as const],
  ...[['BU1-B2', 'BU1-B'] as const, ['BU1-B3', 'BU1-B'] as const, ['BU2-A', 'BU2'] as const, ['BU2-B', 'BU2'] as const],
];

/** How many answer in each quarter: small units alone, beside each other, beside large ones; some name no unit. */
const ANSWERS: Record<string, Record<string, number>> = {
  '2025-Q3': { 'BU1-A': 7, 'BU1-B1': 3, 'BU1-B2': 9, 'BU1-B3': 6, 'BU2-A': 12, 'BU2-B': 2, BU3: 5, BU4: 20 },
  '2025-Q4': { 'BU1-A': 8, 'BU1-B1': 2, 'BU1-B2': 1, 'BU1-B3': 7, 'BU2-A': 6, 'BU2-B': 6, BU3: 4, BU4: 15, '': 2 },
  '2026-Q1': { 'BU1-A': 5, BU1: 1, 'BU1-B1': 6, 'BU1-B2': 5, 'BU1-B3': 4, 'BU2-A': 9, 'BU2-B': 3, BU4: 9, ENT: 3 },
  '2026-Q2': { 'BU1-A': 4, 'BU1-B1': 6, 'BU1-B2': 8, 'BU1-B3': 5, 'BU2-A': 5, 'BU2-B': 7, BU3: 11, BU4: 6 },
  '2026-Q3': { 'BU1-A': 6, 'BU1-B1': 4, 'BU1-B2': 7, 'BU1-B3': 2, 'BU2-A': 3, 'BU2-B': 3, BU3: 8, BU4: 10 },
};
const ROUND = { period: '2026-Q4', areas: ['BU1-A', 'BU1-B1', 'BU1-B2', 'BU2-A', 'BU2-B', 'BU3'], itAreas: ['BU1-B2'] };
const ROUND_ANSWERS: Record<string, number> = { 'BU1-A': 6, 'BU1-B1': 5, 'BU1-B2': 3, 'BU2-A': 5, 'BU2-B': 2, BU3: 5 };

/** Some leave out a question, each in their own way, so that each question hides other groups. */
const scoresOf = (seed: number): Record<string, number | null> =>
  Object.fromEntries(
    SURVEY_QUESTION_IDS.map((id, at) => [
      id,
      (seed * 7 + at * 3) % 5 === 0 && id !== 'satisfaction'
        ? null
        : id === 'recommend'
          ? (seed * 3) % 11
          : 1 + ((seed * 5 + at) % 5),
    ]),
  );

let api: Api;
let attacker: Attacker;

const importSurvey = async (period: string): Promise<void> => {
  const people = Object.entries(ANSWERS[period]!).flatMap(([unit, n]) =>
    Array.from({ length: n }, (_, at) => [unit, at] as const),
  );
  const rows = people.map(([unit, at], index) => {
    const scores = Object.values(scoresOf(index + at + unit.length)).map((score) => score ?? '');
    return [`S-${period}`, `${unit}-${at}`, unit, ...scores].join(',');
  });
  const files = {
    'surveys.csv': `code,period,name,invited\nS-${period},${period},Survey of ${period},${people.length + 9}\n`,
    'survey_responses.csv': `survey_code,respondent,org_unit_code,${SURVEY_QUESTION_IDS.join(',')}\n${rows.join('\n')}\n`,
  };
  expect((await upload(api, files)).status).toBe(201);
};

const OWN = { 'stakeholder-bu1': ['BU1'], 'stakeholder-bu2': ['BU2', 'BU1-B1'] } as const;
/** Without those who hear the same as others do. */
const STAFF: readonly Person[] = ['finance', 'pm-dig', 'admin'];

/**
 * Everything that anybody can ask about a quarter; its trends tell those before it.
 * @param deep with each metric's page, records and trace, and the portfolios
 */
const hear = async (period: string, deep: boolean): Promise<void> => {
  await attacker.learn();
  const codes = [null, ...(await unitsOf(api)).map(({ code }) => code)];
  for (const code of codes) await attacker.ask('cio', period, code, null, deep);
  for (const [person, own] of Object.entries(OWN)) {
    await attacker.ask(person as Person, period, null, own, true);
    for (const code of own) await attacker.ask(person as Person, period, code, own, false);
  }
  if (!deep) return;
  for (const person of STAFF) await attacker.ask(person, period, person === 'admin' ? null : 'BU1', null, false);
  if (period !== ROUND.period) return;
  for (const portfolio of ['DIG', 'CORE'])
    for (const code of [null, 'BU1', 'BU1-B1']) await attacker.askPortfolio('pm-dig', period, portfolio, code);
};

const move = async (code: string, parentCode: string): Promise<void> => {
  const unit = (await api.as('admin').get(`/org-units/${code}`)).body;
  expect((await api.as('admin').patch(`/org-units/${code}`, { parentCode }, tag(unit))).status).toBe(200);
};

const openRound = async (): Promise<string> => {
  const cio = api.as('cio');
  const made = await cio.post('/survey-rounds', { ...ROUND, name: 'A round' });
  const path = `/survey-rounds/${made.body.code}`;
  expect((await cio.post(`${path}/open`, {}, tag(made.body))).status).toBe(200);
  for (const [at, [area, links]] of Object.entries(ROUND_ANSWERS).entries()) {
    const invited = await cio.post(`${path}/invitations`, { area, links });
    for (const [index, link] of (invited.body.links as string[]).entries()) {
      const browser = await openedBy(api, tokenOf(link));
      expect((await browser.post('/survey-answers', scoresOf(at * 11 + index))).status).toBe(201);
    }
  }
  return path;
};

beforeAll(async () => {
  api = await startApi();
  for (const [code, above] of UNITS)
    await api.sql(
      `insert into org_units (code, name, parent_id) select $1, 'Unit ' || $1, id from org_units where code = $2`,
      [code, above],
    );
  await api.sql(
    `insert into user_roles (user_id, role, org_unit_id)
     select u.id, 'stakeholder', o.id from users u, org_units o where u.email = 'stakeholder-bu2@tests.example' and o.code = 'BU1-B1'`,
  );
  const first = await unitsOf(api);
  const then = new Map(Object.keys(ANSWERS).map((period) => [period, first]));
  const last = first.map((unit) => (unit.code === 'BU1-B2' ? { ...unit, parent: 'BU2' } : unit));
  attacker = new Attacker(api, last, new Map([[ROUND.period, ROUND.itAreas]]), then);

  for (const period of ['2025-Q3', '2025-Q4', '2026-Q1', '2026-Q2']) await importSurvey(period);
  for (const period of ['2025-Q4', '2026-Q1', '2026-Q2']) await hear(period, period === '2026-Q1');
  await importSurvey('2026-Q3');
  await hear('2026-Q3', false);
  await move('BU1-B2', 'BU2');
  await hear('2026-Q3', true);
  const round = await openRound();
  await hear(ROUND.period, false);
  expect((await api.as('cio').post(`${round}/close`, {}, { 'If-Match': '"v2"' })).status).toBe(200);
  await hear(ROUND.period, false);
  for (const question of ['satisfaction', 'trust'])
    await api.as('cio').post('/metric-targets', {
      metricId: `stakeholder.${question}`,
      fromPeriod: '2025-Q3',
      target: '3.5',
      amber: '3',
    });
  await hear(ROUND.period, true);
}, 240_000);
afterAll(() => api.stop());

describe('Whatever is asked by anybody, before and after', () => {
  test('each quarter tells figures, and hides some', () => {
    const told = [...attacker.told.groups].map(([key, groups]) => [key, groups.size] as const);
    for (const period of [...Object.keys(ANSWERS), ROUND.period]) {
      const [, groups] = told.find(([key]) => key === `${period} satisfaction`)!;
      expect(groups).toBeGreaterThan(2);
      expect(groups).toBeLessThan(12);
    }
  });

  test('nothing that is told settles what fewer than five have answered', async () => {
    expect(await exposed(api, attacker.told)).toEqual([]);
  });

  test('what is hidden in one place is told in none, and each figure is of the units that it stands for', () => {
    expect(attacker.slips).toEqual([]);
  });

  const exported = async (person: Person) => {
    const folder = mkdtempSync(join(tmpdir(), 'throughline-attack-'));
    const headers = { cookie: await api.cookieOf(person) };
    const reply = await fetch(`${api.origin}/api/v1/exports/data.zip`, { headers });
    expect(reply.status).toBe(200);
    const path = join(folder, 'data.zip');
    writeFileSync(path, Buffer.from(await reply.arrayBuffer()));
    const table = (await readAll([{ path, originalName: 'data.zip' }])).find(
      (each) => each.table === 'survey_responses',
    );
    rmSync(folder, { recursive: true });
    return (table?.rows ?? []).map(({ cells }) =>
      Object.fromEntries(table!.columns.map((name, at) => [name, String(cells[at] ?? '')])),
    );
  };

  test('no export of anybody but an administrator holds an answer', async () => {
    for (const person of ['cio', 'pm-dig', 'finance', 'stakeholder-bu1'] as const)
      expect(await exported(person)).toEqual([]);
  });

  test('nor does that of an administrator tell more of a round, beside all figures', async () => {
    const rows = (await exported('admin')).filter((row) => row['survey_code'] === `SUR-${ROUND.period}`);
    expect(rows.length).toBeGreaterThan(5);
    const everywhere = [NOWHERE, ...(await unitsOf(api)).map(({ code }) => code)];
    for (const question of SURVEY_QUESTION_IDS) {
      const named = new Set(rows.flatMap((row) => (row[question] === '' ? [] : [row['org_unit_code']!])));
      if (named.size === 0) continue;
      for (const unit of named) if (unit !== '') attacker.told.add(ROUND.period, question, new Set([unit]));
      attacker.told.add(ROUND.period, question, new Set(everywhere.filter((unit) => !named.has(unit))));
    }
    expect(await exposed(api, attacker.told)).toEqual([]);
  });
});
