/** More would be read in too many steps. */
const MOST = 5000;

/** Rows to show by what the address says: whole steps, and one step where it says nothing that can be read. */
export function shownOf(text: string | undefined, step: number): number {
  const asked = /^\d{1,6}$/.test(text ?? '') ? Number(text) : step;
  return Math.ceil(Math.min(MOST, Math.max(step, asked)) / step) * step;
}
