import { appendAudit } from '../audit/write.js';
import type { LongConnection } from '../imports/connection.js';

/** What was done about what people of the story said: a unit, a theme of the comments, an action, how far it is. */
const HEARD = [
  ['EX-BU-CLAIMS', 'Nobody told us when a change would come', 'A calendar of changes, a month ahead', 'done'],
  ['EX-BU-GROUP', 'Three teams say it is the other team', 'One owner for each service, named on its page', 'doing'],
  [
    'EX-BU-IT',
    'Changed priorities reach us when the work is done',
    'Each change is told to all teams on its day',
    'doing',
  ],
  ['EX-BU-UNDER', 'The quote tool loses against cheaper rivals', 'A second quote tool beside the new one', 'refused'],
  ['EX-BU-FIN', 'Requests go in and nothing comes back', 'An answer within two working days, or a date', 'open'],
] as const;

/** Stores the actions of the story, after its units. */
export const addHeard = async (connection: LongConnection, at: string): Promise<void> => {
  for (const [unit, theme, action, status] of HEARD) {
    const [made] = await connection.query<{ id: string }>(
      `insert into survey_actions (org_unit_id, theme, action, status, created_at, updated_at)
       select id, $2, $3, $4, $5::timestamptz, $5::timestamptz from org_units where code = $1 returning id`,
      [unit, theme, action, status, at],
    );
    const object = { objectType: 'survey_action', objectId: made!.id, objectCode: unit };
    const after = { theme, action, status };
    await appendAudit(connection.manager, { at, actor: 'system', action: 'created', ...object, before: null, after });
  }
};

/** Archives what was done for units that went. */
export const archiveHeard = async (connection: LongConnection, at: string): Promise<number> =>
  connection.write(
    `update survey_actions a set version = a.version + 1, updated_at = $1::timestamptz, archived_at = $1::timestamptz
     from org_units u where u.id = a.org_unit_id and u.archived_at is not null and a.archived_at is null`,
    [at],
  );
