import { SURVEY_QUESTION_IDS } from '../../contract/survey.js';
import { type Telling, tellsFewer } from '../../core/retelling.js';
import type { GroupId, Unit } from '../../core/suppression.js';
import { tableOfType, type Batch } from '../batch.js';
import { rowsName, stagedName, type ImportedTable } from '../import-tables.js';
import { addProblems, literal } from '../problems.js';

/** How many people of a unit gave an answer to a question; `answered` is whether they answered at all. */
interface Counted {
  period: string;
  question: string;
  unit: string | null;
  answer: number;
  people: number;
}
const ANSWERED = 'answered';
const QUESTIONS = [ANSWERED, ...SURVEY_QUESTION_IDS];

/** Imported answers as they were told last, of those of the quarters of which none is told now. */
const BEFORE = `
  select c.period, c.question, c.org_unit_id as unit, c.answer, c.people from survey_tellings c
  where c.period = any ($1) and not exists (
    select 1 from surveys s join survey_responses r on r.survey_id = s.id where s.period = c.period and r.archived_at is null)`;

const afterOf = (from: string, period: string): string => `
  select ${period} as period, q.question, r.org_unit_id as unit, q.answer, count(*)::int as people
  ${from} cross join lateral (values ('${ANSWERED}', 1), ${SURVEY_QUESTION_IDS.map((id) => `('${id}', r.${id})`).join(', ')}) q (question, answer)
  where q.answer is not null group by 1, 2, 3, 4`;

const TREES_BEFORE = `
  select period, org_unit_id as id, parent_id as parent, code from survey_trees_before where period = any ($1)`;

/** The tree of units as it would be after the import. */
const treeAfter = (units: ImportedTable | undefined): string =>
  units
    ? `select id, parent_id as parent, code from ${rowsName(units)}
       union all select t.id, t.parent_id, t.code from org_units t where not exists (select 1 from ${rowsName(units)} r where r.id = t.id)`
    : 'select id, parent_id as parent, code from org_units';

const telling = (units: readonly Unit[], counted: readonly Counted[]): Telling => {
  const answers = new Map<GroupId, Map<number, number>>();
  for (const { unit, answer, people } of counted)
    answers.set(unit, (answers.get(unit) ?? new Map<number, number>()).set(answer, people));
  return { units, answers };
};

/**
 * Answers of a quarter that were told and taken back come again only where no few of them differ, in what they say or in the units above them:
 * figures that somebody has read stay read.
 */
export const checkRetold = async (batch: Batch): Promise<void> => {
  const table = tableOfType(batch, 'survey_response');
  if (!table) return;
  const surveys = tableOfType(batch, 'survey');
  const period = surveys ? 'coalesce(n.period, t.period)' : 't.period';
  const from = `from ${rowsName(table)} r left join surveys t on t.id = r.survey_id
    ${surveys ? `left join ${rowsName(surveys)} n on n.id = r.survey_id` : ''}`;
  const { connection } = batch;
  const periods = (
    await connection.query<{ period: string }>(
      `select distinct ${period} as period ${from} where ${period} is not null`,
    )
  ).map((row) => row.period);
  if (periods.length === 0) return;
  const before = await connection.query<Counted>(BEFORE, [periods]);
  if (before.length === 0) return;
  const after = await connection.query<Counted>(afterOf(from, period));
  const trees = await connection.query<Unit & { period: string }>(TREES_BEFORE, [periods]);
  const units = await connection.query<Unit>(treeAfter(tableOfType(batch, 'org_unit')));
  for (const told of periods) {
    const tree = trees.filter((unit) => unit.period === told);
    const of = (counted: readonly Counted[], question: string) =>
      counted.filter((each) => each.period === told && each.question === question);
    const isTold = QUESTIONS.some((question) =>
      tellsFewer(telling(tree, of(before, question)), telling(units, of(after, question))),
    );
    if (isTold) await refuse(batch, table, { from, period, told });
  }
};

const refuse = (
  batch: Batch,
  table: ImportedTable,
  { from, period, told }: { from: string; period: string; told: string },
): Promise<void> =>
  addProblems(batch, table, {
    row: 'r.row_no',
    column: 'survey_code',
    value: 's.survey_code',
    code: 'survey.told',
    message: literal(
      `Answers of ${told} were told before they were taken back, and from those these differ by so few that the figures before and after would tell them. Import them as they were, without what came late and with each unit where it stood, or leave the quarter out.`,
    ),
    from: `${from} join ${stagedName(table)} s on s.row_no = r.row_no where ${period} = ${literal(told)}`,
  });
