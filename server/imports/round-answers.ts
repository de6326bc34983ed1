/**
 * SQL for whether a survey has a round. No row of an import is held against the answers of one: whether it is new, the same or another would tell
 * what somebody has said, and for which unit.
 * @param survey an expression for its id
 */
export const hasRound = (survey: string): string =>
  `exists (select 1 from survey_rounds asked where asked.survey_id = ${survey})`;
