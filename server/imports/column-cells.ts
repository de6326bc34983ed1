import { createHash } from 'node:crypto';
import type { ColumnKind, RecordType } from '../contract/columns.js';
import { snake, type Declaration } from '../contract/records.js';
import { storedColumnsOf, type StoredColumn } from '../database/columns.js';
import type { CopyValue } from './copy-text.js';
import { decimalParser, integerParser, parseMoney, parsePercent, parseRate } from './reading/amounts.js';
import {
  CLEAR,
  parseCode,
  parseCodes,
  parseEmail,
  parseQualifiedCode,
  parseYesNo,
  textParser,
  wordListParser,
  wordParser,
  type CellContext,
} from './reading/cells.js';
import { parseDate, parseInstant, parseMonth, parsePeriod } from './reading/dates.js';
import type { Cell, CellProblem } from './reading/table.js';

/** What one cell becomes in the staging table: one value, or two for `Type:code`. */
export type Staged = { values: readonly CopyValue[]; cleared: boolean } | { problem: CellProblem };

/** A column of an import table: its name there, the columns that stage it, and how a cell is read. */
export interface ImportColumn {
  /** As the import tables spell it. */
  name: string;
  stored: StoredColumn;
  isKey: boolean;
  required: boolean;
  /** Whether its cells say how the file writes numbers. */
  isNumber: boolean;
  /** Name and SQL type of its columns in the staging table. */
  staging: readonly { name: string; sqlType: string }[];
  read(cell: Cell, context: CellContext): Staged;
}

const blank = (width: number): Staged => ({ values: Array<null>(width).fill(null), cleared: false });

type Parse = (cell: Cell, context: CellContext) => { value?: unknown; problem?: CellProblem };

const reader = (parse: Parse, width: number, store: (value: never) => readonly CopyValue[] | CellProblem) => {
  const nothing = blank(width);
  return (cell: Cell, context: CellContext): Staged => {
    if (cell === '') return nothing;
    const parsed = parse(cell, context);
    if (parsed.problem) return { problem: parsed.problem };
    if (parsed.value === null || parsed.value === undefined) return nothing;
    if (parsed.value === CLEAR) return { values: Array<null>(width).fill(null), cleared: true };
    const stored = store(parsed.value as never);
    return 'message' in stored ? { problem: stored } : { values: stored, cleared: false };
  };
};

const asIs = (value: CopyValue): readonly CopyValue[] => [value];

const parseCurrency: Parse = (cell, context) => {
  const parsed = textParser(60)(cell, context);
  if (parsed.problem || typeof parsed.value !== 'string') return parsed;
  const currency = parsed.value.toUpperCase();
  if (/^[A-Z]{3}$/.test(currency)) return { value: currency };
  return {
    problem: {
      code: 'currency.format',
      message: 'Write the currency as its ISO 4217 code of three letters, such as EUR.',
    },
  };
};

const HASHED = /^sha256:[0-9a-f]{64}$/i;

/** Who answered is hashed as it is read, and keyed before it is stored; what was exported is hashed already. */
export const respondentKey = (key: string): string =>
  HASHED.test(key) ? key.toLowerCase() : `sha256:${createHash('sha256').update(key).digest('hex')}`;

const typeWord = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/[\s\-_]+/g, '_');

const qualifiedReader = (to: readonly RecordType[]) =>
  reader(parseQualifiedCode as Parse, 2, ({ type, code }: { type: string | null; code: string }) => {
    if (type === null) return [code, null];
    const kind = to.find((candidate) => candidate === typeWord(type));
    if (kind) return [code, kind];
    const words = to.map((one) => one.charAt(0).toUpperCase() + one.slice(1)).join(', ');
    return { code: 'reference.type', message: `"${type}" before the colon is none of: ${words}.` };
  });

const parserOf = (kind: ColumnKind): Parse => {
  switch (kind.kind) {
    case 'code':
    case 'ref':
      return parseCode as Parse;
    case 'refs':
      return parseCodes as Parse;
    case 'text':
      return textParser(kind.max) as Parse;
    case 'email':
      return parseEmail as Parse;
    case 'currency':
      return parseCurrency;
    case 'month':
      return parseMonth as Parse;
    case 'period':
      return parsePeriod as Parse;
    case 'date':
      return parseDate as Parse;
    case 'instant':
      return parseInstant as Parse;
    case 'decimal':
      if (kind.scale === 10) return parseRate as Parse;
      if (kind.min === undefined && kind.max === undefined && kind.scale === 4) return parseMoney as Parse;
      return decimalParser({
        scale: kind.scale,
        ...(kind.min === undefined ? {} : { min: kind.min }),
        ...(kind.max === undefined ? {} : { max: kind.max }),
      }) as Parse;
    case 'percent':
      return parsePercent as Parse;
    case 'integer':
      return integerParser({ min: kind.min, max: kind.max }) as Parse;
    case 'choice':
      return wordParser(kind.values) as Parse;
    case 'choices':
      return wordListParser(kind.values) as Parse;
    case 'yesNo':
      return parseYesNo as Parse;
    case 'anyRef':
      throw new Error('Read by qualifiedReader.');
  }
};

const STAGED_TYPES: Partial<Record<ColumnKind['kind'], string>> = { ref: 'text', anyRef: 'text', refs: 'text[]' };
const NUMBERS = new Set<ColumnKind['kind']>(['decimal', 'percent', 'integer']);

/** The columns of a record type as an import reads them, in the order of the import table. */
export const importColumnsOf = (declaration: Declaration): ImportColumn[] =>
  storedColumnsOf(declaration.type).map((stored) => {
    const { kind, field } = stored;
    const name = snake(field);
    const first = { name, sqlType: STAGED_TYPES[kind.kind] ?? stored.sqlType };
    const isRespondent = declaration.type === 'survey_response' && field === 'respondent';
    const read =
      kind.kind === 'anyRef'
        ? qualifiedReader(kind.to)
        : kind.kind === 'month'
          ? reader(parserOf(kind), 1, (month: string) => [`${month}-01`])
          : isRespondent
            ? reader(parserOf(kind), 2, (key: string) => [respondentKey(key), HASHED.test(key)])
            : reader(parserOf(kind), 1, asIs);
    return {
      name,
      stored,
      isKey: declaration.key.includes(field),
      required: stored.required,
      isNumber: NUMBERS.has(kind.kind),
      staging: [
        first,
        ...(kind.kind === 'anyRef' ? [{ name: `${name}_kind`, sqlType: 'text' }] : []),
        ...(isRespondent ? [{ name: `${name}_is_exported`, sqlType: 'boolean' }] : []),
      ],
      read,
    };
  });
