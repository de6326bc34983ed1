import type { EntityManager } from 'typeorm';
import { named } from '../database/named.js';

/** An event of the audit with what it says. */
export interface EventRow {
  readonly seq: number;
  readonly canonical: string;
}

/** What no figure is made of. */
const ELSEWHERE = [
  'review',
  'review_action',
  'review_share',
  'user',
  'token',
  'saved_view',
  'scenario',
  'reminder_settings',
  'import_mapping',
  'metric_annotation',
  'metric_owner',
  'sign_comment',
  'survey_action',
];

/** Events after a place in the chain that can have changed a figure, in their order. */
export const eventsAfter = (manager: EntityManager, seq: number): Promise<EventRow[]> =>
  named<EventRow>(
    manager,
    'events after a freeze',
    'select seq, canonical from audit_events where seq > $1 and object_type <> all ($2::text[]) order by seq',
    [seq, ELSEWHERE],
  );

/** A record that an import or its revert wrote, as records behind figures are named. */
export interface WrittenRow {
  readonly importId: string;
  readonly type: string;
  readonly code: string;
  readonly month: string | null;
  readonly kind: string | null;
}

const WRITTEN = `
  select c.import_id as "importId", 'benefit_value' as type, b.code, to_char(v.month, 'YYYY-MM') as month, null as kind
    from import_changes c join benefit_values v on v.id = c.record_id join benefits b on b.id = v.benefit_id
    where c.import_id = any ($1::uuid[]) and c.table_name = 'benefit_values'
  union all select c.import_id, 'investment_cost', i.code, to_char(k.month, 'YYYY-MM'), k.kind
    from import_changes c join investment_costs k on k.id = c.record_id join investments i on i.id = k.investment_id
    where c.import_id = any ($1::uuid[]) and c.table_name = 'investment_costs'
  union all select c.import_id, 'exchange_rate', r.currency, to_char(r.month, 'YYYY-MM'), null
    from import_changes c join exchange_rates r on r.id = c.record_id
    where c.import_id = any ($1::uuid[]) and c.table_name = 'exchange_rates'
  union all select c.import_id, 'benefit', b.code, null, null from import_changes c join benefits b on b.id = c.record_id
    where c.import_id = any ($1::uuid[]) and c.table_name = 'benefits'
  union all select c.import_id, 'investment', i.code, null, null from import_changes c join investments i on i.id = c.record_id
    where c.import_id = any ($1::uuid[]) and c.table_name = 'investments'
  union all select distinct c.import_id, 'link', '', null, null from import_changes c
    where c.import_id = any ($1::uuid[]) and c.table_name = 'links'
  union all select c.import_id, 'work_item', w.code, null, null from import_changes c join work_items w on w.id = c.record_id
    where c.import_id = any ($1::uuid[]) and c.table_name = 'work_items'
  union all select c.import_id, 'decision', d.code, null, null from import_changes c join decisions d on d.id = c.record_id
    where c.import_id = any ($1::uuid[]) and c.table_name = 'decisions'
  union all select c.import_id, 'outcome', o.code, null, null
    from import_changes c join outcome_measurements m on m.id = c.record_id join outcomes o on o.id = m.outcome_id
    where c.import_id = any ($1::uuid[]) and c.table_name = 'outcome_measurements'`;

/** What imports wrote of the records that figures are made of. */
export const writtenByImports = (manager: EntityManager, ids: readonly string[]): Promise<WrittenRow[]> =>
  ids.length === 0 ? Promise.resolve([]) : named<WrittenRow>(manager, 'records of imports', WRITTEN, [ids]);

/** Currency and month of exchange rates, by id. */
export const ratesOf = (
  manager: EntityManager,
  ids: readonly string[],
): Promise<{ id: string; currency: string; month: string; rate: string }[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : named(
        manager,
        'rates by id',
        `select id, currency, to_char(month, 'YYYY-MM') as month, rate::text from exchange_rates where id = any ($1::uuid[])`,
        [ids],
      );

/** Code of the record that a measurement, an assessment, an item of evidence or a link's end belongs to, by the id of the event's object. */
export const ownersOf = (manager: EntityManager, ids: readonly string[]): Promise<{ id: string; code: string }[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : named(
        manager,
        'owners by id',
        `select m.id, o.code from outcome_measurements m join outcomes o on o.id = m.outcome_id where m.id = any ($1::uuid[])
         union all select m.id, c.code from maturity_assessments m join capabilities c on c.id = m.capability_id where m.id = any ($1::uuid[])`,
        [ids],
      );

/** Why a benefit's values were changed since an instant; an instant is that of the event. */
export const reasonsSince = (
  manager: EntityManager,
  since: string,
): Promise<{ code: string; month: string; at: string; reason: string }[]> =>
  named(
    manager,
    'reasons of values since',
    `select b.code, to_char(v.month, 'YYYY-MM') as month, r.changed_at as at, r.reason
     from benefit_value_revisions r join benefit_values v on v.id = r.benefit_value_id join benefits b on b.id = v.benefit_id
     where r.changed_at >= $1::timestamptz and nullif(r.reason, '') is not null`,
    [since],
  );
