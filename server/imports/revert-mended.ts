import type { RecordType } from '../contract/columns.js';
import { RECORDS, type Declaration } from '../contract/records.js';
import type { ProblemError } from '../http/problem.js';
import type { LongConnection } from './connection.js';
import { recordName } from './record-names.js';
import { before, isOf, isOutside } from './revert-state.js';
import { targetsBeyond } from './revert-targets.js';

/** Reverting what a migration has mended since, and what a rule forbids to store now. */

/** The record `t` is as the import (`c`) left it: nobody has written it since, or a migration alone has. */
export const IS_AS_LEFT = `(t.version = c.version_after or exists (
  select from mended_records m where m.table_name = c.table_name and m.record_id = c.record_id
    and m.version_before = c.version_after and m.version_after = t.version))`;

/** What a record was (`p`) in the form that a migration has given to all others of its type, by column. */
export const MENDED: Partial<Record<RecordType, Readonly<Record<string, string>>>> = {
  metric_target: {
    metric_id: 'case when lower(p.metric_id) = lower(t.metric_id) then t.metric_id else p.metric_id end',
    amber: 'case when p.target is not null then p.amber end',
  },
};

/** Former states that can be stored no more: more of a part of a month of a service than of its whole, several chosen or other options of a decision, amber beyond a target. */
export const unstorable = async (
  connection: LongConnection,
  importId: string,
  declaration: Declaration,
  most: number,
): Promise<ProblemError[]> => {
  if (declaration.type === 'service_month') return partsOverWhole(connection, importId, declaration, most);
  if (declaration.type === 'decision_option')
    return [
      ...(await severalChosen(connection, importId, declaration, most)),
      ...(await closedSince(connection, importId, declaration, most)),
    ];
  if (declaration.type === 'indicator' || declaration.type === 'metric_target')
    return targetsBeyond(connection, importId, declaration, most);
  return [];
};

const partsOverWhole = async (
  connection: LongConnection,
  importId: string,
  declaration: Declaration,
  most: number,
): Promise<ProblemError[]> => {
  const rows = await connection.query<{ name: string; what: string }>(
    `select ${recordName(declaration)} as name, concat_ws(' and ',
       case when p.downtime_minutes > p.agreed_minutes then 'more downtime than agreed minutes' end,
       case when p.requests_within_target > p.requests then 'more requests within the target than requests' end,
       case when p.failed_changes > p.changes then 'more failed changes than changes' end) as what
     from ${before(declaration)}
     where ${isOf(declaration)} and p.id is not null and p.archived_at is null
       and (p.downtime_minutes > p.agreed_minutes or p.requests_within_target > p.requests or p.failed_changes > p.changes)
     order by 1 limit ${most}`,
    [importId],
  );
  return rows.map(({ name, what }) => ({
    pointer: `service_month:${name}`,
    code: 'part.over_whole',
    message: `Service month ${name} had ${what} before the import, and that can be stored no more. Keep the import, and put single months right by hand.`,
  }));
};

const severalChosen = async (
  connection: LongConnection,
  importId: string,
  declaration: Declaration,
  most: number,
): Promise<ProblemError[]> => {
  const rows = await connection.query<{ code: string; options: string }>(
    `with after as (
       select t.decision_id, t.name from decision_options t where t.chosen and t.archived_at is null and ${isOutside(declaration, 't')}
       union all
       select p.decision_id, p.name from ${before(declaration)} where ${isOf(declaration)} and p.chosen and p.archived_at is null)
     select d.code, string_agg(a.name, ', ' order by a.name) as options
     from after a join decisions d on d.id = a.decision_id
     where a.decision_id in (select p.decision_id from ${before(declaration)} where ${isOf(declaration)} and p.chosen)
     group by d.id having count(*) > 1 order by 1 limit ${most}`,
    [importId],
  );
  return rows.map(({ code, options }) => ({
    pointer: `decision:${code}`,
    code: 'option.two_chosen',
    message: `Decision ${code} would have several chosen options (${options}), and one can be chosen. Keep the import, and choose the right one on the page of the decision.`,
  }));
};

/** Decisions from outside the import that are taken: their options stay as they were when it was. */
const closedSince = async (
  connection: LongConnection,
  importId: string,
  declaration: Declaration,
  most: number,
): Promise<ProblemError[]> => {
  const rows = await connection.query<{ code: string }>(
    `select distinct d.code from ${before(declaration)} join decisions d on d.id = t.decision_id
     where ${isOf(declaration)} and d.decided_at is not null and d.archived_at is null and ${isOutside(RECORDS.decision, 'd')}
     order by 1 limit ${most}`,
    [importId],
  );
  return rows.map(({ code }) => ({
    pointer: `decision:${code}`,
    code: 'decision.closed',
    message: `Decision ${code} is taken: its options and what was chosen are fixed. Open it again on its page, with a reason, or keep the import.`,
  }));
};
