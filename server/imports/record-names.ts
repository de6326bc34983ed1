import { columnOf, tableOf } from '../database/columns.js';
import { snake, type Declaration } from '../contract/records.js';
import { isSecret } from './secrets.js';
import { quote } from './staging.js';

/** SQL for the words by which people know a record of a type: its code, or its key (`BEN-1 2026-07`), but not who answered a survey. The table is aliased `t`. */
export const recordName = (declaration: Declaration): string => {
  const parts = declaration.key
    .filter((field) => !isSecret(declaration.type, snake(field)))
    .map((field) => {
      const { kind, name, typeColumn } = columnOf(declaration.type, field);
      const column = `t.${quote(name)}`;
      if (kind.kind === 'ref') return `(select code from ${tableOf(kind.to)} where id = ${column})`;
      if (kind.kind === 'anyRef') return `chain_code(t.${quote(typeColumn!)}, ${column})`;
      return kind.kind === 'month' ? `to_char(${column}, 'YYYY-MM')` : `${column}::text`;
    });
  return `concat_ws(' ', ${parts.join(', ')})`;
};
