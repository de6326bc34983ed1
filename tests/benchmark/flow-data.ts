import type { Api } from '../support/harness.js';

/** Rows that are written past triggers and foreign keys: eight moves an item would otherwise take minutes. */
const bulk = (text: string): string =>
  `set session_replication_role = replica; ${text}; set session_replication_role = origin`;
const numbered = (table: string): string => `(select id, row_number() over (order by code) - 1 as n from ${table})`;
/** A number from 0 to below `limit` that follows from a column, with no pattern that a planner could use. */
const scattered = (column: string, limit: number): string => `abs(hashint4((${column})::int) % ${limit})`;

/**
 * 100,000 work items with eight moves each over nearly four years; of every ninth the last is missing, every seventh goes back once. Generated in
 * the database. @returns rows by table
 */
export const fillFlow = async ({ sql }: Api): Promise<Record<string, number>> => {
  await sql(
    `insert into initiatives (code, name, status) select 'INI-' || i, 'Initiative ' || i, 'active' from generate_series(1, 1000) i`,
  );
  await sql(`insert into stages (code, name, position, kind) values ('S1', 'Waiting', 1, 'waiting'), ('S2', 'Building', 2, 'active'),
    ('S3', 'In review', 3, 'waiting'), ('S4', 'Testing', 4, 'active'), ('S5', 'Approval', 5, 'waiting'), ('S6', 'Rollout', 6, 'active'),
    ('S7', 'Check', 7, 'waiting'), ('S8', 'Done', 8, 'done')`);
  await sql(
    bulk(`insert into work_items (code, title, type, initiative_id)
      select 'W-' || g, 'Work item ' || g, (array['feature', 'defect', 'change', 'task'])[1 + g % 4], i.id
      from generate_series(1, 100000) g join ${numbered('initiatives')} i on i.n = g % 1000`),
  );
  await sql(
    bulk(`insert into work_item_transitions (work_item_id, at, stage_id, team)
      select w.id, timestamptz '2023-01-03 08:00Z' + make_interval(hours => ${scattered('n', 33000)} + k * 60 + ${scattered('n * 7 + k', 59)}),
        s.id, 'T' || (${scattered('n + k', 9)})
      from ${numbered('work_items')} w cross join generate_series(0, 7) k
        join stages s on s.code = 'S' || (1 + case when k = 3 and n % 7 = 0 then 1 else k end)
      where not (k = 7 and n % 9 = 0)`),
  );
  await sql('vacuum analyze');
  const tables = ['work_items', 'work_item_transitions'];
  const [row] = await sql<Record<string, number>>(
    `select ${tables.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ')}`,
  );
  return row!;
};
