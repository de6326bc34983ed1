import { storedColumnsOf } from '../../database/columns.js';
import type { Batch } from '../batch.js';
import { fileRow, rowsName, stagedName, type ImportedTable } from '../import-tables.js';
import { addProblems } from '../problems.js';
import { isSecret } from '../secrets.js';
import { quote, wereRead } from '../staging.js';

/** The same key twice with other content: nobody can say which row is meant. */
export const checkRepeats = (batch: Batch, table: ImportedTable): Promise<void> => {
  const key = table.columns
    .filter((column) => column.isKey && !isSecret(table.type, column.name))
    .map((column) => `s.${quote(column.name)}`);
  return addProblems(batch, table, {
    row: 'p.row_no',
    column: table.columns.find((column) => column.isKey)!.name,
    value: key[0]!,
    code: 'key.twice',
    message: `format('Row %s has the same key as row %s (%s), but other content. Keep one of the two.', ${fileRow(table, 'p.row_no')}, ${fileRow(table, 'p.first_row')}, concat_ws(', ', ${key.join(', ')}))`,
    also: 'array[p.first_row]',
    from: `from import_repeats p join ${stagedName(table)} s on s.row_no = p.row_no where p.table_no = ${table.no} and not p.same`,
  });
};

/** A new record needs what an existing one has already. */
export const checkRequired = async (batch: Batch, table: ImportedTable): Promise<void> => {
  for (const column of storedColumnsOf(table.type)) {
    if (!column.required || table.declaration.key.includes(column.field)) continue;
    await addProblems(batch, table, {
      row: 'r.row_no',
      column: column.name,
      code: 'required',
      message: `'A new record needs a ${column.name}. Write one.'`,
      from: `from ${rowsName(table)} r join ${stagedName(table)} s on s.row_no = r.row_no
        where r.action = 'created' and r.${quote(column.name)} is null and ${wereRead('s', column.name)}`,
    });
  }
};

interface Order {
  type: ImportedTable['type'];
  earlier: string;
  later: string;
  sentence: string;
}

/** Facts that run backwards, as the record would be afterwards. */
const ORDERS: readonly Order[] = [
  {
    type: 'investment',
    earlier: 'start_month',
    later: 'end_month',
    sentence: 'An investment cannot end (%s) before it starts (%s).',
  },
  {
    type: 'initiative',
    earlier: 'start_date',
    later: 'planned_end_date',
    sentence: 'An initiative cannot be planned to end (%s) before it starts (%s).',
  },
  {
    type: 'initiative',
    earlier: 'start_date',
    later: 'end_date',
    sentence: 'An initiative cannot end (%s) before it starts (%s).',
  },
  {
    type: 'decision',
    earlier: 'raised_at',
    later: 'decided_at',
    sentence: 'A decision cannot be taken (%s) before it was raised (%s).',
  },
];

/** SQL for an instant as a sentence names it: in UTC, to the minute. */
export const toMinute = (instant: string): string =>
  `to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"')`;

const written = (column: string): string =>
  column.endsWith('_month')
    ? `to_char(r.${column}, 'YYYY-MM')`
    : column.endsWith('_at')
      ? toMinute(`r.${column}`)
      : `r.${column}`;

export const checkOrder = async (batch: Batch, table: ImportedTable): Promise<void> => {
  for (const { earlier, later, sentence } of ORDERS.filter((order) => order.type === table.type))
    await addProblems(batch, table, {
      row: 'r.row_no',
      column: later,
      value: written(later),
      code: 'order.backwards',
      message: `format('${sentence} Correct one of the two.', ${written(later)}, ${written(earlier)})`,
      from: `from ${rowsName(table)} r join ${stagedName(table)} s on s.row_no = r.row_no where r.${later} < r.${earlier}
        and ${wereRead('s', earlier, later)}`,
    });
};

/** Of a month of a service, what is a part of something and cannot be more than it. */
const PARTS = [
  ['downtime_minutes', 'agreed_minutes', 'Downtime (%s) cannot be longer than the agreed minutes (%s).'],
  ['requests_within_target', 'requests', 'There cannot be more requests within the target (%s) than requests (%s).'],
  ['failed_changes', 'changes', 'There cannot be more failed changes (%s) than changes (%s).'],
] as const;

/** Months that cannot be. One that is stored already, from before they were refused, is in nobody's way while it stays as it is. */
export const checkParts = async (batch: Batch, table: ImportedTable): Promise<void> => {
  if (table.type !== 'service_month') return;
  for (const [part, whole, sentence] of PARTS)
    await addProblems(batch, table, {
      row: 'r.row_no',
      column: part,
      value: `r.${part}`,
      code: 'part.over_whole',
      message: `format('${sentence} Correct one of the two.', r.${part}, r.${whole})`,
      from: `from ${rowsName(table)} r join ${stagedName(table)} s on s.row_no = r.row_no
        where r.action <> 'unchanged' and r.${part} > r.${whole} and ${wereRead('s', part, whole)}`,
    });
};
