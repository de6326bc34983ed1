import type { EntityManager } from 'typeorm';
import {
  type AnsweredSurvey,
  highestAnswer,
  lowestAnswer,
  type Question,
  QUESTIONS,
  type SurveyFacts,
  type Tally,
} from '../../core/metrics/stakeholder.js';
import {
  ENTERPRISE,
  type GroupId,
  isUnionPublishable,
  outermost,
  publishable,
  totals,
  type Unit,
  within,
} from '../../core/suppression.js';
import { named } from '../../database/named.js';
import type { Reading, Scope } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';

const countsOf = (question: Question): string => {
  const values = Array.from(
    { length: highestAnswer(question) - lowestAnswer(question) + 1 },
    (_, index) => lowestAnswer(question) + index,
  );
  const counts = values.map((value) => `count(*) filter (where r.${question} = ${value})`);
  return `json_build_array(${counts.join(', ')}) as ${question}`;
};

/**
 * One row: the units as they stand today, and by period as they stood when its answers were told first; the surveys that count in the periods, which
 * are over (figures that change with each answer would tell each answer); and how often each answer was given, by survey and by the unit that it names.
 * Answers leave the database as counts only.
 */
const ANSWERS = `
  with asked as (
    select period, (ordinality - 1)::int as at from unnest($1::text[]) with ordinality as p (period, ordinality)),
  over as (
    select k.at, s.id, s.code, s.name, s.invited
    from asked k join counted_surveys s on s.period = k.period),
  counted as (
    select r.survey_id as survey, r.org_unit_id as unit, count(*) as answers, ${QUESTIONS.map(countsOf).join(', ')}
    from over o join survey_responses r on r.survey_id = o.id and r.archived_at is null
    group by r.survey_id, r.org_unit_id)
  select
    (select coalesce(json_agg(json_build_object('id', id, 'parent', parent_id, 'code', code, 'name', name)), '[]')
      from org_units) as units,
    (select coalesce(json_agg(json_build_object('at', k.at, 'id', t.org_unit_id, 'parent', t.parent_id, 'code', t.code)), '[]')
      from asked k join survey_trees t on t.period = k.period) as trees,
    (select coalesce(json_agg(o order by o.at, lower(o.code)), '[]') from over o) as surveys,
    (select coalesce(json_agg(c), '[]') from counted c) as counted`;

interface SurveyRow {
  at: number;
  id: string;
  code: string;
  name: string;
  invited: number | null;
}
type CountedRow = { survey: string; unit: string | null; answers: number } & Record<Question, number[]>;

/** The answers of the whole enterprise by period, as counts; what may be told of a scope is asked of it. */
export interface Answers {
  /** As they stand today, with their names. */
  readonly units: readonly NamedUnit[];
  readonly periods: readonly PeriodAnswers[];
}
export type NamedUnit = Unit & { readonly name: string };
export interface PeriodAnswers {
  readonly period: string;
  /**
   * Units that answers name, with all above them, as they stood when the answers were told first. Told over today's tree, a unit that moves would
   * tell hidden groups: the area that it left, with it and without it.
   */
  readonly tree: readonly Unit[];
  readonly surveys: readonly AnsweredSurvey[];
  /** Answers of any kind, by the unit that they name. */
  readonly answers: ReadonlyMap<GroupId, number>;
  readonly questions: Readonly<Record<Question, QuestionAnswers>>;
}
interface QuestionAnswers {
  /** By the unit that the answers name: how often each was given, from the lowest. */
  readonly direct: ReadonlyMap<GroupId, readonly number[]>;
  readonly totals: ReadonlyMap<GroupId, number>;
  readonly shown: ReadonlySet<GroupId>;
}

export const addUp = (lists: readonly (readonly number[])[]): number[] =>
  lists.reduce<number[]>((sums, list) => list.map((count, index) => count + (sums[index] ?? 0)), []);
export const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

const gathered = <Value>(
  rows: readonly CountedRow[],
  valueOf: (row: CountedRow) => Value,
  add: (values: readonly Value[]) => Value,
): ReadonlyMap<GroupId, Value> => {
  const byUnit = new Map<GroupId, Value[]>();
  for (const row of rows)
    byUnit.set(row.unit ?? ENTERPRISE, [...(byUnit.get(row.unit ?? ENTERPRISE) ?? []), valueOf(row)]);
  return new Map([...byUnit].map(([unit, values]) => [unit, add(values)]));
};

const questionOf = (units: readonly Unit[], rows: readonly CountedRow[], question: Question): QuestionAnswers => {
  const direct = gathered(rows, (row) => row[question], addUp);
  const numbers = new Map([...direct].map(([unit, counts]) => [unit, sumOf(counts)] as const));
  return { direct, totals: totals(units, numbers), shown: publishable(units, numbers) };
};

const periodOf = (
  period: string,
  units: readonly Unit[],
  surveys: readonly SurveyRow[],
  counted: readonly CountedRow[],
): PeriodAnswers => {
  const ids = new Set(surveys.map(({ id }) => id));
  const rows = counted.filter(({ survey }) => ids.has(survey));
  const answersTo = (id: string): number =>
    sumOf(rows.filter(({ survey }) => survey === id).map(({ answers }) => answers));
  return {
    period,
    tree: units,
    surveys: surveys.map(({ id, code, name, invited }) => ({ code, name, invited, answers: answersTo(id) })),
    answers: gathered(rows, ({ answers }) => answers, sumOf),
    questions: Object.fromEntries(QUESTIONS.map((question) => [question, questionOf(units, rows, question)])) as Record<
      Question,
      QuestionAnswers
    >,
  };
};

/** The tree that was kept; a unit that was not (answers that came by no way of ours) stands where it stands today. */
const treeOf = (units: readonly Unit[], kept: readonly Unit[]): readonly Unit[] => {
  const known = new Set(kept.map(({ id }) => id));
  return [...kept, ...units.filter(({ id }) => !known.has(id))];
};

export const readAnswers = async (manager: EntityManager, periods: readonly string[]): Promise<Answers> => {
  const [row] = await named<{
    units: NamedUnit[];
    trees: (Unit & { at: number })[];
    surveys: SurveyRow[];
    counted: CountedRow[];
  }>(manager, 'answers to surveys', ANSWERS, [periods]);
  const { units, trees, surveys, counted } = row!;
  return {
    units,
    periods: periods.map((period, at) =>
      periodOf(
        period,
        treeOf(
          units,
          trees.filter((unit) => unit.at === at),
        ),
        surveys.filter((survey) => survey.at === at),
        counted,
      ),
    ),
  };
};

type Units = Pick<Scope, 'unitId' | 'unitIds'>;

/** Units of a scope that together hold its answers in a period, each once; the enterprise, where no unit was asked for. */
export const partsOf = ({ tree }: PeriodAnswers, { unitId, unitIds }: Units): GroupId[] =>
  unitIds === null ? [ENTERPRISE] : unitId !== null ? [unitId] : outermost(tree, new Set(unitIds));

/** Units of a scope as it was in a period; null for the enterprise. */
export const withinOf = (period: PeriodAnswers, scope: Units): ReadonlySet<string> | null =>
  scope.unitIds === null ? null : within(period.tree, partsOf(period, scope) as string[]);

/** What may be told of a scope, by period. */
export const factsOf = (answers: Answers, scope: Units): SurveyFacts[] =>
  answers.periods.map((period) => {
    const parts = partsOf(period, scope);
    const inside = withinOf(period, scope);
    const tally = ({ direct, totals: numbers, shown }: QuestionAnswers): Tally => {
      const n = sumOf(parts.map((part) => numbers.get(part) ?? 0));
      if (n === 0 || !isUnionPublishable(parts, shown, numbers)) return { n, counts: null };
      const inScope = [...direct].filter(([unit]) => inside === null || (unit !== ENTERPRISE && inside.has(unit)));
      return { n, counts: addUp(inScope.map(([, counts]) => counts)) };
    };
    const { questions } = period;
    return {
      period: period.period,
      surveys: period.surveys,
      questions: Object.fromEntries(QUESTIONS.map((question) => [question, tally(questions[question])])) as Record<
        Question,
        Tally
      >,
    };
  });

/** Facts of the scope by period, in the order of `periods`. */
export const readSurveyFacts = async (
  manager: EntityManager,
  reading: Reading,
  periods: readonly Bounds[],
): Promise<SurveyFacts[]> =>
  factsOf(
    await readAnswers(
      manager,
      periods.map(({ period }) => period),
    ),
    reading.scope,
  );
