import { RECORDS } from '../../contract/records.js';
import type { RecordType } from '../../contract/columns.js';
import { tableOf } from '../../database/columns.js';
import { tableOfType, type Batch } from '../batch.js';
import type { ImportColumn } from '../column-cells.js';
import { codesName, rowsName, stagedName, type ImportedTable } from '../import-tables.js';
import { addProblems, literal } from '../problems.js';
import { keysName } from '../resolve.js';
import { quote } from '../staging.js';

const labelOf = (type: RecordType): string => RECORDS[type].label.toLowerCase();

/** Whether the upload holds the table of a type but it cannot be read: then each code of it would be unknown, which helps nobody. */
const isBroken = (batch: Batch, type: RecordType): boolean =>
  batch.onProblem === 'reject' && batch.tables.some((table) => table.type === type && table.broken !== null);

/** Codes that neither the database nor the import has. */
const unknownCodes = async (
  batch: Batch,
  table: ImportedTable,
  column: ImportColumn,
  to: RecordType,
): Promise<void> => {
  if (isBroken(batch, to)) return;
  const list = column.stored.kind.kind === 'refs';
  const cell = `s.${quote(column.name)}`;
  const code = list ? 'u.code' : cell;
  const imported = tableOfType(batch, to);
  await addProblems(batch, table, {
    row: 's.row_no',
    column: column.name,
    value: code,
    code: 'reference.unknown',
    message: `format('There is no ${labelOf(to)} with the code "%s". Correct the code, or add it to the table ${tableOf(to)}.', ${code})`,
    from: `from ${stagedName(table)} s ${list ? `cross join lateral unnest(${cell}) u (code)` : ''}
      left join ${tableOf(to)} t on lower(t.code) = lower(${code})
      ${imported ? `left join ${codesName(imported)} c on c.code_l = lower(${code})` : ''}
      where ${code} is not null and t.id is null ${imported ? 'and c.id is null' : ''}`,
  });
};

/** Codes of one of several types: unknown ones, and those that more than one type has. */
const unclearCodes = async (
  batch: Batch,
  table: ImportedTable,
  column: ImportColumn,
  to: readonly RecordType[],
): Promise<void> => {
  const cell = `s.${quote(column.name)}`;
  const word = `s.${quote(`${column.name}_kind`)}`;
  const from = (condition: string) => `from ${stagedName(table)} s left join ${keysName(table, column)} k
    on k.code_l = lower(${cell}) and k.kind = coalesce(${word}, '') where ${cell} is not null and ${condition}`;
  const types = to
    .map(labelOf)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');
  if (!to.some((type) => isBroken(batch, type)))
    await addProblems(batch, table, {
      row: 's.row_no',
      column: column.name,
      value: `coalesce(initcap(${word}) || ':', '') || ${cell}`,
      code: 'reference.unknown',
      message: `format('There is no %s with the code "%s". Correct the code, or add the record to the import.', coalesce(${word}, ${literal(types)}), ${cell})`,
      from: from('k.code_l is null'),
    });
  await addProblems(batch, table, {
    row: 's.row_no',
    column: column.name,
    value: cell,
    code: 'reference.ambiguous',
    message: `format('The code "%s" stands in two types. Write which one is meant: %s.', ${cell},
      (select string_agg(initcap(one) || ':' || ${cell}, ' or ' order by one) from unnest(k.types) one))`,
    from: from('k.candidates > 1'),
  });
};

/** References that lead nowhere although the form is right. */
export const checkReferences = async (batch: Batch, table: ImportedTable): Promise<void> => {
  for (const column of table.columns) {
    const { kind } = column.stored;
    if (!table.positions.has(column.name)) continue;
    if (kind.kind === 'ref' || kind.kind === 'refs') await unknownCodes(batch, table, column, kind.to);
    if (kind.kind === 'anyRef') await unclearCodes(batch, table, column, kind.to);
  }
};

/** SQL for the code as it stands in the row's cell; of several, the one that means the record `u`. */
const asWritten = (batch: Batch, column: ImportColumn, to: RecordType): string => {
  const cell = `s.${quote(column.name)}`;
  if (column.stored.kind.kind === 'anyRef')
    return `coalesce(initcap(s.${quote(`${column.name}_kind`)}) || ':', '') || ${cell}`;
  if (column.stored.kind.kind !== 'refs') return cell;
  const imported = tableOfType(batch, to);
  const code = imported
    ? `coalesce((select c.code_l from ${codesName(imported)} c where c.id = u.id), lower(d.code))`
    : 'lower(d.code)';
  return `(select min(w.code) from unnest(${cell}) w (code) where lower(w.code) = ${code})`;
};

/**
 * References to records that will not be live after the import: archived ones, and (onProblem=skip) rows that were left out. A reference
 * that the record has already is left alone.
 */
export const checkDangling = async (batch: Batch, table: ImportedTable): Promise<void> => {
  for (const column of table.columns) {
    const { kind, name, typeColumn } = column.stored;
    if (!table.positions.has(column.name)) continue;
    const targets = kind.kind === 'ref' || kind.kind === 'refs' ? [kind.to] : kind.kind === 'anyRef' ? kind.to : [];
    for (const to of targets) {
      const list = kind.kind === 'refs';
      const id = list ? 'u.id' : `r.${quote(name)}`;
      const imported = tableOfType(batch, to);
      await addProblems(batch, table, {
        row: 'r.row_no',
        column: column.name,
        value: `coalesce(${asWritten(batch, column, to)}, d.code)`,
        code: 'reference.not_live',
        message: `case when d.id is null then 'It refers to a row of ${tableOf(to)} that has a problem itself. Correct that row first.'
          else format('The ${labelOf(to)} "%s" is archived. Add it to the table ${tableOf(to)} of the import to restore it, or name another.', d.code) end`,
        from: `from ${rowsName(table)} r join ${stagedName(table)} s on s.row_no = r.row_no ${list ? `cross join lateral unnest(r.${quote(name)}) u (id)` : ''}
          left join ${tableOf(to)} d on d.id = ${id}
          left join ${table.name} before on before.id = r.id
          where ${id} is not null ${typeColumn ? `and r.${quote(typeColumn)} = '${to}'` : ''}
            and (d.id is null or d.archived_at is not null)
            and r.${quote(name)} is distinct from before.${quote(name)}
            ${imported ? `and not exists (select 1 from ${rowsName(imported)} o where o.id = ${id})` : ''}`,
      });
    }
  }
};
