import type { EntityManager } from 'typeorm';
import type { BenefitStatus } from '../../contract/status.js';
import type { BenefitMeasurements } from '../../contract/benefit-page.js';
import { named } from '../../database/named.js';

/** What is stated of one benefit. */
export interface BenefitFacts {
  id: string;
  code: string;
  name: string;
  type: string | null;
  nature: string | null;
  owner: string | null;
  hasUnit: boolean;
  currency: string | null;
  unit: string | null;
  isMoney: boolean;
  aggregation: 'sum' | 'average' | 'latest';
  better: 'higher' | 'lower';
  baseline: string | null;
  conversion: string | null;
  approvedOn: string | null;
  declaredStatus: BenefitStatus | null;
  declaredNote: string | null;
}

export const benefitFacts = async (manager: EntityManager, id: string): Promise<BenefitFacts> => {
  const [row] = await named<BenefitFacts>(
    manager,
    'facts of one benefit',
    `select b.id, b.code, b.name, b.type, b.nature, b.owner_email as owner, b.org_unit_id is not null as "hasUnit", b.currency, b.unit,
       b.currency is not null and b.nature is distinct from 'non_financial' as "isMoney", coalesce(b.aggregation, 'sum') as aggregation,
       coalesce(b.better, 'higher') as better, trim_scale(b.baseline)::text as baseline, nullif(b.conversion, '') as conversion,
       b.approved_on::text as "approvedOn", b.declared_status as "declaredStatus", nullif(b.declared_note, '') as "declaredNote"
     from benefits b where b.id = $1`,
    [id],
  );
  if (!row) throw new RangeError(`No benefit has the id ${id}`);
  return row;
};

/** Why a link has its shares, by its ends. */
export const rationales = async (
  manager: EntityManager,
  to: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const rows = await named<{ from: string; to: string; rationale: string }>(
    manager,
    'rationales of links',
    `select from_id as "from", to_id as "to", rationale from links where to_id = any ($1::uuid[]) and archived_at is null and rationale <> ''`,
    [to],
  );
  return new Map(rows.map((row) => [`${row.from} ${row.to}`, row.rationale]));
};

/** Something that happened to a benefit on a day. */
export interface BenefitEvent {
  kind: 'action' | 'decision';
  on: string;
  code: string;
  text: string | null;
}

/** One row is a corrective action that is done, or a decision about the benefit; by day. */
export const benefitEvents = (manager: EntityManager, id: string, timeZone: string): Promise<BenefitEvent[]> =>
  named<BenefitEvent>(
    manager,
    'events of one benefit',
    `select 'action' as kind, done_on::text as "on", code, title as text from corrective_actions
       where benefit_id = $1 and done_on is not null and archived_at is null
     union all
     select 'decision', (decided_at at time zone $2)::date::text, code, title from decisions
       where about_type = 'benefit' and about_id = $1 and decided_at is not null and archived_at is null
     order by 2, 3`,
    [id, timeZone],
  );

/** A stored month as it was entered. */
export type StoredMonth = Omit<BenefitMeasurements['items'][number], 'letters' | 'isLocked' | 'revisions'>;

/** @param today by which it is judged which evidence has expired */
export const storedMonths = (manager: EntityManager, id: string, today: string): Promise<StoredMonth[]> =>
  named<StoredMonth>(
    manager,
    'stored months of one benefit',
    `select v.id, v.version, to_char(v.month, 'YYYY-MM') as month, v.planned::text, v.forecast::text, v.realised::text,
       case when w.baseline_planned is distinct from v.planned then w.baseline_planned end::text as baseline,
       w.baseline_planned is distinct from v.planned as "isReplanned", nullif(v.evidence, '') as evidence,
       (select count(*)::int from proving_items i where i.benefit_id = v.benefit_id and v.month between i.from_month and i.to_month
         and i.until >= $2) as "evidenceItems",
       v.confirmed_amount::text as confirmed, v.confirmed_by as "confirmedBy", v.confirmed_at as "confirmedAt", v.confirmed_how as "confirmedHow",
       v.reported_by as "reportedBy", v.changed_by as "changedBy", v.updated_at as "updatedAt",
       case when v.import_id is null then 'person' else 'import' end as source
     from benefit_values v join values_with_baseline w on w.id = v.id
     where v.benefit_id = $1 and v.archived_at is null order by v.month`,
    [id, today],
  );

/** A cell that was replaced by another. */
export interface Replaced {
  valueId: string;
  at: string;
  by: string;
  reason: string | null;
  source: 'person' | 'import';
  field: 'planned' | 'forecast' | 'realised' | 'evidence';
  from: string;
  to: string | null;
}

/** One row is one cell of a benefit that once held something else; newest first. An archived month held nothing. */
export const replacedCells = (manager: EntityManager, id: string): Promise<Replaced[]> =>
  named<Replaced>(
    manager,
    'replaced cells of one benefit',
    `with stated as (
       select r.benefit_value_id, r.version, r.changed_at, r.changed_by, r.reason, r.import_id, f.field, f.text,
         lag(f.text) over (partition by r.benefit_value_id, f.field order by r.version) as before
       from benefit_values v join benefit_value_revisions r on r.benefit_value_id = v.id
         cross join lateral (values
           ('planned', case when not r.archived then trim_scale(r.planned)::text end), ('forecast', case when not r.archived then trim_scale(r.forecast)::text end),
           ('realised', case when not r.archived then trim_scale(r.realised)::text end),
           ('evidence', case when not r.archived then nullif(r.evidence, '') end)) f (field, text)
       where v.benefit_id = $1 and v.archived_at is null
     )
     select benefit_value_id as "valueId", changed_at as at, changed_by as by, nullif(reason, '') as reason,
       case when import_id is null then 'person' else 'import' end as source, field, before as "from", text as "to"
     from stated where before is not null and before is distinct from text order by changed_at desc, version desc, field`,
    [id],
  );
