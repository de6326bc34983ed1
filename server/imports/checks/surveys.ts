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

/** What was removed with its round stays removed: over the units of today its answers would tell hidden groups of then. */
const refuseRemovedRounds = (batch: Batch, table: ImportedTable): Promise<void> =>
  addProblems(batch, table, {
    row: 'r.row_no',
    column: 'code',
    value: 'r.code',
    code: 'survey.round',
    message: `format('The round of survey "%s" was removed, and its answers do not come back. Use another code.', r.code)`,
    from: `from ${rowsName(table)} r where r.action = 'restored' and ${hasRound('r.id')}`,
  });

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
    message: `format('Answers of %s are told already: the figures before and after would tell this one. Leave it out, or use a survey of a later quarter.', ${period})`,
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
  if (table.type === 'survey') {
    await checkSurveys(batch, table);
    await refuseRemovedRounds(batch, table);
  }
  if (table.type !== 'survey_response') return;
  await refuseAnswersToRounds(batch, table);
  await checkAnswers(batch, table);
};

/** No fewer were asked than have answered, in the state that would result; and of a round it stays what the round has counted. */
export const checkInvited = async (batch: Batch): Promise<void> => {
  const surveys = tableOfType(batch, 'survey');
  const answers = tableOfType(batch, 'survey_response');
  const answered = (survey: string): string => `(select count(*) from (
    select a.id from survey_responses a where a.survey_id = ${survey} and a.archived_at is null
    ${answers ? `union select n.id from ${rowsName(answers)} n where n.survey_id = ${survey}` : ''}) given)`;
  const message = (code: string, survey: string): string =>
    `format('%s people have answered the survey "%s", so no fewer were asked. Correct how many were invited, or leave it blank.', ${answered(survey)}, ${code})`;
  if (surveys) {
    const invited = { row: 'r.row_no', column: 'invited', value: 'r.invited' } as const;
    await addProblems(batch, surveys, {
      ...invited,
      code: 'survey.round',
      message: `format('The survey "%s" is a round, which counts whom it asked: %s. Leave that number.', t.code, coalesce(t.invited::text, 'nobody yet'))`,
      from: `from ${rowsName(surveys)} r join surveys t on t.id = r.id and t.archived_at is null
        where r.invited is distinct from t.invited and ${hasRound('t.id')}`,
    });
    await addProblems(batch, surveys, {
      ...invited,
      code: 'survey.invited',
      message: message('r.code', 'r.id'),
      from: `from ${rowsName(surveys)} r where not ${hasRound('r.id')} and r.invited < ${answered('r.id')}`,
    });
  }
  if (!answers) return;
  await addProblems(batch, answers, {
    row: 'min(r.row_no)',
    column: 'survey_code',
    value: 't.code',
    code: 'survey.invited',
    message: message('t.code', 't.id'),
    also: 'array_agg(r.row_no)',
    from: `from ${rowsName(answers)} r join surveys t on t.id = r.survey_id
      where r.action <> 'unchanged' ${surveys ? `and not exists (select 1 from ${rowsName(surveys)} n where n.id = t.id)` : ''}
      group by t.id, t.code, t.invited having t.invited < ${answered('t.id')}`,
  });
};
