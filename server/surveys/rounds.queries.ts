import type { DataSource, EntityManager } from 'typeorm';
import type { SurveyRound, Unreached } from '../contract/survey.js';
import { named } from '../database/named.js';
import { notFound, Problem } from '../http/problem.js';

export interface RoundRow extends Omit<SurveyRound, 'areas'> {
  id: string;
  areaIds: string[];
  itIds: string[];
  areas: (SurveyRound['areas'][number] & { id: string })[];
}

/** Over invitations `i`: it has a link that works, or has worked. */
export const HAS_LINK = 'i.id in (select t.invitation_id from survey_tokens t)';

/** The day of an instant where the product reports. @param now the parameter that holds the instant */
const dayOf = (now: string): string =>
  `(${now}::timestamptz at time zone (select reporting_time_zone from settings where id = 1))::date`;
/** Over rounds `r`: the last day is over. */
const isOver = (now: string): string => `coalesce(r.closes_on < ${dayOf(now)}, false)`;
/** Over rounds `r`: links work, and mails with links leave. @param now the parameter that holds the instant, `$1` */
export const takesAnswers = (now: string): string => `(r.state = 'open' and not ${isOver(now)})`;

/**
 * One row is one round with its areas. How many have answered comes from the invitations, which say that a link was used and not for what: no row
 * of answers is read.
 */
const ROUNDS = `
  select s.id, s.code, s.name, s.period, r.version, r.state, r.why, r.contact, r.opens_on as "opensOn", r.closes_on as "closesOn",
    r.opened_at as "openedAt", r.closed_at as "closedAt", r.reminded_on as "remindedOn",
    r.area_ids as "areaIds", r.it_ids as "itIds", coalesce(a.areas, '[]') as areas,
    coalesce(c.invited, 0)::int as invited, coalesce(c.by_link, 0)::int as "byLink", coalesce(c.answered, 0)::int as answered,
    coalesce(t.waiting, 0)::int as waiting, coalesce(t.failed, 0)::int as failed,
    coalesce(t.remindable, 0)::int as remindable, coalesce(t.reminders, 0)::int as reminders, ${isOver('$2')} as "isOver",
    ${takesAnswers('$2')} and t.remindable > 0 and r.reminded_on is distinct from ${dayOf('$2')} as "mayRemind"
  from survey_rounds r
    join surveys s on s.id = r.survey_id and s.archived_at is null
    left join lateral (
      select count(*) filter (where sending in ('waiting', 'sending')) as waiting, count(*) filter (where sending = 'failed') as failed,
        count(*) filter (where mailed and email is not null and ${HAS_LINK}) as remindable, sum(reminders) as reminders
      from survey_invitations i where i.survey_id = r.survey_id) t on true
    left join lateral (
      select sum(invited) as invited, sum(by_link) as by_link, sum(answered) as answered from survey_asked k where k.survey_id = r.survey_id) c on true
    left join lateral (
      select json_agg(json_build_object('id', u.id, 'code', u.code, 'name', u.name, 'isIt', u.id = any (r.it_ids),
          'invited', coalesce(k.invited, 0), 'byLink', coalesce(k.by_link, 0), 'answered', coalesce(k.answered, 0)) order by lower(u.code)) as areas
      from org_units u left join survey_asked k on k.survey_id = r.survey_id and k.org_unit_id = u.id
      where u.id = any (r.area_ids)) a on true
  where $1::text is null or lower(s.code) = lower($1) or s.id::text = lower($1)
  order by s.period desc`;

/** @param now ISO instant: its day in the reporting time zone says what is over */
export const readRounds = (on: DataSource | EntityManager, ref: string | null, now: string): Promise<RoundRow[]> =>
  named<RoundRow>(on, 'survey rounds', ROUNDS, [ref, now]);

/** @throws Problem 404 */
export const foundRound = async (on: DataSource | EntityManager, ref: string, now: string): Promise<RoundRow> => {
  const [row] = await readRounds(on, ref, now);
  if (!row) throw notFound();
  return row;
};

/**
 * A round that is open and not over, locked until the transaction ends.
 * @param lock `share`: beside others who invite; `update`: nobody else. Closing waits for either.
 * @throws Problem 404, 409
 */
export const openRound = async (
  manager: EntityManager,
  ref: string,
  now: string,
  lock: 'share' | 'update' = 'share',
): Promise<RoundRow> => {
  const { id } = await foundRound(manager, ref, now);
  await manager.query(`select 1 from survey_rounds where survey_id = $1 for ${lock}`, [id]);
  const round = await foundRound(manager, ref, now);
  if (round.state !== 'open') throw wrongState(round);
  if (round.isOver)
    throw new Problem(409, 'conflict', 'The last day of this round is over. Move that day, or close the round.');
  return round;
};

export const wrongState = ({ state }: Pick<RoundRow, 'state'>): Problem =>
  new Problem(
    409,
    'conflict',
    state === 'draft'
      ? 'This round is a draft. Open it first.'
      : state === 'open'
        ? 'This round is open already.'
        : 'This round is closed. A closed round stays closed.',
  );

export const shownRound = ({ id: _id, areaIds: _areaIds, itIds: _itIds, areas, ...round }: RoundRow): SurveyRound => ({
  ...round,
  areas: areas.map(({ id: _unit, ...area }) => area),
});

/** One row is somebody whom no mail has reached. */
const UNREACHED = `
  select i.survey_id as "surveyId", u.name as area, i.email, i.failure as message
  from survey_invitations i join org_units u on u.id = i.org_unit_id
  where i.sending = 'failed' and not i.mailed and i.email is not null
  order by i.email`;

export const unreachedBySurvey = async (on: DataSource): Promise<ReadonlyMap<string, Unreached[]>> => {
  const rows = await named<Unreached & { surveyId: string }>(on, 'people no mail has reached', UNREACHED, []);
  const bySurvey = new Map<string, Unreached[]>();
  for (const { surveyId, ...person } of rows) bySurvey.set(surveyId, [...(bySurvey.get(surveyId) ?? []), person]);
  return bySurvey;
};

/** A living unit by code or id; who archives it meanwhile waits, and finds what was made of it. */
const UNITS = `
  select u.id, given.ref from unnest($1::text[]) as given (ref)
    join org_units u on (lower(u.code) = lower(given.ref) or u.id::text = lower(given.ref)) and u.archived_at is null
  for share of u`;

/** Ids by what they were called. */
export const unitIds = async (manager: EntityManager, refs: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (await named<{ id: string; ref: string }>(manager, 'units of a survey', UNITS, [refs])).map(({ id, ref }) => [
      ref,
      id,
    ]),
  );
