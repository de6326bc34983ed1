import type { ImportTable } from '../../../server/contract/import.js';

export type Totals = Pick<ImportTable, 'rows' | 'created' | 'updated' | 'unchanged' | 'skipped'>;

/** The sums over the tables of an import. */
export function totalsOf(tables: readonly ImportTable[]): Totals {
  const sum = (name: keyof Totals) => tables.reduce((total, table) => total + table[name], 0);
  return {
    rows: sum('rows'),
    created: sum('created'),
    updated: sum('updated'),
    unchanged: sum('unchanged'),
    skipped: sum('skipped'),
  };
}
