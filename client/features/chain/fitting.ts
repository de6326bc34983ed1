/** Which of a row of pieces are shown before the rest is folded away. */

interface Fitting {
  /** Of each piece, in pixels, in the order in which they stand. */
  widths: readonly number[];
  /** Of the button that opens the rest. */
  more: number;
  room: number;
  gap: number;
  rows: number;
  /** A piece that is shown whatever else is. */
  always: number | undefined;
}

/**
 * As many of the first pieces as fit with the button, and the one that is always shown.
 * @returns the places of the shown pieces, in order; all of them where no button is needed
 */
export function fitting({ widths, more, room, gap, rows, always }: Fitting): number[] {
  const all = widths.map((_, at) => at);
  if (rowsOf(widths, room, gap) <= rows) return all;
  for (let count = all.length - 1; count > 0; count -= 1) {
    const shown = all.filter((at) => at < count || at === always);
    const taken = [...shown.map((at) => widths[at]!), more];
    if (shown.length < all.length && rowsOf(taken, room, gap) <= rows) return shown;
  }
  return all.filter((at) => at === (always ?? 0));
}

/** Rows that pieces fill from left to right; one that is too wide has a row of its own. */
function rowsOf(widths: readonly number[], room: number, gap: number): number {
  let rows = 0;
  let left = 0;
  for (const width of widths) {
    if (rows === 0 || width > left) {
      rows += 1;
      left = room;
    }
    left -= width + gap;
  }
  return rows;
}
