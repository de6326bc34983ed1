import { cellText, type Row } from '../reading/table.js';
import { headerMonth } from './header-words.js';
import { numberReadings } from './foreign-numbers.js';

/** Rows among which the header is looked for. */
export const ROWS_TO_LOOK_AT = 60;

interface Shape {
  row: number;
  filled: number;
  /** Share of the filled cells that could be names: text, and months. */
  named: number;
  different: number;
}

const isName = (text: string): boolean => {
  const { dot, comma } = numberReadings(text);
  return (dot === null && comma === null) || headerMonth(text) !== null;
};

const shapeOf = (row: Row): Shape => {
  const texts = row.cells.map((cell) => cellText(cell).replace(/\s+/g, ' ').trim()).filter((text) => text !== '');
  return {
    row: row.rowNumber,
    filled: texts.length,
    named: texts.filter(isName).length / Math.max(1, texts.length),
    different: new Set(texts).size / Math.max(1, texts.length),
  };
};

/**
 * The row that most looks like column names: the first one that fills most columns of the sheet with different texts. Titles above a table
 * fill one or two cells, and the rows below it hold numbers.
 * @param rows the first filled rows of the sheet
 * @returns its number in the sheet, from 1; 1 where nothing is filled
 */
export const findHeaderRow = (rows: readonly Row[]): number => {
  const shapes = rows.slice(0, ROWS_TO_LOOK_AT).map(shapeOf);
  const counts = shapes.map((shape) => shape.filled).sort((a, b) => a - b);
  // A single long row, such as a remark that was split, does not make the table wide.
  const width = Math.max(1, counts[Math.floor(counts.length * 0.9)] ?? counts.at(-1) ?? 1);
  const good = shapes.find((shape) => shape.filled >= width * 0.6 && shape.named >= 0.7 && shape.different >= 0.6);
  if (good) return good.row;
  const best = [...shapes].sort((a, b) => b.filled * b.named - a.filled * a.named || a.row - b.row)[0];
  return best?.row ?? 1;
};
