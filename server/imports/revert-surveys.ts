import type { ProblemError } from '../http/problem.js';
import type { LongConnection } from './connection.js';

/**
 * Periods of which the import holds a part of the answers: without them, the figures before and after would tell them. A survey that came as a
 * whole can go as a whole.
 */
export const partlyTold = async (
  connection: LongConnection,
  importId: string,
  most: number,
): Promise<ProblemError[]> => {
  const rows = await connection.query<{ code: string; period: string }>(
    `select distinct s.code, s.period from import_changes c
       join survey_responses r on r.id = c.record_id and r.archived_at is null join surveys s on s.id = r.survey_id and s.archived_at is null
     where c.import_id = $1 and c.table_name = 'survey_responses' and (c.action = 'updated' or exists (
       select 1 from surveys o join survey_responses a on a.survey_id = o.id and a.archived_at is null
       where o.period = s.period and o.archived_at is null and not exists (
         select 1 from import_changes m where m.import_id = $1 and m.table_name = 'survey_responses' and m.record_id = a.id)))
     order by 2, 1 limit ${most}`,
    [importId],
  );
  return rows.map(({ code, period }) => ({
    pointer: `survey:${code}`,
    code: 'survey.told',
    message: `Survey ${code}: figures of ${period} are told with other answers beside these, and would tell these once they are gone. Keep the import.`,
  }));
};
