import type { EntityManager } from 'typeorm';
import { RECORDS } from '../contract/records.js';
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

/** What is done without changing anything. */
const READING = ['exported'];

/** Events after a place in the chain that can have changed a figure, in their order. */
export const eventsAfter = (manager: EntityManager, seq: number): Promise<EventRow[]> =>
  named<EventRow>(
    manager,
    'events after a freeze',
    'select seq, canonical from audit_events where seq > $1 and object_type <> all ($2::text[]) and action <> all ($3::text[]) order by seq',
    [seq, ELSEWHERE, READING],
  );

/** A record that an import or its revert wrote, as records behind figures are named. */
export interface WrittenRow {
  readonly importId: string;
  readonly type: string;
  readonly code: string;
  readonly month: string | null;
  readonly kind: string | null;
  /** Of a month or rate its amounts before the import, none of one that was not there; null of what is told without values. */
  readonly before: Readonly<Record<string, string | null>> | null;
}

const amountsBefore = (...names: readonly string[]): string => `case when c.before ->> 'archived_at' is null
  then jsonb_build_object(${names.map((name) => `'${name}', trim_scale((c.before ->> '${name}')::numeric)::text`).join(', ')}) else '{}' end as before`;

const WRITTEN = `
  select c.import_id as "importId", 'benefit_value' as type, b.code, to_char(v.month, 'YYYY-MM') as month, null as kind,
    ${amountsBefore('planned', 'forecast', 'realised')}
    from import_changes c join benefit_values v on v.id = c.record_id join benefits b on b.id = v.benefit_id
    where c.import_id = any ($1::uuid[]) and c.table_name = 'benefit_values'
  union all select c.import_id, 'investment_cost', i.code, to_char(k.month, 'YYYY-MM'), k.kind, ${amountsBefore('planned', 'actual')}
    from import_changes c join investment_costs k on k.id = c.record_id join investments i on i.id = k.investment_id
    where c.import_id = any ($1::uuid[]) and c.table_name = 'investment_costs'
  union all select c.import_id, 'exchange_rate', r.currency, to_char(r.month, 'YYYY-MM'), null, ${amountsBefore('rate')}
    from import_changes c join exchange_rates r on r.id = c.record_id
    where c.import_id = any ($1::uuid[]) and c.table_name = 'exchange_rates'
  union all select c.import_id, 'benefit', b.code, null, null, null::jsonb from import_changes c join benefits b on b.id = c.record_id
    where c.import_id = any ($1::uuid[]) and c.table_name = 'benefits'
  union all select c.import_id, 'investment', i.code, null, null, null::jsonb from import_changes c join investments i on i.id = c.record_id
    where c.import_id = any ($1::uuid[]) and c.table_name = 'investments'
  union all select distinct c.import_id, 'link', '', null, null, null::jsonb from import_changes c
    where c.import_id = any ($1::uuid[]) and c.table_name = 'links'
  union all select c.import_id, 'work_item', w.code, null, null, null::jsonb from import_changes c join work_items w on w.id = c.record_id
    where c.import_id = any ($1::uuid[]) and c.table_name = 'work_items'
  union all select c.import_id, 'decision', d.code, null, null, null::jsonb from import_changes c join decisions d on d.id = c.record_id
    where c.import_id = any ($1::uuid[]) and c.table_name = 'decisions'
  union all select c.import_id, 'outcome_measurement', o.code, null, null, null::jsonb
    from import_changes c join outcome_measurements m on m.id = c.record_id join outcomes o on o.id = m.outcome_id
    where c.import_id = any ($1::uuid[]) and c.table_name = 'outcome_measurements'
  union all select c.import_id, 'maturity_assessment', k.code, null, null, null::jsonb
    from import_changes c join maturity_assessments m on m.id = c.record_id join capabilities k on k.id = m.capability_id
    where c.import_id = any ($1::uuid[]) and c.table_name = 'maturity_assessments'
  union all select distinct c.import_id, t.type, '', null, null, null::jsonb
    from import_changes c join unnest($2::text[], $3::text[]) t (name, type) on t.name = c.table_name
    where c.import_id = any ($1::uuid[])`;

/** Of these each record that an import wrote is named. */
const NAMED = [
  ...[
    'benefit_values',
    'investment_costs',
    'exchange_rates',
    'benefits',
    'investments',
    'links',
    'work_items',
    'decisions',
  ],
  ...['outcome_measurements', 'maturity_assessments'],
];
/** Who answered a survey is nobody's to follow. */
const OTHERS = Object.values(RECORDS).flatMap(({ type, table }) =>
  NAMED.includes(table) ? [] : [{ table, type: type === 'survey_response' ? 'survey' : type }],
);

/** What imports wrote of the records that figures are made of. */
export const writtenByImports = (manager: EntityManager, ids: readonly string[]): Promise<WrittenRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : named<WrittenRow>(manager, 'records of imports', WRITTEN, [
        ids,
        OTHERS.map(({ table }) => table),
        OTHERS.map(({ type }) => type),
      ]);

/** An investment that has costs, or a benefit that has values, of a month in a currency. */
export interface HolderRow {
  readonly currency: string;
  readonly month: string;
  /** Of what is held. */
  readonly type: 'investment_cost' | 'benefit_value';
  readonly code: string;
}

const HOLDERS = `
  with asked as (select currency, month::date from unnest($1::text[], $2::text[]) r (currency, month))
  select distinct r.currency, to_char(r.month, 'YYYY-MM') as month, 'investment_cost' as type, i.code
    from asked r join investments i on i.currency = r.currency join investment_costs c on c.investment_id = i.id and c.month = r.month
  union all select distinct r.currency, to_char(r.month, 'YYYY-MM'), 'benefit_value', b.code
    from asked r join benefits b on b.currency = r.currency join benefit_values v on v.benefit_id = b.id and v.month = r.month`;

/** What holds amounts of some currencies and months, archived or not. */
export const holdersOf = (
  manager: EntityManager,
  rates: readonly { currency: string; month: string }[],
): Promise<HolderRow[]> =>
  rates.length === 0
    ? Promise.resolve([])
    : named<HolderRow>(manager, 'holders of amounts', HOLDERS, [
        rates.map(({ currency }) => currency),
        rates.map(({ month }) => `${month}-01`),
      ]);

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

/** What forecasts of a benefit are calibrated with: those of its type and portfolio. By its code. */
export const kindsOf = (manager: EntityManager): Promise<{ code: string; kind: string }[]> =>
  named(manager, 'kinds of benefits', `select code, concat_ws(' ', type, portfolio_id) as kind from benefits`);

/** What amounts of investments and benefits are in: a currency, of a benefit that is not money its unit. */
export const unitsOf = (
  manager: EntityManager,
): Promise<{ type: 'investment' | 'benefit'; code: string; unit: string }[]> =>
  named(
    manager,
    'units of amounts',
    `select 'investment' as type, code, coalesce(currency, (select reporting_currency from settings)) as unit from investments
     union all select 'benefit', code, coalesce(currency, unit) from benefits where coalesce(currency, unit) is not null`,
  );

/** Why a benefit's months were changed since an instant, the earliest first; an instant is that of the event, or shortly before it. */
export interface ReasonRow {
  readonly code: string;
  readonly month: string;
  readonly at: string;
  /** Null or empty where nobody said. */
  readonly reason: string | null;
}

export const reasonsSince = (manager: EntityManager, since: string): Promise<ReasonRow[]> =>
  named<ReasonRow>(
    manager,
    'reasons of values since',
    `select b.code, to_char(v.month, 'YYYY-MM') as month, r.changed_at as at, r.reason
     from benefit_value_revisions r join benefit_values v on v.id = r.benefit_value_id join benefits b on b.id = v.benefit_id
     where r.changed_at >= $1::timestamptz order by r.changed_at, r.version`,
    [since],
  );
