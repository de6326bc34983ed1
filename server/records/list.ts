import { z } from 'zod';
import * as p from '../contract/primitives.js';
import type { ColumnKind } from '../contract/columns.js';
import type { Declaration } from '../contract/records.js';
import { invalidField } from '../http/problem.js';
import { fieldExpression } from './fields.js';
import type { Condition } from '../access/scope.js';
import { storedColumnsOf, tableOf, type StoredColumn } from '../database/columns.js';

/** Kinds by which a list may be filtered for equality. Free text is searched with `q`. */
const FILTERED = new Set<ColumnKind['kind']>([
  'code',
  'email',
  'currency',
  'month',
  'period',
  'date',
  'choice',
  'yesNo',
  'ref',
  'anyRef',
  'integer',
]);
const UNSORTED = new Set<ColumnKind['kind']>(['choices', 'refs']);

const filteredColumns = (declaration: Declaration): StoredColumn[] =>
  storedColumnsOf(declaration.type).filter((column) => FILTERED.has(column.kind.kind));

const sortable = (declaration: Declaration): string[] => [
  ...storedColumnsOf(declaration.type)
    .filter((column) => !UNSORTED.has(column.kind.kind))
    .map((column) => column.field),
  'createdAt',
  'updatedAt',
];

/** What the list of a record type takes: search, paging, an allow-list of orders, equality on its fields, `archived`. */
export const listQuery = (declaration: Declaration) => {
  const orders = sortable(declaration).flatMap((field) => [field, `-${field}`]);
  const filters = Object.fromEntries(filteredColumns(declaration).map((column) => [column.field, p.ref.optional()]));
  return z.strictObject({
    q: p.text(200).optional(),
    limit: p.limit,
    cursor: z.string().max(2000).optional(),
    sort: z.enum(orders as [string, ...string[]]).optional(),
    archived: z.enum(['true', 'false']).default('false'),
    ...filters,
  });
};
export type ListQuery = {
  q?: string | undefined;
  limit: number;
  cursor?: string | undefined;
  sort?: string | undefined;
  archived: 'true' | 'false';
} & Record<string, unknown>;

interface Order {
  field: string;
  expression: string;
  descending: boolean;
}

/** Ends of links by layer, the money first, then by code: the order in which the chain is read. */
const orderExpression = (column: StoredColumn): string => {
  if (column.kind.kind === 'code') return 'lower(t.code)';
  if (column.kind.kind !== 'anyRef') return fieldExpression(column);
  const layers = column.kind.to.map((type) => `'${type}'`).join(', ');
  return `array_position(array[${layers}], t.${column.typeColumn}::text)::text || ' ' || lower(${fieldExpression(column)})`;
};

const orderOf = (declaration: Declaration, sort: string | undefined): Order => {
  const wanted = sort ?? (declaration.key.includes('code') ? 'code' : declaration.key[0]!);
  const field = wanted.replace(/^-/, '');
  const column = storedColumnsOf(declaration.type).find((candidate) => candidate.field === field);
  const expression = column ? orderExpression(column) : field === 'createdAt' ? 't.created_at' : 't.updated_at';
  return { field, expression, descending: wanted.startsWith('-') };
};

const cursorSchema = z.tuple([z.string(), z.string().nullable(), z.uuid()]);

/** Where the next page begins: the order it was made for, the last value in it and the last id. */
export const encodeCursor = (sort: string, value: unknown, id: string): string =>
  Buffer.from(JSON.stringify([sort, value === null || value === undefined ? null : String(value), id])).toString(
    'base64url',
  );

const decodeCursor = (cursor: string, sort: string): [string | null, string] => {
  try {
    const [madeFor, value, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (madeFor === sort) return [value, id];
  } catch {
    // falls through to the one sentence below
  }
  throw invalidField(
    'cursor',
    'cursor.invalid',
    'Send the nextCursor of the page before, with the same sort, or none.',
  );
};

/** One equality filter; text columns without regard to case. */
const filterText = (column: StoredColumn, value: string): string => {
  if (column.kind.kind === 'ref')
    return `t.${column.name} = (select id from ${tableOf(column.kind.to)} where lower(code) = lower(${value}))`;
  if (column.kind.kind === 'anyRef')
    return `lower(chain_code(t.${column.typeColumn}, t.${column.name})) = lower(${value})`;
  if (column.kind.kind === 'code' || column.kind.kind === 'email') return `lower(t.${column.name}) = lower(${value})`;
  return `(${fieldExpression(column)})::text = ${value}`;
};

const YES_NO: Record<string, string> = { true: 'true', yes: 'true', false: 'false', no: 'false' };

export interface ListSql {
  /** From and where, without paging: count over it gives the total. */
  matching: string;
  values: unknown[];
  /** Condition, order and limit of this page, to follow `matching`. */
  page: string;
  pageValues: unknown[];
  order: Order;
  sort: string;
}

/**
 * The SQL of one page of a list. Names come from the declaration only; everything from the client is a value.
 *
 * @param scope what the person may see
 */
export const listSql = (declaration: Declaration, query: ListQuery, scope: Condition): ListSql => {
  const values: unknown[] = [...scope.values];
  const put = (value: unknown): string => {
    values.push(value);
    return `$${values.length}`;
  };
  const where = [scope.text(1), query.archived === 'true' ? 't.archived_at is not null' : 't.archived_at is null'];
  for (const column of filteredColumns(declaration)) {
    const wanted = query[column.field];
    if (typeof wanted !== 'string') continue;
    where.push(
      filterText(
        column,
        `${put(column.kind.kind === 'yesNo' ? (YES_NO[wanted.toLowerCase()] ?? wanted) : wanted)}::text`,
      ),
    );
  }
  const searched = ['code', 'name', 'title', 'description'].filter((name) => name in declaration.columns);
  if (query.q && searched.length > 0) {
    const pattern = put(`%${query.q.replace(/[\\%_]/g, '\\$&')}%`);
    where.push(`(${searched.map((name) => `t.${name} ilike ${pattern}`).join(' or ')})`);
  }
  const matching = `from ${declaration.table} t where ${where.join(' and ')}`;
  const order = orderOf(declaration, query.sort);
  const sort = `${order.descending ? '-' : ''}${order.field}`;
  const pageValues: unknown[] = [];
  let after = '';
  if (query.cursor) {
    const [value, id] = decodeCursor(query.cursor, sort);
    const at = (offset: number): string => `$${values.length + offset}`;
    const beyond = order.descending ? '<' : '>';
    if (value === null) {
      pageValues.push(id);
      after = `and (${order.expression}) is null and t.id > ${at(1)}`;
    } else {
      pageValues.push(value, id);
      after = `and ((${order.expression}) ${beyond} ${at(1)} or ((${order.expression}) = ${at(1)} and t.id > ${at(2)}) or (${order.expression}) is null)`;
    }
  }
  const page = `${after} order by (${order.expression}) ${order.descending ? 'desc' : 'asc'} nulls last, t.id limit ${query.limit + 1}`;
  return { matching, values, page, pageValues, order, sort };
};
