import type { Batch } from './batch.js';
import { stagedName, type ImportedTable } from './import-tables.js';
import { refLookup } from './resolve.js';
import { hasRound } from './round-answers.js';

/**
 * Replaces the hashes of who answered, as they were read, by the keys under which the database keeps answers: with a secret of its own, and other
 * ones in each survey, so that no list of people finds anybody. A key that the survey has already stays: it came by an export.
 */
export const keyRespondents = async (batch: Batch, table: ImportedTable): Promise<void> => {
  const survey = refLookup(batch, 'survey', 'v', 's.survey_code');
  await batch.connection.query(
    `update ${stagedName(table)} staged set respondent = coalesce(k.stored, respondent_key(k.survey, k.respondent))
     from (select s.row_no, s.respondent, ${survey.id} as survey, t.respondent as stored
       from ${stagedName(table)} s ${survey.join} left join survey_responses t on t.survey_id = ${survey.id} and t.respondent = s.respondent) k
     where k.row_no = staged.row_no and k.respondent is not null and k.survey is not null and not ${hasRound('k.survey')}`,
  );
};

/**
 * Rows that an export made of answers to a round repeat what is stored, whatever now stands in them: they count as unchanged, and are held
 * against nothing. So what leaves the product comes in again, as `resolveRows` takes no row for a round.
 */
export const passExportedAnswers = async (batch: Batch, table: ImportedTable): Promise<void> => {
  const survey = refLookup(batch, 'survey', 'v', 's.survey_code');
  await batch.connection.query(
    `insert into import_repeats (table_no, row_no, first_row, same)
     select $1, s.row_no, s.row_no, true from ${stagedName(table)} s ${survey.join}
     where not s.bad and s.respondent_is_exported and ${hasRound(survey.id)}`,
    [table.no],
  );
};
