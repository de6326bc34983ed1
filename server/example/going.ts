import type { RecordType } from '../contract/columns.js';
import { DECLARATIONS, RECORDS, type Declaration } from '../contract/records.js';
import { columnOf, storedColumnsOf, tableOf, type StoredColumn } from '../database/columns.js';
import type { ProblemError } from '../http/problem.js';
import type { LongConnection } from '../imports/connection.js';
import { recordName } from '../imports/record-names.js';
import { quote } from '../imports/staging.js';

/** Shown of what stands in the way; more than a person reads. */
const MOST_OBSTACLES = 100;

/** SQL for whether a record is among what goes. `id`: an expression for its id. */
export const isGoing = (table: string, id: string): string =>
  `exists (select 1 from going g where g.table_name = '${table}' and g.record_id = ${id})`;

/** SQL for whether a reference of `t` leads to what goes; one condition for each type that it may lead to. */
const leadsToGoing = ({ kind, name, typeColumn }: StoredColumn): { to: RecordType; condition: string }[] => {
  const column = `t.${quote(name)}`;
  if (kind.kind === 'ref') return [{ to: kind.to, condition: isGoing(tableOf(kind.to), column) }];
  if (kind.kind === 'refs') return [{ to: kind.to, condition: isGoing(tableOf(kind.to), `any (${column})`) }];
  if (kind.kind === 'anyRef')
    return kind.to.map((to) => ({
      to,
      condition: `(t.${quote(typeColumn!)} = '${to}' and ${isGoing(tableOf(to), column)})`,
    }));
  return [];
};

/**
 * The references without which a record says nothing: it goes with what they lead to. A value without its benefit, a link without an
 * end. (A transition belongs to its work item, not to the stage.)
 */
const OWNERS: Partial<Record<RecordType, readonly string[]>> = {
  priority_ranking: ['priorityCode'],
  investment_cost: ['investmentCode'],
  maturity_assessment: ['capabilityCode'],
  outcome_measurement: ['outcomeCode'],
  benefit_value: ['benefitCode'],
  link: ['fromCode', 'toCode'],
  corrective_action: ['benefitCode'],
  assumption: ['benefitCode'],
  decision_escalation: ['decisionCode'],
  decision_option: ['decisionCode'],
  decision_reopening: ['decisionCode'],
  work_item_transition: ['workItemCode'],
  service_month: ['serviceCode'],
  survey_response: ['surveyCode'],
  indicator_value: ['indicatorCode'],
};

/** Amounts of one's own that are in a currency for which only the example has a rate. */
const NEEDED_RATES = `delete from going where table_name = 'exchange_rates' and record_id in (
  select r.id from exchange_rates r
  where exists (select 1 from investment_costs t join investments i on i.id = t.investment_id
      where t.archived_at is null and i.currency = r.currency and t.month = r.month and not ${isGoing('investment_costs', 't.id')})
    or exists (select 1 from benefit_values t join benefits b on b.id = t.benefit_id
      where t.archived_at is null and b.currency = r.currency and t.month = r.month and not ${isGoing('benefit_values', 't.id')}))`;

/**
 * Fills the temporary table `going`: one row is one record that goes with the example. Whatever its import created, and what hangs on that,
 * whoever made it; but not the rates that amounts of one's own need. From here on nobody can begin to refer to these records.
 */
export const collectGoing = async (connection: LongConnection, importId: string): Promise<void> => {
  await connection.script(
    'create temp table going (table_name text not null, record_id uuid not null, primary key (table_name, record_id)) on commit drop',
  );
  await connection.query('insert into going select table_name, record_id from import_changes where import_id = $1', [
    importId,
  ]);
  // Who begins to refer to a record share-locks it first; whoever did so before is seen below.
  for (const { table } of DECLARATIONS)
    await connection.query(`select 1 from ${table} t where ${isGoing(table, 't.id')} order by t.id for no key update`);
  for (const { type, table } of DECLARATIONS)
    for (const field of OWNERS[type] ?? [])
      for (const { condition } of leadsToGoing(columnOf(type, field)))
        await connection.query(
          `insert into going select '${table}', t.id from ${table} t where t.archived_at is null and ${condition} on conflict do nothing`,
        );
  await connection.query(NEEDED_RATES);
  await connection.script('analyze going');
};

const referrers = async (connection: LongConnection, declaration: Declaration): Promise<ProblemError[]> => {
  const { type, table, label } = declaration;
  const found: ProblemError[] = [];
  for (const column of storedColumnsOf(type))
    for (const { to, condition } of leadsToGoing(column)) {
      const rows = await connection.query<{ name: string }>(
        `select ${recordName(declaration)} as name from ${table} t
         where t.archived_at is null and not ${isGoing(table, 't.id')} and ${condition} order by 1 limit ${MOST_OBSTACLES}`,
      );
      const target = RECORDS[to].label.toLowerCase();
      for (const { name } of rows)
        found.push({
          pointer: `${type}:${name}`,
          code: 'referred_to',
          message: `${label} ${name} refers to a ${target} of the example. Give it another ${target} or archive it, then remove the example.`,
        });
    }
  return found;
};

/** Records of one's own that would lose what they refer to. */
export const ownReferrers = async (connection: LongConnection): Promise<ProblemError[]> => {
  const found: ProblemError[] = [];
  // Answers have no name: their surveys are named (`own-surveys.ts`).
  for (const declaration of DECLARATIONS)
    if (declaration.type !== 'survey_response') found.push(...(await referrers(connection, declaration)));
  return found.slice(0, MOST_OBSTACLES);
};

/**
 * Archives what is in `going` and lives; what refers comes before what it refers to.
 *
 * @returns how many records of each table, without tables that lost none
 */
export const archiveGoing = async (
  connection: LongConnection,
  by: { actor: string; at: string },
): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { type, table } of [...DECLARATIONS].reverse()) {
    const isValue = type === 'benefit_value';
    const extras = isValue ? `, changed_by = $2, reason = 'example removed'` : '';
    const count = await connection.write(
      `update ${table} t set version = t.version + 1, updated_at = $1::timestamptz, archived_at = $1::timestamptz${extras}
       from going g where g.table_name = '${table}' and g.record_id = t.id and t.archived_at is null`,
      isValue ? [by.at, by.actor] : [by.at],
    );
    if (count > 0) counts[table] = count;
  }
  const evidence = await connection.write(
    `update evidence_items i set version = i.version + 1, updated_at = $1::timestamptz, archived_at = $1::timestamptz
     where i.archived_at is null and ${isGoing('benefits', 'i.benefit_id')}`,
    [by.at],
  );
  if (evidence > 0) counts['evidence_items'] = evidence;
  return counts;
};
