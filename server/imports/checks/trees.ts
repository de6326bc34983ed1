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

interface Way {
  type: RecordType;
  column: string;
  stored: string;
  /** Format of the sentence, for the code of the record. */
  sentence: string;
  /** Circles may be stored already, from before they were refused: rows that leave theirs as it is are in nobody's way. */
  isTolerated: boolean;
}

const PARENTS = { column: 'parent_code', stored: 'parent_id', isTolerated: false } as const;
const ABOVE = '"%s" stands above itself: its parents lead back to it. Choose another parent.';
const WAYS: readonly Way[] = [
  { type: 'org_unit', ...PARENTS, sentence: ABOVE },
  { type: 'capability', ...PARENTS, sentence: ABOVE },
  {
    type: 'initiative',
    column: 'duplicate_of_code',
    stored: 'duplicate_of_id',
    sentence: 'What "%s" duplicates leads back to it, so none of them is the original. Leave it blank at one of them.',
    isTolerated: true,
  },
];

/** References that lead back to where they started, in the state that would result. Each row of the circle is named. */
export const checkCycles = async (batch: Batch): Promise<void> => {
  for (const { type, column, stored, sentence, isTolerated } of WAYS) {
    const table = tableOfType(batch, type);
    if (!table) continue;
    const rows = rowsName(table);
    await addProblems(batch, table, {
      // One row of `up` is a record that stands above `start`, at any height; `union` ends the walk where it has been before.
      with: `with recursive after as (
          select r.id, r.${stored} as next from ${rows} r join ${stagedName(table)} s on s.row_no = r.row_no
            where r.${stored} is not null and r.${stored} <> r.id and ${wereRead('s', column)}
              and not exists (select 1 from import_problems p where p.table_no = ${table.no} and p.row_no = r.row_no
                and p.column_name = '${column}' and p.code = 'reference.unknown')
          union all
          select t.id, t.${stored} from ${table.name} t where t.${stored} is not null and not exists (select 1 from ${rows} r where r.id = t.id)),
        up (start, id) as (
          select a.id, a.next from after a join ${rows} r on r.id = a.id
          union
          select up.start, a.next from up join after a on a.id = up.id where up.id <> up.start)`,
      row: 'r.row_no',
      column,
      value: `s.${column}`,
      code: 'reference.cycle',
      message: `format('${sentence}', r.code)`,
      from: `from up join ${rows} r on r.id = up.start join ${stagedName(table)} s on s.row_no = r.row_no
        left join ${table.name} before on before.id = r.id
        where up.id = up.start ${isTolerated ? `and r.${stored} is distinct from before.${stored}` : ''}`,
    });
  }
};
