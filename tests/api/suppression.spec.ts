/**
 * An attacker's questions: every figure of every survey in every scope, by everybody who is no administrator. What is told must not settle the answers
 * of fewer than five people, however it is added and subtracted.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Person, type Api, startApi } from '../support/harness.js';
import { GOLDEN_TABLES, loadTables } from '../support/load-tables.js';
import { answersIn, Attacker, exposed, NOWHERE, periodsOf, Told, unitsOf } from '../support/survey-attacker.js';

describe.each([
  ['the golden tables', false],
  ['the example', true],
] as const)('Over %s', (_name, example) => {
  let api: Api;
  let attacker: Attacker;
  beforeAll(async () => {
    api = await startApi({ example });
    if (!example) {
      await loadTables(api, GOLDEN_TABLES);
      // One who stands for two units, of which one is small at times.
      await api.sql(
        `insert into user_roles (user_id, role, org_unit_id)
         select (select user_id from user_roles r join org_units o on o.id = r.org_unit_id where o.code = 'BU2' limit 1), 'stakeholder', u.id
         from org_units u where u.code = 'BU4'`,
      );
    }
    attacker = new Attacker(api, await unitsOf(api));
    const periods = await periodsOf(api);
    for (const period of periods) {
      const deep = period === periods.at(-3);
      await attacker.ask('cio', period, null, null, deep);
      for (const { code } of await unitsOf(api)) await attacker.ask('cio', period, code, null, deep);
      if (example) continue;
      await attacker.ask('stakeholder-bu1', period, null, ['BU1'], deep);
      await attacker.ask('stakeholder-bu2', period, null, ['BU2', 'BU4'], deep);
    }
  }, 120_000);
  afterAll(() => api.stop());

  test('something is told, so that there is something to attack', () => {
    expect(attacker.told.groups.size).toBeGreaterThan(10);
  });

  test('nothing that is told settles what fewer than five have answered', async () => {
    expect(await exposed(api, attacker.told)).toEqual([]);
  });

  test('what is hidden in one place is told in none', () => {
    expect(attacker.slips).toEqual([]);
  });

  test('the attack would find the answers of a small unit beside those of all others', async () => {
    const [{ period, unit } = { period: '', unit: '' }] = (await answersIn(api)).filter(
      ({ satisfaction }) => satisfaction > 0 && satisfaction < 5,
    );
    const careless = new Told();
    const units = new Set([...(await unitsOf(api)).map(({ code }) => code), NOWHERE]);
    careless.add(period, 'satisfaction', units);
    careless.add(period, 'satisfaction', new Set([...units].filter((code) => code !== unit)));
    expect(await exposed(api, careless)).toEqual([`${period} satisfaction: ${unit}`]);
  });

  test('no single answer leaves the product for anybody but an administrator', async () => {
    const comments = await api.sql<{ comment: string }>(
      'select distinct comment from survey_responses where length(comment) > 8 limit 20',
    );
    const people: Person[] = ['cio', 'finance', example ? 'cio' : 'pm-dig', example ? 'cio' : 'stakeholder-bu1'];
    for (const person of new Set(people)) {
      const { items = [] } = (await api.as(person).get('/imports')).body ?? {};
      const paths = ['/surveys', '/audit?limit=200', '/search?q=sha256', '/survey-rounds', '/signs', '/imports'];
      for (const path of [...paths, ...items.map(({ id }: { id: string }) => `/imports/${id}`)]) {
        const reply = await api.as(person).get(path);
        expect([200, 403]).toContain(reply.status);
        expect(reply.text).not.toMatch(/sha256:|answered_at|respondent"/);
        for (const { comment } of comments) expect(reply.text).not.toContain(comment);
      }
    }
  });
});
