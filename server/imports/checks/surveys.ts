import { tableOfType, type Batch } from '../batch.js';
import { rowsName, stagedName, type ImportedTable } from '../import-tables.js';
import { addProblems } from '../problems.js';
import { refLookup } from '../resolve.js';
import { hasRound } from '../round-answers.js';

/** One survey is of one period, and a period that is told takes no other. */
const checkSurveys = async (batch: Batch, table: ImportedTable): Promise<void> => {
  await addProblems(batch, table, {
    row: 'r.row_no',
    column: 'period',
    value: 'r.period',
    code: 'survey.period',
    message: `format('The survey "%s" is of the period %s. Use another code for another period.', t.code, t.period)`,
    from: `from ${rowsName(table)} r join surveys t on t.id = r.id where t.period <> r.period`,
  });
  await addProblems(batch, table, {
    row: 'r.row_no',
    column: 'period',
    value: 'r.period',
    code: 'survey.told',
    message: `format('The survey "%s" has answers of %s already. Its figures would change by the new answers alone, so use another quarter.', min(o.code), r.period)`,
    from: `from ${rowsName(table)} r join told_surveys o on o.period = r.period and o.id <> r.id
      where r.action in ('created', 'restored') group by r.row_no, r.period`,
  });
};

/** Whoever reads figures of a period before and after an answer more, or another one, has that answer: so all come at once. */
const checkAnswers = async (batch: Batch, table: ImportedTable): Promise<void> => {
  const surveys = tableOfType(batch, 'survey');
  const named = surveys ? `left join ${rowsName(surveys)} n on n.id = r.survey_id` : '';
  const period = surveys ? 'coalesce(t.period, n.period)' : 't.period';
  await addProblems(batch, table, {
    row: 'r.row_no',
    column: 'survey_code',
    value: 's.survey_code',
    code: 'survey.told',
    message: `format('Answers of %s are told already: the figures before and after would tell this one. Use a survey of a later quarter. To correct an imported survey, revert its import and import all of it again.', ${period})`,
    from: `from ${rowsName(table)} r join ${stagedName(table)} s on s.row_no = r.row_no and not s.bad
        left join surveys t on t.id = r.survey_id ${named}
      where r.action <> 'unchanged' and exists (select 1 from told_surveys o where o.period = ${period})`,
  });
};

/** Every row for a survey with a round is refused alike, whoever and whatever it names, but for those that an export made. */
const refuseAnswersToRounds = (batch: Batch, table: ImportedTable): Promise<void> => {
  const survey = refLookup(batch, 'survey', 'v', 's.survey_code');
  return addProblems(batch, table, {
    row: 's.row_no',
    column: 'survey_code',
    value: 's.survey_code',
    code: 'survey.round',
    message: `format('The survey "%s" is a round: its answers come by links alone, and no row is held against them. Leave its rows out.', s.survey_code)`,
    from: `from ${stagedName(table)} s ${survey.join} where s.respondent_is_exported is not true and ${hasRound(survey.id)}`,
  });
};

/** What surveys and answers of an import would tell beside what is told. */
export const checkTold = async (batch: Batch, table: ImportedTable): Promise<void> => {
  if (table.type === 'survey') await checkSurveys(batch, table);
  if (table.type !== 'survey_response') return;
  await refuseAnswersToRounds(batch, table);
  await checkAnswers(batch, table);
};
