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
