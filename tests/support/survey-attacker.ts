/** An attacker who asks for every figure of every survey and takes them from each other; shared by the specs of suppression. */
import { expect } from '@jest/globals';
import { type Metric, metrics as metricsSchema } from '../../server/contract/metric.js';
import { signs as signsSchema } from '../../server/contract/sign.js';
import { stakeholders as stakeholdersSchema, type Voice } from '../../server/contract/stakeholder.js';
import { SURVEY_QUESTION_IDS } from '../../server/contract/survey.js';
import type { Api, Person } from './harness.js';
import { exposedGroup } from './told-groups.js';

type Question = (typeof SURVEY_QUESTION_IDS)[number];
/** Words are told of ten people and more: whatever they answered beside. */
type ToldOf = Question | 'comments';
const FEWEST: Partial<Record<ToldOf, number>> = { comments: 10 };
export const NOWHERE = '(none)';

export interface Unit {
  code: string;
  parent: string | null;
}

/** What has been told, by period and question: the units whose answers it adds up, and the sum of those answers. */
export class Told {
  readonly groups = new Map<string, Map<string, ReadonlySet<string>>>();

  add(period: string, question: ToldOf, units: ReadonlySet<string>): void {
    const key = `${period} ${question}`;
    const known = this.groups.get(key) ?? new Map<string, ReadonlySet<string>>();
    this.groups.set(key, known.set([...units].sort().join(), units));
  }
}

const questionOf = (id: string): Question | null => {
  const name = id.replace('stakeholder.', '').replace('nps', 'recommend');
  return SURVEY_QUESTION_IDS.find((question) => question === name) ?? null;
};

export class Attacker {
  readonly told = new Told();
  /** Answers where a figure is hidden in one place and told in another. */
  readonly slips: string[] = [];

  constructor(
    private readonly api: Api,
    private readonly units: readonly Unit[],
    /** Areas that are IT itself, of each round. */
    private readonly it: ReadonlyMap<string, readonly string[]> = new Map(),
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
    const { whole, areas, perception, comments } = stakeholdersSchema.parse(page.body);
    const tell = ({ value, counts, previous, question }: Voice, units: ReadonlySet<string>): void => {
      if ((value === null) !== (counts === null)) this.slips.push(`${query} ${question} has a value or counts alone`);
      if (value !== null) this.told.add(period, question, units);
      if (previous !== null) this.told.add(before(period), question, units);
    };
    for (const voice of whole.voices) tell(voice, scope);
    for (const area of areas) for (const voice of area.voices) tell(voice, this.within(area.code));
    const itUnits = new Set((this.it.get(period) ?? []).flatMap((code) => this.below(code)));
    for (const line of perception ?? []) {
      if (line.it.value !== null) this.told.add(period, line.question, itUnits);
      const business = new Set([...this.within(null)].filter((code) => !itUnits.has(code)));
      if (line.business.value !== null) this.told.add(period, line.question, business);
    }
    if (comments !== null) this.told.add(period, 'comments', scope);
    if (!deep) return;
    // Signs are dear; where the figure is told they tell the same.
    const isHidden = whole.voices.some(({ question, value }) => question === 'satisfaction' && value === null);
    if (isHidden || unit === null) await this.readSigns(person, query, scope, whole.voices);
    const card = await this.api.as(person).get(`/metrics?${query}`);
    expect(card.status).toBe(200);
    const found = metricsSchema.parse(card.body).families.flatMap(({ metrics }) => metrics);
    await Promise.all(found.map((metric) => this.look(person, query, metric, scope, whole.voices)));
  }

  /** Weak engagement is told by a figure of answers. Who may not read signs is told nothing by them. */
  private async readSigns(person: Person, query: string, scope: ReadonlySet<string>, voices: readonly Voice[]) {
    const reply = await this.api.as(person).get(`/signs?${query}`);
    if (reply.status === 403) return;
    expect(reply.status).toBe(200);
    const tests = signsSchema.parse(reply.body).items.flatMap((sign) => sign.tests);
    const said = tests.find(({ metric }) => metric === 'stakeholder.satisfaction')!;
    for (const point of said.trend) if (point.value !== null) this.told.add(point.period, 'satisfaction', scope);
    const isHidden = voices.find(({ question }) => question === 'satisfaction')!.value === null;
    if (isHidden && (said.value !== null || said.state !== 'unknown')) this.slips.push(`${query} signs`);
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
export const answersIn = async (api: Api) => {
  const counts = SURVEY_QUESTION_IDS.map((question) => `count(r.${question})::int as ${question}`).join(', ');
  return api.sql<{ period: string; unit: string } & Record<ToldOf, number>>(
    `select s.period, coalesce(u.code, '${NOWHERE}') as unit, count(*)::int as comments, ${counts} from survey_responses r
       join surveys s on s.id = r.survey_id left join org_units u on u.id = r.org_unit_id group by 1, 2`,
  );
};

export const exposed = async (api: Api, told: Told): Promise<string[]> => {
  const answers = await answersIn(api);
  return [...told.groups].flatMap(([key, groups]) => {
    const [period, question] = key.split(' ') as [string, ToldOf];
    const atoms = answers
      .filter((row) => row.period === period)
      .map((row) => ({ name: row.unit, size: row[question] }));
    const found = exposedGroup(atoms, [...groups.values()], FEWEST[question]);
    return found ? [`${key}: ${found.join('+')}`] : [];
  });
};

export const unitsOf = (api: Api) =>
  api.sql<Unit>('select u.code, p.code as parent from org_units u left join org_units p on p.id = u.parent_id');
export const periodsOf = async (api: Api) =>
  (await api.sql<{ period: string }>('select distinct period from surveys order by period')).map(
    ({ period }) => period,
  );
