import { SURVEY_QUESTION_IDS } from '../../contract/survey.js';
import { ENTERPRISE, FEWEST_ANSWERS, type GroupId, toldApart, type Unit } from '../../core/suppression.js';
import type { LongConnection } from '../connection.js';

/** Rounds that are over, each with the tree of units of its period, and how many answered at all (first) and each question, by unit. */
const CLOSED = `
  select o.survey_id as survey,
    (select coalesce(json_agg(json_build_object('id', t.org_unit_id, 'parent', t.parent_id, 'code', t.code)), '[]')
      from survey_trees t where t.period = s.period) as tree,
    (select coalesce(json_agg(c), '[]') from (
      select r.org_unit_id as unit, array[count(*), ${SURVEY_QUESTION_IDS.map((id) => `count(r.${id})`).join(', ')}] as numbers
      from survey_responses r where r.survey_id = o.survey_id and r.archived_at is null group by r.org_unit_id) c) as counted
  from survey_rounds o join surveys s on s.id = o.survey_id where o.state = 'closed'`;

export interface ClosedRound {
  survey: string;
  tree: Unit[];
  counted: { unit: string | null; numbers: number[] }[];
}

/**
 * What of the answers of a round may leave the product one by one: `<survey>` where its rows may, `<survey>:<question>` where a question may,
 * `<survey>:<unit>` where rows may name the unit. What people gave their answers for was that nobody below five can be told apart.
 */
export const tellable = ({ survey, tree, counted }: ClosedRound): string[] => {
  const [all, ...questions] = ['', ...SURVEY_QUESTION_IDS].map((_, at) => {
    const direct = new Map<GroupId, number>(counted.map(({ unit, numbers }) => [unit, numbers[at]!]));
    const total = [...direct.values()].reduce((sum, number) => sum + number, 0);
    return { direct, isTold: total >= FEWEST_ANSWERS, apart: toldApart(tree, direct) };
  });
  if (!all!.isTold) return [];
  const told = questions.filter(({ isTold }) => isTold);
  const mayName = (unit: GroupId): boolean =>
    all!.apart.has(unit) && told.every(({ direct, apart }) => (direct.get(unit) ?? 0) === 0 || apart.has(unit));
  const units = counted.flatMap(({ unit }) => (unit !== ENTERPRISE && mayName(unit) ? [unit] : []));
  const ids = SURVEY_QUESTION_IDS.filter((_, at) => questions[at]!.isTold);
  return [survey, ...[...ids, ...units].map((part) => `${survey}:${part}`)];
};

export const tellableAnswers = async (connection: LongConnection): Promise<string[]> =>
  (await connection.query<ClosedRound>(CLOSED)).flatMap(tellable);

const isImported = 'not exists (select 1 from survey_rounds d where d.survey_id = t.survey_id)';

/** SQL for whether the row `t` may leave. @param told SQL of what `tellable` gave */
export const isToldAnswer = (told: string): string => `(${isImported} or t.survey_id::text = any (${told}))`;

/** SQL for a cell of the row `t`; words of a round are read on the page, and never beside the other answers of who wrote them. */
export const toldCell = (column: string, value: string, told: string): string => {
  if (column === 'comment') return `case when ${isImported} then ${value} end`;
  const part = column === 'org_unit_id' ? 't.org_unit_id' : `'${column}'`;
  if (column !== 'org_unit_id' && !SURVEY_QUESTION_IDS.some((id) => id === column)) return value;
  return `case when ${isImported} or t.survey_id || ':' || ${part} = any (${told}) then ${value} end`;
};
