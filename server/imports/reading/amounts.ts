import {
  cellParser,
  problem,
  quoted,
  type CellContext,
  type CellParser,
  type Parsed,
  type ValueCell,
} from './cells.js';
import { whyNotANumber } from './not-a-number.js';
import { canonical, readings } from './numbers.js';
import { cellText, type CellProblem } from './table.js';

export interface DecimalRule {
  /** Decimals that can be stored; more are refused, never rounded. */
  scale: number;
  /** Digits before the decimal point; 16 unless told. */
  wholeDigits?: number;
  /** Both ends count. */
  min?: number;
  max?: number;
  /** `25` and `25%` are the same. Elsewhere a % sign is a problem. */
  percent?: boolean;
}

/** How far a spreadsheet's number may lie from a storable one: 0.1 + 0.2 is meant as 0.3. */
const DOUBLE_NOISE = 1e-6;

/**
 * A number column. The value is decimal text in plain form: `1234.5`, `-0.25`, `0`.
 * Problems: `number.format|currency|ambiguous|style|scale|range|percent`.
 */
export function decimalParser(rule: DecimalRule): CellParser<string> {
  return cellParser<string>(
    (text, context) => {
      if (text === '-' || text.toLowerCase() === 'n/a') return { value: null };
      const number = numberOfText(text, context, rule);
      return typeof number === 'string' ? checked(number, rule) : number;
    },
    (cell) => {
      if (cell.kind !== 'number') return problem('number.format', whyNotANumber(cellText(cell)).message);
      return numberOfCell(cell, rule);
    },
  );
}

/** Money: up to 4 decimals, 16 digits before the point. */
export const parseMoney = decimalParser({ scale: 4 });

/** A share in percent, 0 to 100 with up to 2 decimals: `25` or `25%` is `25`. */
export const parsePercent = decimalParser({ scale: 2, min: 0, max: 100, percent: true });

/** An exchange rate: above 0, up to 10 decimals. */
export const parseRate = decimalParser({ scale: 10, wholeDigits: 10, min: Number.MIN_VALUE });

/** A whole number, as a number. @param range both ends count; 0 to 2,147,483,647 unless told */
export function integerParser(range: { min?: number; max?: number } = {}): CellParser<number> {
  const parse = decimalParser({ scale: 0, min: range.min ?? 0, max: range.max ?? 2_147_483_647 });
  return (cell, context) => {
    const parsed = parse(cell, context);
    return typeof parsed.value === 'string' ? { value: Number(parsed.value) } : (parsed as Parsed<number>);
  };
}

function numberOfText(text: string, context: CellContext, rule: DecimalRule): string | { problem: CellProblem } {
  const percent = text.endsWith('%');
  if (percent && rule.percent !== true) {
    return problem('number.percent', `${quoted(text)} has a % sign. Write the plain number that the column asks for.`);
  }
  const bare = percent ? text.slice(0, -1).trimEnd() : text;
  const { dot, comma } = readings(bare);
  if (dot === null && comma === null) return { problem: whyNotANumber(text) };
  const { decimal } = context;
  if (decimal === 'dot' || decimal === 'comma')
    return (decimal === 'dot' ? dot : comma) ?? wrongStyle(text, decimal, (dot ?? comma) as string);
  if (dot !== null && comma !== null && dot !== comma)
    return bare.includes('.') ? ambiguous(bare, dot, comma) : ambiguous(bare, comma, dot);
  const only = (dot ?? comma) as string;
  if (dot === null && decimal === 'mostly_dot') return wrongStyle(text, 'dot', only);
  if (comma === null && decimal === 'mostly_comma') return wrongStyle(text, 'comma', only);
  if ((dot === null || comma === null) && decimal === 'mixed') return eitherStyle(text, dot === null);
  return only;
}

/**
 * Readings differ only where one separator stands before three digits: a fourth one leaves a single reading, and keeps the sign that the
 * file is written with.
 */
function ambiguous(text: string, decimals: string, whole: string): { problem: CellProblem } {
  const sign = text.includes('.') ? 'point' : 'comma';
  return problem(
    'number.ambiguous',
    `${quoted(text)} can be read as ${whole} or, with a decimal ${sign}, as ${decimals}; the file does not show which. ` +
      `Write ${whole} or ${text}0, or choose the decimal sign of the file.`,
  );
}

function wrongStyle(text: string, style: 'dot' | 'comma', number: string): { problem: CellProblem } {
  const [used, other] = style === 'dot' ? ['point', 'comma'] : ['comma', 'point'];
  const example = style === 'dot' ? number : number.replace('.', ',');
  return problem(
    'number.style',
    `${quoted(text)} is written with a decimal ${other}, but the numbers of this file with a decimal ${used}. Write ${example}.`,
  );
}

/** A number of a file that writes as many numbers one way as the other: nobody can say which are the wrong ones. */
function eitherStyle(text: string, withComma: boolean): { problem: CellProblem } {
  const [used, other] = withComma ? ['comma', 'point'] : ['point', 'comma'];
  return problem(
    'number.style',
    `${quoted(text)} is written with a decimal ${used}, but as many numbers of this file with a decimal ${other}. ` +
      `Write all numbers of the file in one way.`,
  );
}

/**
 * A sheet's number is a double. Taken is its shortest text; where that has more decimals than can be stored, the nearest storable number,
 * if it lies within the noise of computing with doubles.
 */
function numberOfCell(cell: Extract<ValueCell, { kind: 'number' }>, rule: DecimalRule): Parsed<string> {
  const value = cell.percent && rule.percent === true ? Number((cell.value * 100).toPrecision(15)) : cell.value;
  if (!Number.isFinite(value) || Math.abs(value) >= 1e16) return outOfRange(cellText(cell), rule);
  for (const text of [String(value), String(Number(value.toPrecision(15)))]) {
    if (!text.includes('e') && decimalsOf(text) <= rule.scale) return checked(canonical(text), rule);
  }
  const nearest = value.toFixed(rule.scale);
  if (Math.abs(Number(nearest) - value) > DOUBLE_NOISE) return tooFine(cellText(cell), rule);
  return checked(canonical(nearest), rule);
}

function checked(number: string, rule: DecimalRule): Parsed<string> {
  if (decimalsOf(number) > rule.scale) return tooFine(number, rule);
  const whole = number.replace(/^-/, '').split('.', 1)[0] as string;
  if (whole.length > (rule.wholeDigits ?? 16)) return outOfRange(number, rule);
  if (rule.min !== undefined && Number(number) < rule.min) return outOfRange(number, rule);
  if (rule.max !== undefined && Number(number) > rule.max) return outOfRange(number, rule);
  return { value: number };
}

function decimalsOf(number: string): number {
  const point = number.indexOf('.');
  return point === -1 ? 0 : number.length - point - 1;
}

function tooFine(number: string, rule: DecimalRule): { problem: CellProblem } {
  const most = rule.scale === 0 ? 'a whole number' : `at most ${rule.scale} decimal${rule.scale === 1 ? '' : 's'}`;
  return problem(
    'number.scale',
    `${number} has too many decimals; the column takes ${most}. Round it yourself, nothing is rounded here.`,
  );
}

function outOfRange(number: string, rule: DecimalRule): { problem: CellProblem } {
  const { min, max } = rule;
  const range =
    min === Number.MIN_VALUE
      ? `more than 0`
      : min !== undefined && max !== undefined
        ? `from ${min} to ${max}`
        : min !== undefined
          ? `${min} or more`
          : max !== undefined
            ? `${max} or less`
            : `numbers with at most ${rule.wholeDigits ?? 16} digits before the decimal point`;
  return problem('number.range', `${number} is out of range; the column takes ${range}.`);
}
