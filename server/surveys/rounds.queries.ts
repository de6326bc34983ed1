import type { DataSource, EntityManager } from 'typeorm';
import type { SurveyRound } from '../contract/survey.js';
import { named } from '../database/named.js';

export interface RoundRow extends Omit<SurveyRound, 'areas'> {
  id: string;
  areaIds: string[];
  areas: (SurveyRound['areas'][number] & { id: string })[];
}

/**
 * One row is one round with its areas. How many have answered comes from the invitations, which say that a link was used and not for what: no row
 * of answers is read.
 */
const ROUNDS = `
  select s.id, s.code, s.name, s.period, r.version, r.state, r.why, r.contact, r.opens_on as "opensOn", r.closes_on as "closesOn",
    r.opened_at as "openedAt", r.closed_at as "closedAt",
    r.area_ids as "areaIds", coalesce(a.areas, '[]') as areas, coalesce(t.invited, 0)::int as invited, coalesce(t.answered, 0)::int as answered,
    coalesce(t.remindable, 0)::int as remindable, coalesce(t.reminders, 0)::int as reminders
  from survey_rounds r
    join surveys s on s.id = r.survey_id and s.archived_at is null
    left join lateral (
      select count(*) as invited, count(*) filter (where used) as answered,
        count(*) filter (where not used and email is not null) as remindable, sum(reminders) as reminders
      from survey_invitations i where i.survey_id = r.survey_id) t on true
    left join lateral (
      select json_agg(json_build_object('id', u.id, 'code', u.code, 'name', u.name, 'isIt', u.id = any (r.it_ids),
          'invited', coalesce(c.invited, 0), 'answered', coalesce(c.answered, 0)) order by lower(u.code)) as areas
      from org_units u
        left join lateral (
          select count(*) as invited, count(*) filter (where used) as answered
          from survey_invitations i where i.survey_id = r.survey_id and i.org_unit_id = u.id) c on true
      where u.id = any (r.area_ids)) a on true
  where $1::text is null or lower(s.code) = lower($1) or s.id::text = lower($1)
  order by s.period desc`;

export const readRounds = (on: DataSource | EntityManager, ref: string | null): Promise<RoundRow[]> =>
  named<RoundRow>(on, 'survey rounds', ROUNDS, [ref]);

/** A living unit by code or id. */
const UNITS = `
  select u.id, given.ref from unnest($1::text[]) as given (ref)
    join org_units u on (lower(u.code) = lower(given.ref) or u.id::text = lower(given.ref)) and u.archived_at is null`;

/** Ids by what they were called. */
export const unitIds = async (manager: EntityManager, refs: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (await named<{ id: string; ref: string }>(manager, 'units of a survey', UNITS, [refs])).map(({ id, ref }) => [
      ref,
      id,
    ]),
  );

/** Of whom nothing is known but that they were asked. */
const WAITING = `
  select id, email from survey_invitations where survey_id = $1 and email is not null and not used order by email`;

export const waiting = (manager: EntityManager, surveyId: string): Promise<{ id: string; email: string }[]> =>
  named(manager, 'survey invitations without an answer', WAITING, [surveyId]);
