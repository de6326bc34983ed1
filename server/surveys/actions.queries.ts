import type { DataSource, EntityManager } from 'typeorm';
import type { SurveyAction } from '../contract/survey.js';
import { named } from '../database/named.js';

const FIELDS = `
  a.id, a.version, a.theme, a.action, a.status,
  case when u.id is not null then json_build_object('code', u.code, 'name', u.name) end as area`;

/** One row of `above` is one of the units of `$1`, or one above them. */
const ABOVE = `
  with recursive above as (
    select id, parent_id from org_units where id = any ($1::uuid[])
    union select o.id, o.parent_id from org_units o join above a on o.id = a.parent_id)`;

/** One row is an action for the unit, for one above it, or for everybody. */
const FOR_UNIT = `${ABOVE}
  select ${FIELDS} from survey_actions a left join org_units u on u.id = a.org_unit_id
  where a.archived_at is null and (a.org_unit_id is null or a.org_unit_id in (select id from above))
  order by a.status = 'done', a.created_at desc limit 20`;

/** What was done about what people of a unit said. */
export const actionsFor = (on: DataSource | EntityManager, unitId: string | null): Promise<SurveyAction[]> =>
  named(on, 'survey actions for a unit', FOR_UNIT, [unitId === null ? [] : [unitId]]);

/** One row is an action for one of these units (null: any), for one above them, or for everybody. */
const WITHIN = `${ABOVE}
  select ${FIELDS} from survey_actions a left join org_units u on u.id = a.org_unit_id
  where a.archived_at is null and ($1::uuid[] is null or a.org_unit_id is null or a.org_unit_id in (select id from above))
  order by a.status = 'done', a.created_at desc limit 200`;

export const actionsWithin = (manager: EntityManager, unitIds: readonly string[] | null): Promise<SurveyAction[]> =>
  named(manager, 'survey actions within units', WITHIN, [unitIds]);

const ONE = `
  select ${FIELDS} from survey_actions a left join org_units u on u.id = a.org_unit_id
  where a.archived_at is null and a.id = $1`;

export const actionById = async (on: DataSource | EntityManager, id: string): Promise<SurveyAction | null> =>
  (await named<SurveyAction>(on, 'one survey action', ONE, [id]))[0] ?? null;
