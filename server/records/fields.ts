import type { AnyRecord, Declaration } from '../contract/records.js';
import { typeField } from '../contract/records.js';
import { plainDecimal } from '../core/money.js';
import { storedColumnsOf, tableOf, type StoredColumn } from '../database/columns.js';

/** SQL expression over `t` that gives a stored column as it crosses the wire (amounts still with all four decimals). */
export const fieldExpression = (column: StoredColumn): string => {
  const stored = `t.${column.name}`;
  switch (column.kind.kind) {
    case 'ref':
      return `(select code from ${tableOf(column.kind.to)} where id = ${stored})`;
    case 'anyRef':
      return `chain_code(t.${column.typeColumn}, ${stored})`;
    case 'refs':
      return `(select array_agg(r.code order by o.place) from unnest(${stored}) with ordinality o (id, place)
        join ${tableOf(column.kind.to)} r on r.id = o.id)`;
    case 'month':
      return `to_char(${stored}, 'YYYY-MM')`;
    default:
      return stored;
  }
};

/** The select list of a record type over `t`: meta columns and every declared field under its API name. */
export const selectList = (declaration: Declaration): string => {
  const fields = storedColumnsOf(declaration.type).flatMap((column) => [
    `${fieldExpression(column)} as "${column.field}"`,
    ...(column.typeColumn ? [`t.${column.typeColumn} as "${typeField(column.field)}"`] : []),
  ]);
  return `t.id, t.version, t.created_at as "createdAt", t.updated_at as "updatedAt", t.archived_at as "archivedAt", ${fields.join(', ')}`;
};

/** A row of `selectList` as the record that the API gives. */
export const recordOfRow = (declaration: Declaration, row: Record<string, unknown>): AnyRecord => {
  const record = { ...row } as AnyRecord;
  for (const column of storedColumnsOf(declaration.type)) {
    const value = row[column.field];
    if (value === null || value === undefined) record[column.field] = null;
    else if (column.kind.kind === 'decimal')
      record[column.field] = plainDecimal(String(value), column.kind.money === true);
  }
  return record;
};

/** Every stored column that may be blank, as null: what a record that comes back is not said to be, it is not any more. */
export const blankValues = (declaration: Declaration): Record<string, null> =>
  Object.fromEntries(
    storedColumnsOf(declaration.type)
      .filter(({ required }) => !required)
      .flatMap(({ name, typeColumn }) => [name, ...(typeColumn ? [typeColumn] : [])])
      .map((name) => [name, null]),
  );

/** The fields in which two states differ, as the first of them has it. */
export const changedFields = (of: AnyRecord, against: AnyRecord): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(of).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(against[name])),
  );
