import { isPermitted } from '../../access/policy.js';
import type { Principal } from '../../access/principal.js';
import { DECLARATIONS, snake, type Declaration } from '../../contract/records.js';
import type { ColumnKind } from '../../contract/columns.js';
import { everything, readCondition, type Condition } from '../../access/scope.js';
import { storedColumnsOf, tableOf, type StoredColumn } from '../../database/columns.js';
import { isoInstant } from '../../database/instant.js';
import { quote } from '../staging.js';
import { isToldAnswer, toldCell } from './survey-answers.js';

/** What a cell of an export is, so that each format can write it in its own way. All values come as text. */
export type CellKind = 'text' | 'number' | 'date';

export interface ExportColumn {
  /** As the import tables spell it. */
  name: string;
  kind: CellKind;
}

/** One import table as it comes out of the database. */
export interface ExportQuery {
  declaration: Declaration;
  columns: ExportColumn[];
  /** One row is one record that the reader may see: one text or null for each column, in the order of the import table. */
  text: string;
  values: readonly unknown[];
}

/** Tables that the person may read, in the order in which they import. */
export const readableDeclarations = (principal: Principal): Declaration[] =>
  DECLARATIONS.filter((declaration) => isPermitted(principal, `records.read:${declaration.type}`));

export const cellKindOf = (kind: ColumnKind): CellKind =>
  kind.kind === 'decimal' || kind.kind === 'percent' || kind.kind === 'integer'
    ? 'number'
    : kind.kind === 'date'
      ? 'date'
      : 'text';

/** `1.234` could be read as 1234 where the rest of a file does not show its decimal sign; `1.2340` could not. */
const number = (column: string): string => `regexp_replace(trim_scale(${column})::text, '^(-?\\d+\\.\\d{3})$', '\\10')`;

/** A code as one of several in a cell: between double quotes where it could not be told from its neighbours without. */
const inList = (code: string): string =>
  `case when ${code} like '%;%' or ${code} like '"%' then '"' || replace(${code}, '"', '""') || '"' else ${code} end`;

/** Codes that stand in more than one type: where one is referred to, its type is written before it. */
const TWICE = `
  codes as (
    select 'investment' as type, id, code from investments where archived_at is null
    union all select 'initiative', id, code from initiatives where archived_at is null
    union all select 'capability', id, code from capabilities where archived_at is null
    union all select 'outcome', id, code from outcomes where archived_at is null
    union all select 'benefit', id, code from benefits where archived_at is null),
  twice as (select lower(code) as code_l from codes group by lower(code) having count(*) > 1)`;

interface Part {
  join: string;
  value: string;
}

const partOf = (column: StoredColumn, alias: string): Part => {
  const stored = `t.${quote(column.name)}`;
  const { kind } = column;
  switch (kind.kind) {
    case 'ref':
      return { join: `left join ${tableOf(kind.to)} ${alias} on ${alias}.id = ${stored}`, value: `${alias}.code` };
    case 'anyRef':
      return {
        join: `left join lateral (select chain_code(t.${quote(column.typeColumn!)}, ${stored}) as code) ${alias} on true`,
        value: `case when exists (select 1 from twice w where w.code_l = lower(${alias}.code))
          then initcap(t.${quote(column.typeColumn!)}) || ':' || ${alias}.code else ${alias}.code end`,
      };
    case 'refs':
      return {
        join: '',
        value: `(select string_agg(${inList('o.code')}, ';' order by u.place) from unnest(${stored}) with ordinality u (id, place)
          join ${tableOf(kind.to)} o on o.id = u.id)`,
      };
    case 'month':
      return { join: '', value: `to_char(${stored}, 'YYYY-MM')` };
    case 'instant':
      return { join: '', value: isoInstant(stored) };
    case 'decimal':
    case 'percent':
      return { join: '', value: number(stored) };
    case 'yesNo':
      return { join: '', value: `case ${stored} when true then 'yes' when false then 'no' end` };
    case 'choices':
      return { join: '', value: `array_to_string(${stored}, ';')` };
    default:
      return { join: '', value: `${stored}::text` };
  }
};

/**
 * The query of one import table, of the rows `t` that `only` names; what the person may not see is not there.
 * @param answers what of answers to rounds may leave (`tellable`)
 */
export const exportQuery = (
  principal: Principal,
  declaration: Declaration,
  only: Condition = everything,
  answers: readonly string[] = [],
): ExportQuery => {
  const stored = storedColumnsOf(declaration.type);
  const parts = stored.map((column, index) => partOf(column, `r${index}`));
  const scope = readCondition(principal, declaration.type);
  const isAnswer = declaration.type === 'survey_response';
  const told = `$${1 + scope.values.length + only.values.length}::text[]`;
  if (isAnswer) for (const [at, part] of parts.entries()) part.value = toldCell(stored[at]!.name, part.value, told);
  const order = declaration.key.map((field) => parts[stored.findIndex((column) => column.field === field)]!.value);
  // Moves at one instant keep the order in which they were recorded, wherever they are imported.
  if (declaration.type === 'work_item_transition') order.splice(2, 1, 't.recorded_seq');
  const refers = stored.some((column) => column.kind.kind === 'anyRef');
  return {
    declaration,
    columns: stored.map((column) => ({ name: snake(column.field), kind: cellKindOf(column.kind) })),
    text: `${refers ? `with ${TWICE}` : ''}
      select ${parts.map((part, index) => `${part.value} as c${index}`).join(', ')}
      from ${declaration.table} t ${parts.map((part) => part.join).join(' ')}
      where t.archived_at is null and (${scope.text(1)}) and (${only.text(1 + scope.values.length)})
        ${isAnswer ? `and ${isToldAnswer(told)}` : ''}
      order by ${order.join(', ')}, t.id`,
    values: [...scope.values, ...only.values, ...(isAnswer ? [answers] : [])],
  };
};
