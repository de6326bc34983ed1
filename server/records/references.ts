import type { EntityManager } from 'typeorm';
import type { RecordType } from '../contract/columns.js';
import { componentName, RECORDS, type Declaration } from '../contract/records.js';
import { named } from '../database/named.js';
import { invalid, type ProblemError } from '../http/problem.js';
import { storedColumnsOf, tableOf } from '../database/columns.js';

interface Found {
  type: RecordType;
  id: string;
}

/** `Initiative:MOD-1` → type and code; a code has no colon, so the prefix is never part of it. */
export const splitTypedCode = (
  text: string,
  types: readonly RecordType[],
): { type: RecordType | null; code: string } => {
  const colon = text.indexOf(':');
  if (colon < 0) return { type: null, code: text.trim() };
  const word = text
    .slice(0, colon)
    .trim()
    .toLowerCase()
    .replace(/[\s_-]/g, '');
  const type = types.find((candidate) => candidate.replace('_', '') === word) ?? null;
  return { type, code: text.slice(colon + 1).trim() };
};

const find = async (manager: EntityManager, types: readonly RecordType[], code: string): Promise<Found[]> => {
  const parts = types.map(
    (type) =>
      `select '${type}' as type, id from ${tableOf(type)} where lower(code) = lower($1) and archived_at is null`,
  );
  return named<Found>(manager, `find ${types.join(' ')}`, parts.join(' union all '), [code]);
};

const label = (type: RecordType): string => RECORDS[type].label.toLowerCase();

/**
 * Share-locks a record that is about to be referred to; false where it was archived since it was found. Who archives it then waits, and
 * sees the reference.
 */
const holdLive = async (manager: EntityManager, { type, id }: Found): Promise<boolean> => {
  const rows = await named(
    manager,
    `hold ${type}`,
    `select 1 from ${tableOf(type)} where id = $1 and archived_at is null for share`,
    [id],
  );
  return rows.length === 1;
};

/**
 * Turns the fields of a request into column values: codes become ids.
 *
 * @param fields validated by the type's schema; only those present are turned
 * @throws Problem 422 with one error for each code that names nothing, or more than one record
 */
export const columnValues = async (
  manager: EntityManager,
  declaration: Declaration,
  fields: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> => {
  const values: Record<string, unknown> = {};
  const errors: ProblemError[] = [];
  const one = async (
    field: string,
    text: string,
    types: readonly RecordType[],
    pointer = `/${field}`,
  ): Promise<Found | null> => {
    const typed = splitTypedCode(text, types);
    const found = await find(manager, typed.type ? [typed.type] : types, typed.code);
    if (found.length === 1 && (await holdLive(manager, found[0]!))) return found[0]!;
    const names = types.map(label).join(', ');
    errors.push(
      found.length <= 1
        ? {
            pointer,
            code: 'reference.unknown',
            message: `There is no ${types.length > 1 ? `record (${names})` : names} with the code ${text}. Use a code that exists, or create it first.`,
          }
        : {
            pointer,
            code: 'reference.ambiguous',
            message: `The code ${text} is in ${found.map((f) => label(f.type)).join(' and ')}. Write ${found.map((f) => `${componentName(f.type)}:${text}`).join(' or ')}.`,
          },
    );
    return null;
  };
  for (const column of storedColumnsOf(declaration.type)) {
    const value = fields[column.field];
    if (value === undefined) continue;
    if (value === null) {
      values[column.name] = null;
      if (column.typeColumn) values[column.typeColumn] = null;
    } else if (column.kind.kind === 'ref') {
      values[column.name] = (await one(column.field, value as string, [column.kind.to]))?.id;
    } else if (column.kind.kind === 'anyRef') {
      const found = await one(column.field, value as string, column.kind.to);
      values[column.name] = found?.id;
      values[column.typeColumn!] = found?.type;
    } else if (column.kind.kind === 'refs') {
      const ids: string[] = [];
      for (const [index, code] of (value as string[]).entries()) {
        const found = await one(column.field, code, [column.kind.to], `/${column.field}/${index}`);
        if (found && !ids.includes(found.id)) ids.push(found.id);
      }
      values[column.name] = ids;
    } else {
      values[column.name] = column.kind.kind === 'month' ? `${value as string}-01` : value;
    }
  }
  if (errors.length > 0) throw invalid(errors);
  return values;
};

/** One kind of record that refers to another, and how many of them there are. */
export interface Dependents {
  type: RecordType;
  count: number;
  examples: string[];
}

/**
 * How records of a type refer to one of another, as conditions on `t`: by its id, or by its code.
 * @param one SQL for the id and the code of what is referred to
 */
export const refersTo = (
  declaration: Declaration,
  to: RecordType,
  one: { readonly id: string; readonly code: string },
): string[] => [
  ...storedColumnsOf(declaration.type).flatMap(({ kind, name, typeColumn }) => {
    if (kind.kind === 'ref' && kind.to === to) return [`t.${name} = ${one.id}`];
    if (kind.kind === 'refs' && kind.to === to) return [`${one.id} = any (t.${name})`];
    if (kind.kind === 'anyRef' && kind.to.includes(to))
      return [`(t.${typeColumn!} = '${to}' and t.${name} = ${one.id})`];
    return [];
  }),
  // A target names what it is of by its code.
  ...(declaration.type === 'metric_target' && to === 'indicator' ? [`lower(t.metric_id) = lower(${one.code})`] : []),
];

/**
 * What refers to a record and is not archived: it would lose its ground if the record were archived.
 * Answers codes where the referring type has them, else nothing but the count.
 */
export const dependentsOf = async (manager: EntityManager, type: RecordType, id: string): Promise<Dependents[]> => {
  const found: Dependents[] = [];
  for (const declaration of Object.values(RECORDS) as Declaration[]) {
    const code = `(select o.code from ${tableOf(type)} o where o.id = $1)`;
    const conditions = refersTo(declaration, type, { id: '$1', code });
    if (conditions.length === 0) continue;
    // Answers to a round go into the archive with their survey.
    const goesToo =
      declaration.type === 'survey_response' && type === 'survey'
        ? 'exists (select 1 from survey_rounds o where o.survey_id = t.survey_id)'
        : 'false';
    const hasCode = 'code' in declaration.columns;
    const [row] = await named<{ count: number; examples: string[] | null }>(
      manager,
      `dependents ${type} ${declaration.type}`,
      `select count(*) as count, ${hasCode ? '(array_agg(t.code order by t.code))[1:5]' : 'null::text[]'} as examples
       from ${declaration.table} t where t.archived_at is null and t.id <> $1 and (${conditions.join(' or ')}) and not ${goesToo}`,
      [id],
    );
    if (row && row.count > 0) found.push({ type: declaration.type, count: row.count, examples: row.examples ?? [] });
  }
  return found;
};
