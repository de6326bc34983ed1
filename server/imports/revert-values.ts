import { importReason } from './import-reason.js';

/** What the revert of an import does with values of benefits. $1 is the import, $2 the instant, $3 who, $4 why, as far as somebody said. */

/**
 * Values of the import (`k`) that are part of a baseline plan which stays. The approval fixed it after the import, or it was planned anew
 * upon it since. A first plan that an import gave to a benefit with an approval, and that nothing was built on, was never planned.
 * A benefit that the import created goes to the archive with its plan.
 */
export const VALUES_OF_FIXED_PLANS = `left join (
  select v.id from benefit_values v join benefits b on b.id = v.benefit_id join plan_starts s on s.benefit_id = b.id
  where v.import_id = $1::uuid and b.baseline_at <= $2::timestamptz and v.first_planned_at <= greatest(b.baseline_at, s.at)
    and b.id not in (select m.record_id from import_changes m where m.import_id = $1::uuid and m.table_name = 'benefits' and m.action <> 'updated')
    and (greatest(b.baseline_at, b.approval_stored_at) > v.updated_at or b.id in (
      select o.benefit_id from benefit_values o where o.first_planned_at is not null and o.import_id is distinct from $1::uuid))
  ) k on k.id = c.record_id`;

/** A month that was not there before the import stays for the sake of the baseline plan, emptied. */
export const STAYS_EMPTY = `k.id is not null and c.action <> 'updated'`;

/** What names the month is not emptied. */
export const isOfKey = (column: string): boolean => column === 'benefit_id' || column === 'month';

const followed = (name: string): [string, string] => [
  name,
  `case when ${STAYS_EMPTY} then null when c.action = 'created' then t.${name} else p.${name} end`,
];

/** `t` is the record, `p` what it was before (all null for a created one). */
export const VALUE_SETS: Record<string, string> = {
  ...Object.fromEntries(
    ['reported_by', 'confirmed_at', 'confirmed_amount', 'confirmed_currency', 'confirmed_version', 'confirmed_how'].map(
      followed,
    ),
  ),
  // What only the import planned was never planned, unless it was fixed.
  first_planned_at: `case when k.id is not null or c.action = 'created' then t.first_planned_at else p.first_planned_at end`,
  changed_by: '$3',
  reason: importReason('$1::uuid', '$4::text', ' reverted'),
};
