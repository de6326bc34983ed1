import { normalisedName, type CellProblem } from './table.js';

export interface HeaderProblem extends CellProblem {
  readonly row: 1;
  /** The known column's name. */
  readonly column: string;
}

export interface MatchedHeader {
  /** Position (from 0) of each known column that the table has. */
  readonly positions: ReadonlyMap<string, number>;
  /** Header cells that are no known column, as they stand there; reported, not fatal. */
  readonly unknown: readonly string[];
  readonly problems: readonly HeaderProblem[];
}

/**
 * Finds the known columns in a header, whatever their order, case, spaces, underscores and line breaks.
 * @param header as from `Table.columns()`
 * @param known all columns of the table
 * @param keys those of them that must be there
 */
export function matchHeader(
  header: readonly string[],
  known: readonly string[],
  keys: readonly string[],
): MatchedHeader {
  const byName = new Map(known.map((name) => [normalisedName(name), name]));
  const positions = new Map<string, number>();
  const twice = new Set<string>();
  const unknown: string[] = [];
  header.forEach((text, position) => {
    const name = byName.get(normalisedName(text));
    if (name === undefined) unknown.push(text === '' ? `column ${columnLetters(position)}` : text);
    else if (positions.has(name)) twice.add(name);
    else positions.set(name, position);
  });
  const problems: HeaderProblem[] = [...twice].map((column) => ({
    row: 1,
    column,
    code: 'header.twice',
    message: `The column "${column}" stands twice. Remove or rename one of them.`,
  }));
  for (const column of keys) {
    if (positions.has(column)) continue;
    const message =
      header.length === 0
        ? `Row 1 is blank. It must hold the column names, "${column}" among them.`
        : `The column "${column}" is missing. Without it the rows cannot be told apart.`;
    problems.push({ row: 1, column, code: 'header.missing', message });
  }
  return { positions, unknown, problems };
}

/** A sheet's name for a column: 0 is `A`, 27 is `AB`. */
export function columnLetters(position: number): string {
  const letter = String.fromCharCode(65 + (position % 26));
  return position < 26 ? letter : columnLetters(Math.floor(position / 26) - 1) + letter;
}
