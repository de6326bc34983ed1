import { RECORD_POLICY, writesEverywhere } from '../../access/policy.js';
import { hasRole } from '../../access/principal.js';
import type { RecordType } from '../../contract/columns.js';
import { writeCondition } from '../../access/scope.js';
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

/** Where the importer may not even read the table, that a row is unchanged would already tell what is stored. */
const refuseTable = (batch: Batch, table: ImportedTable): Promise<void> => {
  const visible = hasRole(batch.principal, ...RECORD_POLICY[table.type].read);
  return addProblems(batch, table, {
    row: 's.row_no',
    column: null,
    value: valueOf(table),
    code: 'not_permitted',
    message: `'Your role does not permit writing ${table.name}. Leave the table out, or ask an administrator to import it.'`,
    from: visible
      ? `from ${rowsName(table)} r join ${stagedName(table)} s on s.row_no = r.row_no where ${changing(batch, table.type)}`
      : `from ${stagedName(table)} s
         where not exists (select 1 from import_bad b where b.table_no = ${table.no} and b.row_no = s.row_no)`,
  });
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
  for (const table of readable(batch)) if (rightTo(batch, table.type) === 'own') await refuseForeign(batch, table);
};
