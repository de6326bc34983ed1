import type { Range } from './selection';

/** Where the cells of a paste go. */

export interface PasteTarget {
  rows: number;
  /** `2026-08`, from left to right. */
  months: readonly string[];
  selected: Range;
  /** Why a cell cannot be written; null where it can. */
  closed: (row: number, col: number) => string | null;
}

export interface PlacedCell {
  row: number;
  col: number;
  text: string;
}

export interface PlacedPaste {
  cells: PlacedCell[];
  /** The first row named the months where it was put, and was left out. */
  hasHeader: boolean;
  /** Texts of the cells that lie beyond the edge. */
  overflow: string[];
  skipped: { row: number; col: number; why: string }[];
}

/** One value fills the selection; anything else keeps its shape from the top left of the selection on, and wraps nowhere. */
export function placePaste(pasted: readonly (readonly string[])[], target: PasteTarget): PlacedPaste {
  const { selected, months, rows, closed } = target;
  const hasHeader = pasted.length > 1 && isHeader(pasted[0]!, months, selected.left);
  const block = hasHeader ? pasted.slice(1) : pasted;
  const single = block.length === 1 && block[0]!.length === 1 ? block[0]![0]! : null;
  const wanted = single === null ? shaped(block, selected) : filled(single, selected);
  const placed: PlacedPaste = { cells: [], hasHeader, overflow: [], skipped: [] };
  for (const cell of wanted) {
    if (cell.row >= rows || cell.col >= months.length) {
      if (cell.text.trim() !== '') placed.overflow.push(cell.text);
      continue;
    }
    const why = closed(cell.row, cell.col);
    if (why === null) placed.cells.push(cell);
    else placed.skipped.push({ row: cell.row, col: cell.col, why });
  }
  return placed;
}

const shaped = (block: readonly (readonly string[])[], { top, left }: Range): PlacedCell[] =>
  block.flatMap((cells, row) => cells.map((text, col) => ({ row: top + row, col: left + col, text })));

function filled(text: string, { top, left, bottom, right }: Range): PlacedCell[] {
  const cells: PlacedCell[] = [];
  for (let row = top; row <= bottom; row += 1)
    for (let col = left; col <= right; col += 1) cells.push({ row, col, text });
  return cells;
}

/** Every cell that says something names the month of its column. */
function isHeader(cells: readonly string[], months: readonly string[], left: number): boolean {
  const named = cells
    .map((text, col) => ({ text: text.trim(), month: months[left + col] }))
    .filter(({ text }) => text !== '');
  return named.length > 0 && named.every(({ text, month }) => month !== undefined && monthOf(text) === month);
}

const NAMES = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `Aug 2026`, `August 2026`, `Aug-26`, `2026-08`, `08/2026`, `2026-08-01`; null for what names no month. */
export function monthOf(text: string): string | null {
  const iso = /^(\d{4})[-/](\d{1,2})(?:[-/]0?1)?(?:[T ]00:00.*)?$/.exec(text);
  if (iso) return written(Number(iso[1]), Number(iso[2]));
  const numbers = /^(?:0?1[-/.])?(\d{1,2})[-/.](\d{4})$/.exec(text);
  if (numbers) return written(Number(numbers[2]), Number(numbers[1]));
  const named = /^([a-z]{3,9})\.?[\s\-'’]*(\d{4}|\d{2})$/i.exec(text);
  if (!named) return null;
  const month = NAMES.indexOf(named[1]!.slice(0, 3).toLowerCase()) + 1;
  return written(Number(named[2]!.length === 2 ? `20${named[2]}` : named[2]), month);
}

const written = (year: number, month: number): string | null =>
  month >= 1 && month <= 12 ? `${year}-${String(month).padStart(2, '0')}` : null;
