/** The address names no more: they would be read in too many steps. */
const MOST = 5000;

/** Rows to show by what the address says: whole steps, and one step where it says nothing that can be read. */
export function shownOf(text: string | undefined, step: number): number {
  const asked = /^\d{1,6}$/.test(text ?? '') ? Number(text) : step;
  return Math.ceil(Math.min(MOST, Math.max(step, asked)) / step) * step;
}

/**
 * Of rows that come page by page: how many of those that are read are shown, and what one more step does. Past what the address can say, and
 * after a page that could not be read, it reads the next page; null where there is nothing more.
 */
export function stepOf(
  read: number,
  shown: number,
  isMoreThere: boolean,
  hasFailed: boolean,
): { rows: number; next: 'show' | 'read' | null } {
  const isMost = shown >= MOST;
  const rows = isMost ? read : Math.min(read, shown);
  if (rows === read && !isMoreThere) return { rows, next: null };
  return { rows, next: isMost || (hasFailed && read < shown) ? 'read' : 'show' };
}
