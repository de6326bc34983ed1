import { appendAudit } from '../audit/write.js';
import type { LongConnection } from '../imports/connection.js';
import { isGoing } from './going.js';
import { shiftCell, type Shift } from './shift.js';

/**
 * The round of the story's last survey: whom it asked, and when. Its answers stand in the tables, as those of surveys before there were rounds;
 * days are those of the tables.
 */
const ROUND = {
  survey: 'EX-SUR-8',
  why: 'We ask each quarter, and tell you what we did about it.',
  contact: 'olivia.marsh@meridian.example',
  opensOn: '2026-08-31',
  closesOn: '2026-09-14',
  openedAt: '2026-08-31T06:00:00Z',
  closedAt: '2026-09-15T08:00:00Z',
} as const;

/** How many people of each area were asked: together the number that the survey states. */
const INVITED: Readonly<Record<string, number>> = {
  'EX-BU-CLAIMS': 28,
  'EX-BU-UNDER': 26,
  'EX-BU-CUST': 25,
  'EX-BU-FIN': 22,
  'EX-BU-IT': 20,
  'EX-BU-UK': 16,
  'EX-BU-RISK': 13,
};
/** IT itself. */
const IT_AREAS = ['EX-BU-IT'];

/** Stores the round of the story as closing leaves one: addresses are gone, and answers are written anew so that nothing leads to who gave them. */
export const addRound = async (connection: LongConnection, shift: Shift, at: string): Promise<void> => {
  const { survey, why, contact } = ROUND;
  const [opensOn, closesOn] = [shiftCell('date', ROUND.opensOn, shift), shiftCell('date', ROUND.closesOn, shift)];
  const moments = [ROUND.openedAt, ROUND.closedAt].map((moment) => shiftCell('instant', moment, shift));
  const areas = Object.keys(INVITED);
  const [made] = await connection.query<{ id: string; period: string; name: string }>(
    `with made as (
       insert into survey_rounds (survey_id, state, why, contact, opens_on, closes_on, opened_at, closed_at, area_ids, it_ids)
       select s.id, 'closed', $2, $3, $4::date, $5::date, $6::timestamptz, $7::timestamptz,
         array(select id from org_units where code = any ($8::text[]) order by code),
         array(select id from org_units where code = any ($9::text[]) order by code)
       from surveys s where s.code = $1 returning survey_id)
     select s.id, s.period, s.name from made join surveys s on s.id = made.survey_id`,
    [survey, why, contact, opensOn, closesOn, ...moments, areas, IT_AREAS],
  );
  if (!made) throw new Error(`The example has no survey ${survey} for its round.`);
  const [asked] = await connection.query<{ answered: number }>(
    `with invited as (
       insert into survey_invitations (survey_id, org_unit_id, mailed, sending, used)
       select $1::uuid, u.id, true, 'sent',
         n <= (select count(*) from survey_responses r where r.survey_id = $1::uuid and r.org_unit_id = u.id)
       from unnest($2::text[], $3::integer[]) as asked (code, people) join org_units u on u.code = asked.code
         cross join lateral generate_series(1, asked.people) as each (n)
       returning used)
     select count(*) filter (where used)::int as answered from invited`,
    [made.id, areas, Object.values(INVITED)],
  );
  await connection.query('select settle_survey($1)', [made.id]);
  const object = { objectType: 'survey', objectId: made.id, objectCode: survey };
  const { period, name } = made;
  const after = {
    ...{ state: 'closed', period, name, why, contact, opensOn, closesOn, areas, itAreas: IT_AREAS },
    answered: asked!.answered,
  };
  await appendAudit(connection.manager, { at, actor: 'system', action: 'closed', ...object, before: null, after });
};

/** Takes away the rounds of surveys that go: they have nothing to be archived by. Nothing refers to them but their links and invitations. */
export const removeRounds = async (connection: LongConnection): Promise<void> => {
  const going = isGoing('surveys', 'i.survey_id');
  await connection.query(
    `delete from survey_tokens where invitation_id in (select i.id from survey_invitations i where ${going})`,
  );
  await connection.query(`delete from survey_invitations i where ${going}`);
  await connection.query(`delete from survey_rounds i where ${going}`);
};
