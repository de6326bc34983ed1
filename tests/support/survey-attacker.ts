/** An attacker who asks for every figure of every survey and takes them from each other; shared by the specs of suppression. */
import { expect } from '@jest/globals';
import { type Metric, metricRecords, metrics as metricsSchema } from '../../server/contract/metric.js';
import { metricPage } from '../../server/contract/metric-page.js';
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

/** What people ask for: a unit, or a reader's own units, or everything. */
interface Asked {
  readonly unit: string | null;
  readonly own: readonly string[] | null;
}
const EVERYBODY: Asked = { unit: null, own: null };

/** The answers given directly to a unit: how many, and what they add up to. */
interface Score {
  readonly unit: string;
  readonly n: number;
  readonly sum: number;
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
  /** Answers where a figure is hidden in one place and told in another, or is of other units than those it stands for. */
  readonly slips: string[] = [];
  private scores: ReadonlyMap<string, readonly Score[]> = new Map();

  constructor(
    private readonly api: Api,
    private readonly units: readonly Unit[],
    /** Areas that are IT itself, of each round. */
    private readonly it: ReadonlyMap<string, readonly string[]> = new Map(),
    /** The units as they stood when a period was told first, where they have moved since. */
    private readonly trees: ReadonlyMap<string, readonly Unit[]> = new Map(),
  ) {}

  /** Reads what was really answered: from then on each told figure is held against the units that it is taken to be of. */
  async learn(): Promise<void> {
    this.scores = await scoresIn(this.api);
  }

  private treeOf(period: string): readonly Unit[] {
    return this.trees.get(period) ?? this.units;
  }

  private below(code: string, period: string): string[] {
    const children = this.treeOf(period).filter(({ parent }) => parent === code);
    return [code, ...children.flatMap((child) => this.below(child.code, period))];
  }

  /** Units of a scope as it was then; all of them, and answers without one, where no unit is asked for. */
  private readonly within = (scope: Asked, period: string): ReadonlySet<string> => {
    if (scope.unit === null && scope.own === null) {
      const all = [...this.units, ...this.treeOf(period)].map(({ code }) => code);
      return new Set([NOWHERE, ...all]);
    }
    return new Set((scope.unit === null ? scope.own! : [scope.unit]).flatMap((code) => this.below(code, period)));
  };

  /** A figure of these units was told. */
  private tell(period: string, question: Question, units: ReadonlySet<string>, value: unknown, where: string): void {
    if (value === null) return;
    this.told.add(period, question, units);
    const known = this.scores.get(`${period} ${question}`);
    if (known === undefined) return;
    const of = known.filter(({ unit }) => units.has(unit));
    const [sum, n] = [of.reduce((all, each) => all + each.sum, 0), of.reduce((all, each) => all + each.n, 0)];
    if (!(Math.abs(Number(value) - sum / n) < 1e-9))
      this.slips.push(`${where} ${period} ${question} is of other units`);
  }

  /** Asks for one scope in one period: the page, and where `deep` also the scorecard with its trends, pages, records and traces. */
  async ask(person: Person, period: string, unit: string | null, own: readonly string[] | null, deep: boolean) {
    const asked = { unit, own };
    const scope = this.within(asked, period);
    const query = `period=${period}${unit === null ? '' : `&orgUnit=${unit}`}`;
    const page = await this.api.as(person).get(`/stakeholders?${query}`);
    expect(page.status).toBe(200);
    const { whole, areas, perception, comments } = stakeholdersSchema.parse(page.body);
    const hear = ({ value, counts, previous, question }: Voice, of: Asked): void => {
      if ((value === null) !== (counts === null)) this.slips.push(`${query} ${question} has a value or counts alone`);
      this.tell(period, question, this.within(of, period), value, query);
      this.tell(before(period), question, this.within(of, before(period)), previous, query);
    };
    for (const voice of whole.voices) hear(voice, asked);
    for (const area of areas) for (const voice of area.voices) hear(voice, { unit: area.code, own: null });
    const itUnits = new Set((this.it.get(period) ?? []).flatMap((code) => this.below(code, period)));
    for (const { question, it, business, gap } of perception ?? []) {
      this.tell(period, question, itUnits, it.value, `${query} of IT`);
      const others = new Set([...this.within(EVERYBODY, period)].filter((code) => !itUnits.has(code)));
      this.tell(period, question, others, business.value, `${query} of the business`);
      // With one side, the gap is the other.
      if (gap !== null && (it.value === null || business.value === null)) this.slips.push(`${query} ${question} gap`);
    }
    if (comments !== null) this.told.add(period, 'comments', scope);
    if (!deep) return;
    // Signs are dear; where the figure is told they tell the same.
    const isHidden = whole.voices.some(({ question, value }) => question === 'satisfaction' && value === null);
    if (isHidden || unit === null) await this.readSigns(person, query, asked, whole.voices);
    const found = await this.card(person, query);
    const rate = found.find(({ id }) => id === 'stakeholder.response_rate')!;
    if ((unit !== null || own !== null) && rate.value !== null) this.slips.push(`${query} response rate of a part`);
    await Promise.all(found.map((metric) => this.look(person, query, metric, asked, whole.voices)));
  }

  /** A portfolio has no people who answer: nothing is told of one, whatever unit is asked for with it. */
  async askPortfolio(person: Person, period: string, portfolio: string, unit: string | null): Promise<void> {
    const query = `period=${period}&portfolio=${portfolio}${unit === null ? '' : `&orgUnit=${unit}`}`;
    const signs = await this.api.as(person).get(`/signs?${query}`);
    if (signs.status !== 403) {
      const tests = signsSchema.parse(signs.body).items.flatMap((sign) => sign.tests);
      const said = tests.find(({ metric }) => metric === 'stakeholder.satisfaction')!;
      if ([said.value, ...said.trend.map(({ value }) => value)].some((value) => value !== null))
        this.slips.push(`${query} signs`);
    }
    for (const metric of await this.card(person, query)) {
      if (questionOf(metric.id) === null && metric.id !== 'stakeholder.response_rate') continue;
      if ([metric.value, ...metric.trend.map(({ value }) => value)].some((value) => value !== null))
        this.slips.push(`${query} ${metric.id}`);
      await this.readMetric(person, query, metric);
    }
  }

  private async card(person: Person, query: string): Promise<Metric[]> {
    const reply = await this.api.as(person).get(`/metrics?${query}`);
    expect(reply.status).toBe(200);
    return metricsSchema.parse(reply.body).families.flatMap(({ metrics }) => metrics);
  }

  /** Weak engagement is told by a figure of answers. Who may not read signs is told nothing by them. */
  private async readSigns(person: Person, query: string, asked: Asked, voices: readonly Voice[]) {
    const reply = await this.api.as(person).get(`/signs?${query}`);
    if (reply.status === 403) return;
    expect(reply.status).toBe(200);
    const tests = signsSchema.parse(reply.body).items.flatMap((sign) => sign.tests);
    const said = tests.find(({ metric }) => metric === 'stakeholder.satisfaction')!;
    for (const { period, value } of said.trend)
      this.tell(period, 'satisfaction', this.within(asked, period), value, `${query} signs`);
    const isHidden = voices.find(({ question }) => question === 'satisfaction')!.value === null;
    if (isHidden && (said.value !== null || said.state !== 'unknown')) this.slips.push(`${query} signs`);
  }

  private async look(person: Person, query: string, metric: Metric, asked: Asked, voices: Voice[]) {
    const question = questionOf(metric.id);
    if (question === null) return;
    for (const { period, value } of metric.trend)
      this.tell(period, question, this.within(asked, period), value, `${query} ${metric.id}`);
    if (metric.value !== null)
      this.tell(
        metric.trend.at(-1)!.period,
        question,
        this.within(asked, metric.trend.at(-1)!.period),
        metric.value,
        query,
      );
    if ((metric.value === null) !== (voices.find((voice) => voice.question === question)!.value === null))
      this.slips.push(`${query} ${metric.id} of the page`);
    await this.readMetric(person, query, metric);
  }

  /** Whether the page, records and trace of a metric keep back what its card keeps back: n may be told, and nothing else. */
  private async readMetric(person: Person, query: string, metric: Metric): Promise<void> {
    const slip = (where: string): void => void this.slips.push(`${query} ${metric.id} ${where}`);
    const isHidden = metric.value === null;
    const said = ({ value, trend, previous }: Metric): string =>
      JSON.stringify([value, previous, trend.map((point) => point.value)]);
    const page = metricPage.parse((await this.api.as(person).get(`/metrics/${metric.id}?${query}`)).body);
    if (said(page) !== said(metric)) slip('page');
    if (page.inputs.some(({ value }) => isHidden && value !== null)) slip('inputs');
    page.trend.forEach(({ value, range }, at) => {
      if (value !== null) return;
      if (range !== null || page.inputs.some(({ trend }) => trend[at] !== null))
        slip(`inputs of ${page.trend[at]!.period}`);
    });
    for (const { status, variance, detail } of [metric, page])
      if (isHidden && (status !== null || variance !== null || Object.values(detail).some((each) => each !== null)))
        slip('held against its target');
    if (
      isHidden &&
      page.beside.some(({ value, parts }) => value !== null || parts?.some((part) => part.value !== null))
    )
      slip('beside');
    const records = await this.api.as(person).get(`/metrics/${metric.id}/records?${query}`);
    expect(records.status).toBe(200);
    const list = metricRecords.parse(records.body);
    if (isHidden !== (list.items.length === 0) || list.value !== metric.value) slip('records');
    const trace = await this.api.as(person).get(`/trace/${metric.id}?${query}`);
    expect(trace.status).toBe(200);
    // How many have answered is no answer.
    const inputs = trace.body.inputs.filter(({ label }: { label: string }) => label !== 'Records that count');
    if (isHidden && (trace.body.value !== null || inputs.length > 0)) slip('trace');
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

/** What was answered to each question in each unit, by period and question; of surveys that are over. */
const scoresIn = async (api: Api): Promise<ReadonlyMap<string, readonly Score[]>> => {
  const weigh = (question: Question): string =>
    question === 'recommend' ? 'case when recommend >= 9 then 1 when recommend <= 6 then -1 else 0 end' : question;
  const rows = await api.sql<Score & { key: string }>(
    SURVEY_QUESTION_IDS.map(
      (question) =>
        `select s.period || ' ${question}' as key, coalesce(u.code, '${NOWHERE}') as unit, count(*)::int as n, sum(${weigh(question)})::int as sum
         from survey_responses r join surveys s on s.id = r.survey_id left join org_units u on u.id = r.org_unit_id
         where r.${question} is not null and r.archived_at is null group by 1, 2`,
    ).join(' union all '),
  );
  const scores = new Map<string, Score[]>();
  for (const { key, ...score } of rows) scores.set(key, [...(scores.get(key) ?? []), score]);
  return scores;
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
