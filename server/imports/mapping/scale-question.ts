import { MULTIPLIERS, type SourceColumn } from '../../contract/mapping.js';
import { multiplied, numberReadings } from './foreign-numbers.js';
import { scaleOf } from './header-words.js';

type Scale = (typeof MULTIPLIERS)[number];

/** A longer text is a remark, in which a word such as `million` says nothing of the columns. */
const LONGEST_TITLE = 120;

const MAY_BE_AMOUNTS = new Set<SourceColumn['kind']>(['number', 'text', 'choice']);

const firstNumber = ({
  samples,
  format,
}: Pick<SourceColumn, 'samples' | 'format'>): { text: string; number: string } | null => {
  for (const text of samples) {
    const { dot, comma } = numberReadings(text);
    const number = format.decimal === 'comma' ? (comma ?? dot) : (dot ?? comma);
    if (number !== null) return { text, number };
  }
  return null;
};

/**
 * Of numbers whose header says no scale, what the scale could be: as they stand, or as a title above the table or the header of another
 * column says. Null where nothing says one, or the column's own header does.
 */
export const scaleQuestionOf = (
  column: Pick<SourceColumn, 'kind' | 'multiplier' | 'samples' | 'format'>,
  others: readonly Pick<SourceColumn, 'kind' | 'multiplier' | 'header'>[],
  titles: readonly string[],
): SourceColumn['scaleQuestion'] => {
  // A few remarks among few numbers make a column of text, and its numbers are read all the same.
  if (!MAY_BE_AMOUNTS.has(column.kind) || column.multiplier !== '1') return null;
  const said = new Map<Scale, string>();
  for (const title of titles) {
    const scale = title.length > LONGEST_TITLE ? '1' : scaleOf(title);
    if (scale !== '1' && !said.has(scale)) said.set(scale, title);
  }
  for (const { kind, multiplier, header } of others)
    if (kind === 'number' && multiplier !== '1' && !said.has(multiplier)) said.set(multiplier, header);
  const example = firstNumber(column);
  if (said.size === 0 || example === null) return null;
  const scales: Scale[] = [...said.keys(), '1'];
  return {
    said: [...said.values()][0]!,
    example: example.text,
    readings: scales.map((multiplier) => ({ multiplier, reads: multiplied(example.number, multiplier) })),
  };
};
