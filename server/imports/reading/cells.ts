import type { DecimalStyle } from './numbers.js';
import { cellText, type Cell, type CellProblem, type TypedCell } from './table.js';

/** What `(clear)` means: the record's value is to be emptied. A blank cell (null) leaves it as it is. */
export const CLEAR: unique symbol = Symbol('clear');

/** What a cell's meaning depends on beside its column. */
export interface CellContext {
  /** The style of the file that the cell comes from. */
  readonly decimal: DecimalStyle;
  /** The reporting time zone, an IANA name. */
  readonly timeZone: string;
}

export type Parsed<T> =
  { value: T | null | typeof CLEAR; problem?: undefined } | { problem: CellProblem; value?: undefined };

/** Never throws. Blank is null. */
export type CellParser<T> = (cell: Cell, context: CellContext) => Parsed<T>;

/** A cell of a sheet that holds a value. */
export type ValueCell = Extract<TypedCell, { kind: 'number' | 'boolean' | 'date' }>;

const BLANK = { value: null };
const CLEARED = { value: CLEAR } as const;

export function problem(code: string, message: string): { problem: CellProblem } {
  return { problem: { code, message } };
}

/** A cell's text within a sentence, in quotes, cut where it is long. */
export function quoted(text: string): string {
  return text.length > 40 ? `"${text.slice(0, 39).trimEnd()}…"` : `"${text}"`;
}

/**
 * A parser of one kind of column from its two readings. What is the same for all columns is done here: cells are trimmed (no-break
 * spaces too), blank, `(clear)`, error cells, and formulas without a stored value.
 */
export function cellParser<T>(
  fromText: (text: string, context: CellContext) => Parsed<T>,
  fromValue: (cell: ValueCell, context: CellContext) => Parsed<T>,
): CellParser<T> {
  return (cell, context) => {
    if (typeof cell === 'string') {
      const text = cell.trim();
      if (text === '') return BLANK;
      return text.length === 7 && text.toLowerCase() === '(clear)' ? CLEARED : fromText(text, context);
    }
    if (cell.kind === 'error') {
      return problem('formula.error', `The cell shows ${quoted(cell.text)}. Correct its formula, or write the value.`);
    }
    if (cell.kind === 'no_value') {
      return problem(
        'formula.no_value',
        'The cell holds a formula without a computed value. Open and save the file in a spreadsheet program, or write the value.',
      );
    }
    return fromValue(cell, context);
  };
}

const LONGEST_CODE = 64;
/** Control characters, and the invisible ones that make two codes look alike. */
const UNSEEN = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]|\p{Surrogate}/u;

/** A record's code, or a reference to one: at most 64 characters, no colon; leading zeros stay. */
export const parseCode = cellParser<string>(codeOfText, (cell) => {
  if (cell.kind !== 'number') {
    const what = cell.kind === 'date' ? 'a date' : 'a yes/no value';
    return problem(
      'code.format',
      `A spreadsheet turned this id into ${what}. Format the column as text and write the id again.`,
    );
  }
  if (Math.abs(cell.value) >= 1e15) return scientific(cellText(cell));
  if (!Number.isInteger(cell.value)) {
    return problem(
      'code.format',
      `A spreadsheet turned this id into the number ${cellText(cell)}. Format the column as text and write the id again.`,
    );
  }
  return codeOfText(String(cell.value).padStart(cell.digits, '0'));
});

function codeOfText(text: string): Parsed<string> {
  const code = text.normalize('NFC');
  if (/^\d(?:[.,]\d+)?E[+-]\d{1,3}$/i.test(code)) return scientific(code);
  if (code.includes(':')) return problem('code.colon', `A code has no colon; write ${quoted(code)} without it.`);
  if (UNSEEN.test(code)) {
    return problem(
      'code.characters',
      `${quoted(code.replace(/\s+/g, ' '))} holds a line break or an invisible character. Write the code again.`,
    );
  }
  if (code.length > LONGEST_CODE && [...code].length > LONGEST_CODE) {
    return problem('code.length', `A code has at most ${LONGEST_CODE} characters; this one has ${[...code].length}.`);
  }
  return { value: code };
}

function scientific(text: string): { problem: CellProblem } {
  return problem(
    'code.scientific',
    `A spreadsheet turned this id into a number (${text}). Format the column as text and write the id again.`,
  );
}

/** A reference to a record of a link's end: `Type:code` or a bare code. */
export const parseQualifiedCode = cellParser<{ type: string | null; code: string }>(qualified, (cell, context) => {
  const parsed = parseCode(cell, context);
  if (parsed.problem) return parsed;
  return typeof parsed.value === 'string' ? { value: { type: null, code: parsed.value } } : BLANK;
});

function qualified(text: string): Parsed<{ type: string | null; code: string }> {
  const colon = text.indexOf(':');
  const parsed = codeOfText(text.slice(colon + 1).trim());
  if (parsed.problem) return parsed;
  if (colon === 0 || parsed.value === '') {
    return problem('code.format', `Write ${quoted(text)} as a code, or as a type and a code: Outcome:O-1.`);
  }
  return { value: { type: colon === -1 ? null : text.slice(0, colon).trim(), code: String(parsed.value) } };
}

/**
 * Codes between semicolons: `A-1; A-2`. A code that holds a semicolon, or starts with a double quote, stands between double quotes, with
 * each double quote in it written twice. Repetitions (whatever their case) and blanks count once and not at all.
 */
export const parseCodes = cellParser<string[]>(
  (text) => {
    const parts = partsOf(text);
    return parts ? listOf(parts, codeOfText) : problem('list.quote', LIST_QUOTE);
  },
  (cell, context) => {
    const parsed = parseCode(cell, context);
    if (parsed.problem) return parsed;
    return { value: typeof parsed.value === 'string' ? [parsed.value] : null };
  },
);

const LIST_QUOTE =
  'A double quote is not closed, or is followed by something other than ";". ' +
  'Put a whole code between double quotes and write each double quote inside it twice: A-1;"B;2".';
const BLANKS = /\s*/y;
const QUOTED = /"([^"]*(?:""[^"]*)*)"\s*(?:;|$)/y;

/** @returns null where a double quote is not closed, or not followed by a semicolon */
function partsOf(text: string): string[] | null {
  const parts: string[] = [];
  for (let at = 0; at < text.length;) {
    BLANKS.lastIndex = at;
    BLANKS.test(text);
    at = BLANKS.lastIndex;
    if (text[at] === '"') {
      QUOTED.lastIndex = at;
      const match = QUOTED.exec(text);
      if (!match) return null;
      parts.push((match[1] as string).replaceAll('""', '"'));
      at = QUOTED.lastIndex;
    } else {
      const end = text.indexOf(';', at);
      parts.push(text.slice(at, end === -1 ? undefined : end));
      at = end === -1 ? text.length : end + 1;
    }
  }
  return parts;
}

function listOf(parts: readonly string[], one: (text: string) => Parsed<string>): Parsed<string[]> {
  const values = new Map<string, string>();
  for (const part of parts) {
    if (part.trim() === '') continue;
    const parsed = one(part.trim());
    if (parsed.problem) return parsed;
    if (typeof parsed.value !== 'string') continue;
    const same = parsed.value.toLowerCase();
    if (!values.has(same)) values.set(same, parsed.value);
  }
  return { value: [...values.values()] };
}

/** Free text, line breaks kept as `\n`. @param longest in characters */
export function textParser(longest = 4000): CellParser<string> {
  const read = (raw: string): Parsed<string> => {
    const text = raw.replace(/\r\n?/g, '\n').normalize('NFC');
    // Neither PostgreSQL (NUL) nor a workbook (the others) can hold these.
    if (/[^\P{Cc}\t\n\u007f-\u009f]|[\ufffe\uffff]|\p{Surrogate}/u.test(text)) {
      return problem(
        'text.characters',
        'The text holds a control character that cannot be stored. Write it again without.',
      );
    }
    if (text.length > longest && [...text].length > longest) {
      return problem(
        'text.length',
        `The text has ${[...text].length} characters; at most ${longest} are stored. Shorten it.`,
      );
    }
    return { value: text };
  };
  return cellParser(read, (cell) =>
    read(cell.kind === 'number' ? cellText(cell).padStart(cell.digits, '0') : cellText(cell)),
  );
}

/** A person: an e-mail address, in lower case. */
export const parseEmail = cellParser<string>(emailOfText, (cell) => emailOfText(cellText(cell)));

function emailOfText(text: string): Parsed<string> {
  const email = text.normalize('NFC').toLowerCase();
  if (
    email.length <= 254 &&
    /^[^\s@<>"(),:;]+@[^\s@<>"(),:;.]+(\.[^\s@<>"(),:;.]+)+$/.test(email) &&
    !UNSEEN.test(email)
  ) {
    return { value: email };
  }
  return problem(
    'email.format',
    `${quoted(text)} is not an e-mail address. Write only the address, such as ada@example.org.`,
  );
}

/** One of some words; case does not count, and a space or hyphen does for an underscore. @param words as they are stored */
export function wordParser<W extends string>(words: readonly W[]): CellParser<W> {
  const read = wordReader(words);
  return cellParser<W>(read, (cell) => read(cellText(cell)));
}

/** Words between semicolons, each as in {@link wordParser}. */
export function wordListParser<W extends string>(words: readonly W[]): CellParser<W[]> {
  const read = wordReader(words);
  const list = (text: string) => listOf(text.split(';'), read) as Parsed<W[]>;
  return cellParser<W[]>(list, (cell) => list(cellText(cell)));
}

function wordReader<W extends string>(words: readonly W[]): (text: string) => Parsed<W> {
  const plain = (text: string) => text.toLowerCase().replace(/[\s\-_]+/g, '_');
  const byPlain = new Map(words.map((word) => [plain(word), word]));
  return (text) => {
    const word = byPlain.get(plain(text));
    return word === undefined
      ? problem('word.unknown', `${quoted(text)} is none of: ${words.join(', ')}.`)
      : { value: word };
  };
}

const YES_NO = new Map(
  Object.entries({ yes: true, y: true, true: true, '1': true, no: false, n: false, false: false, '0': false }),
);

/** yes/no, y/n, true/false, 1/0. */
export const parseYesNo = cellParser<boolean>(yesNoOfText, (cell) =>
  cell.kind === 'boolean' ? { value: cell.value } : yesNoOfText(cellText(cell)),
);

function yesNoOfText(text: string): Parsed<boolean> {
  const value = YES_NO.get(text.toLowerCase());
  return value === undefined
    ? problem('yes_no.format', `${quoted(text)} is neither yes nor no. Write yes or no.`)
    : { value };
}
