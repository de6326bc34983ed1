/** Where one stands in the grid, what is selected, and where a key leads. Rows and columns count from 0. */

export interface Position {
  row: number;
  /** −1 is the name of the row. */
  col: number;
}

export interface Range {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export interface Selection {
  /** Where the selection began. */
  anchor: Position;
  /** Where the focus is: the other corner. */
  head: Position;
}

export interface GridSize {
  rows: number;
  cols: number;
  /** Rows that one page key moves by. */
  page: number;
}

export const at = (row: number, col: number): Selection => ({ anchor: { row, col }, head: { row, col } });

/** The name of a row is never part of what is selected. */
export const rangeOf = ({ anchor, head }: Selection): Range => ({
  top: Math.min(anchor.row, head.row),
  bottom: Math.max(anchor.row, head.row),
  left: Math.max(0, Math.min(anchor.col, head.col)),
  right: Math.max(0, Math.max(anchor.col, head.col)),
});

export const isInside = ({ top, left, bottom, right }: Range, row: number, col: number): boolean =>
  row >= top && row <= bottom && col >= left && col <= right;

export const cellsIn = ({ top, left, bottom, right }: Range): Position[] => {
  const cells: Position[] = [];
  for (let row = top; row <= bottom; row += 1) for (let col = left; col <= right; col += 1) cells.push({ row, col });
  return cells;
};

interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** Where a key of the grid pattern leads; null for a key that moves nothing. Shift keeps the anchor. */
export function moved(selection: Selection, press: Press, size: GridSize): Selection | null {
  const head = target(selection.head, press, size);
  if (head === null) return null;
  const inside = {
    row: Math.min(Math.max(head.row, 0), size.rows - 1),
    col: Math.min(Math.max(head.col, press.shiftKey ? 0 : -1), size.cols - 1),
  };
  return press.shiftKey
    ? { anchor: { ...selection.anchor, col: Math.max(0, selection.anchor.col) }, head: inside }
    : { anchor: inside, head: inside };
}

function target(
  { row, col }: Position,
  { key, ctrlKey, metaKey }: Press,
  { rows, cols, page }: GridSize,
): Position | null {
  const far = ctrlKey || metaKey;
  switch (key) {
    case 'ArrowUp':
      return { row: far ? 0 : row - 1, col };
    case 'ArrowDown':
      return { row: far ? rows - 1 : row + 1, col };
    case 'ArrowLeft':
      return { row, col: far ? 0 : col - 1 };
    case 'ArrowRight':
      return { row, col: far ? cols - 1 : col + 1 };
    case 'Home':
      return { row: far ? 0 : row, col: 0 };
    case 'End':
      return { row: far ? rows - 1 : row, col: cols - 1 };
    case 'PageUp':
      return { row: row - page, col };
    case 'PageDown':
      return { row: row + page, col };
    default:
      return null;
  }
}

/** Enter goes down, Tab right; at the end of a row to the start of the next, and at the last cell nowhere. */
export function stepped(
  { row, col }: Position,
  by: 'down' | 'up' | 'right' | 'left',
  { rows, cols }: GridSize,
): Position {
  if (by === 'down') return { row: Math.min(row + 1, rows - 1), col };
  if (by === 'up') return { row: Math.max(row - 1, 0), col };
  if (by === 'right')
    return col + 1 < cols ? { row, col: col + 1 } : row + 1 < rows ? { row: row + 1, col: 0 } : { row, col };
  return col > 0 ? { row, col: col - 1 } : row > 0 ? { row: row - 1, col: cols - 1 } : { row, col };
}
