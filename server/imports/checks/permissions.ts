import { RECORD_POLICY, writesEverywhere } from '../../access/policy.js';
import { hasRole } from '../../access/principal.js';
import type { RecordType } from '../../contract/columns.js';
import { writeCondition } from '../../access/scope.js';
import { replacedCount } from '../../access/take-over.js';
import type { Batch } from '../batch.js';
import { rowsName, stagedName, type ImportedTable } from '../import-tables.js';
import { addProblems } from '../problems.js';

/** Whether a role permits writing the type at all, and whether only inside own portfolios. */
const rightTo = (batch: Batch, type: RecordType): 'everywhere' | 'own' | 'none' => {
  if (writesEverywhere(batch.principal, type)) return 'everywhere';
  return hasRole(batch.principal, ...RECORD_POLICY[type].write) ? 'own' : 'none';
};

const readable = (batch: Batch): ImportedTable[] => batch.tables.filter((table) => table.broken === null);

/** Whether anything of the import may be written only inside own portfolios. */
export const hasBorders = (batch: Batch): boolean =>
  readable(batch).some((table) => rightTo(batch, table.type) === 'own');

const valueOf = (table: ImportedTable): string => `s."${table.columns[0]!.name}"`;

/** Rows that change something; of values, those that finance only confirms need no more than that role. `r` is the row. */
const changing = (batch: Batch, type: RecordType): string =>
  type === 'benefit_value' && hasRole(batch.principal, 'finance')
    ? `r.action <> 'unchanged' and not r.only_confirmed`
    : `r.action <> 'unchanged'`;

const notPermitted = (table: ImportedTable): string =>
  `Your role does not permit writing ${table.name}. Leave the table out, or ask an administrator to import it.`;

const refuseRows = (batch: Batch, table: ImportedTable, from: string): Promise<void> =>
  addProblems(batch, table, {
    row: 's.row_no',
    column: null,
    value: valueOf(table),
    code: 'not_permitted',
    message: `'${notPermitted(table)}'`,
    from,
  });

const refuseTable = (batch: Batch, table: ImportedTable): Promise<void> =>
  refuseRows(
    batch,
    table,
    `from ${rowsName(table)} r join ${stagedName(table)} s on s.row_no = r.row_no where ${changing(batch, table.type)}`,
  );

/**
 * Refuses every row of the tables that the importer may not even read, and takes these tables out of all that follows: that a row is unchanged, or
 * the same as another one, would already tell what is stored.
 */
export const refuseUnreadable = async (batch: Batch): Promise<void> => {
  for (const table of readable(batch)) {
    if (hasRole(batch.principal, ...RECORD_POLICY[table.type].read)) continue;
    await refuseRows(batch, table, `from ${stagedName(table)} s`);
    table.broken = notPermitted(table);
  }
};

const refuseForeign = (batch: Batch, table: ImportedTable): Promise<void> => {
  const own = writeCondition(batch.principal, table.type);
  return addProblems(
    batch,
    table,
    {
      row: 'r.row_no',
      column: null,
      value: valueOf(table),
      code: 'not_permitted',
      message: `'This row lies outside your portfolios. Leave it out, or ask the manager of its portfolio to import it.'`,
      from: `from ${rowsName(table)} r join ${stagedName(table)} s on s.row_no = r.row_no join ${table.name} t on t.id = r.id
        where ${changing(batch, table.type)} and (${own.text(1)}) is not true`,
    },
    own.values,
  );
};

/**
 * Every row that changes something must be one that the importer may write: by role, and for a portfolio manager by what the record is now.
 */
export const checkPermissions = async (batch: Batch): Promise<void> => {
  for (const table of readable(batch)) {
    const right = rightTo(batch, table.type);
    if (right === 'none') await refuseTable(batch, table);
    if (right === 'own') await refuseForeign(batch, table);
  }
};

/** The same rule asked of the records as they were written: nothing is created in, or moved into, a foreign portfolio. */
export const checkWritten = async (batch: Batch): Promise<void> => {
  for (const table of readable(batch)) {
    if (rightTo(batch, table.type) !== 'own') continue;
    await refuseForeign(batch, table);
    if (table.type === 'competency') await refuseTakenOver(batch, table);
  }
};

/** Counts of a competency that take the place of one that is not the importer's to write. */
const refuseTakenOver = (batch: Batch, table: ImportedTable): Promise<void> => {
  const own = writeCondition(batch.principal, table.type);
  return addProblems(
    batch,
    table,
    {
      row: 'r.row_no',
      column: 'code',
      value: 's.code',
      code: 'competency.taken_over',
      message: `format('"%s" is counted for capability %s, and a count is not yours to replace there. Use a code of your own.', t.code,
        coalesce((select code from capabilities where id = t.capability_id), 'no capability'))`,
      from: `from ${rowsName(table)} r join ${stagedName(table)} s on s.row_no = r.row_no join ${table.name} n on n.id = r.id
        cross join lateral ${replacedCount('n')} where r.action in ('created', 'restored') and (${own.text(1)}) is not true`,
    },
    own.values,
  );
};
