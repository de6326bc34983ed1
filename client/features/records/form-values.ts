import type { z } from 'zod';
import type { Column } from '../../../server/contract/columns.js';
import { typeField, type Declaration } from '../../../server/contract/records.js';
import { readNumber, typedNumber } from '../../lib/read-number';
import { localised } from '../../../server/contract/locale-number.js';
import { labelOf } from './words';

/** A form holds what was typed, as text; several choices as a list. Values are made of it only to be sent. */
export type Draft = Readonly<Record<string, string | readonly string[]>>;

/** What is wrong with one field; without a field, with the whole. */
export interface FieldProblem {
  field: string | null;
  message: string;
}

/** What a field shows of a stored value. */
function typedOf(column: Column, value: unknown): string | readonly string[] {
  const { kind } = column.type;
  if (kind === 'choices') return (value as string[] | null) ?? [];
  if (value === null || value === undefined) return '';
  if (kind === 'yesNo') return value === true ? 'yes' : 'no';
  if (kind === 'refs') return (value as string[]).join('; ');
  if (kind === 'decimal' || kind === 'percent') return typedNumber(String(value));
  return String(value);
}

/** The form of a record, or an empty one. A reference to one of several types is `type:code`. */
export const draftOf = (declaration: Declaration, values: Readonly<Record<string, unknown>> = {}): Draft =>
  Object.fromEntries(
    Object.entries(declaration.columns).map(([field, column]) => {
      const type = values[typeField(field)];
      const code = values[field];
      const isTyped = column.type.kind === 'anyRef' && typeof type === 'string' && typeof code === 'string';
      return [field, isTyped ? `${type}:${code}` : typedOf(column, code)];
    }),
  );

export const isSame = (a: Draft[string] | undefined, b: Draft[string] | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** The fields in which two states of a form differ. */
export const changedFields = (draft: Draft, base: Draft): string[] =>
  Object.keys(draft).filter((field) => !isSame(draft[field], base[field]));

/** What is sent for a field: null where it is blank; a problem where it cannot be read. */
export function valueOf(column: Column, typed: string | readonly string[]): { value: unknown } | { problem: string } {
  if (typeof typed !== 'string') return { value: typed.length === 0 ? null : [...typed] };
  const text = typed.trim();
  if (text === '') return { value: null };
  switch (column.type.kind) {
    case 'yesNo':
      return { value: text === 'yes' };
    case 'refs':
      return { value: text.split(';').flatMap((code) => (code.trim() === '' ? [] : [code.trim()])) };
    case 'percent':
      return decimalOf(text.replace(/\s*%$/, ''), '25.5');
    case 'decimal':
      return decimalOf(text, '1234.50');
    case 'integer':
      return /^\d+$/.test(text) ? { value: Number(text) } : { problem: 'Write a whole number.' };
    default:
      return { value: text };
  }
}

function decimalOf(text: string, example: string): { value: string } | { problem: string } {
  const value = readNumber(text);
  return value === null
    ? { problem: `“${text}” cannot be read as a number. Write it like ${localised(example)}.` }
    : { value };
}

/**
 * Reads the form and checks it with the schema of the contract.
 * @param fields to send: all that are stated of a new record, only those that changed of an old one
 * @returns the body, and everything that is wrong with it at once
 */
export function readDraft(
  declaration: Declaration,
  draft: Draft,
  fields: readonly string[],
  schema: z.ZodType,
): { body: Record<string, unknown>; problems: FieldProblem[] } {
  const body: Record<string, unknown> = {};
  const problems: FieldProblem[] = [];
  for (const field of fields) {
    const column = declaration.columns[field]!;
    const read = valueOf(column, draft[field] ?? '');
    if ('problem' in read) problems.push({ field, message: `${labelOf(field)}: ${read.problem}` });
    else if (column.required && read.value === null) problems.push(missing(field));
    else body[field] = read.value;
  }
  const checked = schema.safeParse(body);
  const known = new Set(problems.map(({ field }) => field));
  for (const { path, message } of checked.error?.issues ?? []) {
    const field = typeof path[0] === 'string' ? path[0] : null;
    if (known.has(field)) continue;
    known.add(field);
    problems.push({ field, message: field === null ? message : `${labelOf(field)}: ${message}` });
  }
  const order = Object.keys(declaration.columns);
  problems.sort((a, b) => order.indexOf(a.field ?? '') - order.indexOf(b.field ?? ''));
  return { body, problems };
}

const missing = (field: string): FieldProblem => ({ field, message: `${labelOf(field)}: This is missing. State it.` });

/** The fields that a new record states: the required ones and whatever is filled in. */
export const statedFields = (declaration: Declaration, draft: Draft): string[] =>
  Object.entries(declaration.columns)
    .filter(([field, { required }]) => required || (draft[field] ?? '').length > 0)
    .map(([field]) => field);

/** What the server refused, by field: the first part of each JSON pointer. */
export function serverProblems(
  declaration: Declaration,
  message: string,
  errors: readonly { pointer: string; message: string }[],
): FieldProblem[] {
  if (errors.length === 0) return [{ field: null, message }];
  return errors.map((error) => {
    const field = error.pointer.split('/')[1] ?? '';
    return field in declaration.columns
      ? { field, message: `${labelOf(field)}: ${error.message}` }
      : { field: null, message: error.message };
  });
}
