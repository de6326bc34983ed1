/**
 * An attacker's questions: every figure of every survey in every scope, by everybody who is no administrator. What is told must not settle the answers
 * of fewer than five people, however it is added and subtracted.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Metric, metrics as metricsSchema } from '../../server/contract/metric.js';
import { SURVEY_QUESTION_IDS } from '../../server/contract/survey.js';
import { stakeholders as stakeholdersSchema, type Voice } from '../../server/contract/stakeholder.js';
import { type Api, type Person, startApi } from '../support/harness.js';
import { GOLDEN_TABLES, loadTables } from '../support/load-tables.js';
import { exposedGroup } from '../support/told-groups.js';

type Question = (typeof SURVEY_QUESTION_IDS)[number];
const NOWHERE = '(none)';

interface Unit {
  code: string;
  parent: string | null;
}

/** What has been told, by period and question: the units whose answers it adds up, and the sum of those answers. */
class Told {
  readonly groups = new Map<string, Map<string, ReadonlySet<string>>>();

  add(period: string, question: Question, units: ReadonlySet<string>): void {
    const key = `${period} ${question}`;
    const known = this.groups.get(key) ?? new Map<string, ReadonlySet<string>>();
    this.groups.set(key, known.set([...units].sort().join(), units));
  }
}

const questionOf = (id: string): Question | null => {
  const name = id.replace('stakeholder.', '').replace('nps', 'recommend');
  return SURVEY_QUESTION_IDS.find((question) => question === name) ?? null;
};

class Attacker {
  readonly told = new Told();
  /** Answers where a figure is hidden in one place and told in another. */
  readonly slips: string[] = [];

  constructor(
    private readonly api: Api,
    private readonly units: readonly Unit[],
  ) {}

  private below(code: string): string[] {
    const children = this.units.filter(({ parent }) => parent === code);
    return [code, ...children.flatMap((child) => this.below(child.code))];
  }

  /** Units of a scope; all of them, and answers without one, where no unit is asked for. */
  private within(code: string | null): ReadonlySet<string> {
    return new Set(code === null ? [NOWHERE, ...this.units.map((unit) => unit.code)] : this.below(code));
  }

  /** Asks for one scope in one period: the page, and where `deep` also the scorecard with its trends, records and traces. */
  async ask(person: Person, period: string, unit: string | null, own: readonly string[] | null, deep: boolean) {
    const scope = unit === null && own !== null ? new Set(own.flatMap((code) => this.below(code))) : this.within(unit);
    const query = `period=${period}${unit === null ? '' : `&orgUnit=${unit}`}`;
    const page = await this.api.as(person).get(`/stakeholders?${query}`);
    expect(page.status).toBe(200);
    const { whole, areas } = stakeholdersSchema.parse(page.body);
    const tell = ({ value, counts, previous, question }: Voice, units: ReadonlySet<string>): void => {
      if ((value === null) !== (counts === null)) this.slips.push(`${query} ${question} has a value or counts alone`);
      if (value !== null) this.told.add(period, question, units);
      if (previous !== null) this.told.add(before(period), question, units);
    };
    for (const voice of whole.voices) tell(voice, scope);
    for (const area of areas) for (const voice of area.voices) tell(voice, this.within(area.code));
    if (!deep) return;
    const card = await this.api.as(person).get(`/metrics?${query}`);
    expect(card.status).toBe(200);
    const found = metricsSchema.parse(card.body).families.flatMap(({ metrics }) => metrics);
    await Promise.all(found.map((metric) => this.look(person, query, metric, scope, whole.voices)));
  }

  private async look(person: Person, query: string, metric: Metric, scope: ReadonlySet<string>, voices: Voice[]) {
    const question = questionOf(metric.id);
    if (question === null) return;
    for (const point of metric.trend) if (point.value !== null) this.told.add(point.period, question, scope);
    const isHidden = metric.value === null;
    if (isHidden !== (voices.find((voice) => voice.question === question)!.value === null))
      this.slips.push(`${query} ${metric.id} of the page`);
    const records = await this.api.as(person).get(`/metrics/${metric.id}/records?${query}`);
    expect(records.status).toBe(200);
    if (isHidden !== (records.body.items.length === 0)) this.slips.push(`${query} ${metric.id} records`);
    const trace = await this.api.as(person).get(`/trace/${metric.id}?${query}`);
    expect(trace.status).toBe(200);
    // How many have answered is no answer.
    const said = trace.body.inputs.filter(({ label }: { label: string }) => label !== 'Records that count');
    if (isHidden && (trace.body.value !== null || said.length > 0)) this.slips.push(`${query} ${metric.id} trace`);
  }
}

const before = (period: string): string => {
  const [year, quarter] = period.split('-Q').map(Number) as [number, number];
  return quarter === 1 ? `${year - 1}-Q4` : `${year}-Q${quarter - 1}`;
};

/** How many answered each question in each unit, from the database. */
const answersIn = async (api: Api) => {
  const counts = SURVEY_QUESTION_IDS.map((question) => `count(r.${question})::int as ${question}`).join(', ');
  return api.sql<{ period: string; unit: string } & Record<Question, number>>(
    `select s.period, coalesce(u.code, '${NOWHERE}') as unit, ${counts} from survey_responses r
       join surveys s on s.id = r.survey_id left join org_units u on u.id = r.org_unit_id group by 1, 2`,
  );
};

const exposed = async (api: Api, told: Told): Promise<string[]> => {
  const answers = await answersIn(api);
  return [...told.groups].flatMap(([key, groups]) => {
    const [period, question] = key.split(' ') as [string, Question];
    const atoms = answers
      .filter((row) => row.period === period)
      .map((row) => ({ name: row.unit, size: row[question] }));
    const found = exposedGroup(atoms, [...groups.values()]);
    return found ? [`${key}: ${found.join('+')}`] : [];
  });
};

const unitsOf = (api: Api) =>
  api.sql<Unit>('select u.code, p.code as parent from org_units u left join org_units p on p.id = u.parent_id');
const periodsOf = async (api: Api) =>
  (await api.sql<{ period: string }>('select distinct period from surveys order by period')).map(
    ({ period }) => period,
  );

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
    const people: Person[] = ['cio', 'finance', example ? 'cio' : 'pm-dig', example ? 'cio' : 'stakeholder-bu1'];
    for (const person of new Set(people))
      for (const path of ['/survey-responses', '/survey_responses', '/records/survey_response'])
        expect((await api.as(person).get(path)).status).toBeGreaterThanOrEqual(403);
  });
});
