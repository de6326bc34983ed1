import type { RecordType } from '../../contract/columns.js';
import { tableOfType, type Batch } from '../batch.js';
import { rowsName, stagedName } from '../import-tables.js';
import { addProblems } from '../problems.js';
import { wereRead } from '../staging.js';

/** Records that name themselves. */
const SELVES: readonly { type: RecordType; column: string; stored: string; sentence: string }[] = [
  {
    type: 'org_unit',
    column: 'parent_code',
    stored: 'parent_id',
    sentence: 'A unit cannot stand above itself. Leave parent_code blank at the top, or name the unit above.',
  },
  {
    type: 'capability',
    column: 'parent_code',
    stored: 'parent_id',
    sentence: 'A capability cannot stand above itself. Leave parent_code blank at the top, or name the one above.',
  },
  {
    type: 'initiative',
    column: 'duplicate_of_code',
    stored: 'duplicate_of_id',
    sentence: 'An initiative cannot be a duplicate of itself. Name the other one, or leave it blank.',
  },
  {
    type: 'work_item',
    column: 'depends_on',
    stored: 'depends_on',
    sentence: 'A work item cannot depend on itself. Take its own code out.',
  },
];

export const checkSelves = async (batch: Batch): Promise<void> => {
  for (const { type, column, stored, sentence } of SELVES) {
    const table = tableOfType(batch, type);
    if (!table) continue;
    await addProblems(batch, table, {
      row: 'r.row_no',
      column,
      value: 's.code',
      code: 'reference.self',
      message: `'${sentence}'`,
      from: `from ${rowsName(table)} r join ${stagedName(table)} s on s.row_no = r.row_no
        where ${stored === 'depends_on' ? 'r.id = any (r.depends_on)' : `r.${stored} = r.id`}`,
    });
  }
};

/** Parents that lead back to where they started, in the state that would result. Each row of the circle is named. */
export const checkCycles = async (batch: Batch): Promise<void> => {
  for (const type of ['org_unit', 'capability'] as const) {
    const table = tableOfType(batch, type);
    if (!table) continue;
    const rows = rowsName(table);
    await addProblems(batch, table, {
      // One row of `up` is a record that stands above `start`, at any height; `union` ends the walk where it has been before.
      with: `with recursive after as (
          select r.id, r.parent_id from ${rows} r join ${stagedName(table)} s on s.row_no = r.row_no
            where r.parent_id is not null and r.parent_id <> r.id and ${wereRead('s', 'parent_code')}
              and not exists (select 1 from import_problems p where p.table_no = ${table.no} and p.row_no = r.row_no
                and p.column_name = 'parent_code' and p.code = 'reference.unknown')
          union all
          select t.id, t.parent_id from ${table.name} t where t.parent_id is not null and not exists (select 1 from ${rows} r where r.id = t.id)),
        up (start, id) as (
          select a.id, a.parent_id from after a join ${rows} r on r.id = a.id
          union
          select up.start, a.parent_id from up join after a on a.id = up.id where up.id <> up.start)`,
      row: 'r.row_no',
      column: 'parent_code',
      value: 's.parent_code',
      code: 'reference.cycle',
      message: `format('"%s" stands above itself: its parents lead back to it. Choose another parent.', r.code)`,
      from: `from up join ${rows} r on r.id = up.start join ${stagedName(table)} s on s.row_no = r.row_no where up.id = up.start`,
    });
  }
};
