import { useEffect, type KeyboardEvent, type RefObject } from 'react';

/** The links and buttons in a row of the body. */
const stopsIn = (row: Element): HTMLElement[] => [...row.querySelectorAll<HTMLElement>('a[href], button')];

const rowsOf = (table: HTMLTableElement): HTMLTableRowElement[] =>
  [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => stopsIn(row).length > 0);

/** Where a cell begins, counted in columns: cells before it may span several. */
const columnOf = (cell: HTMLTableCellElement): number =>
  [...(cell.parentElement as HTMLTableRowElement).cells]
    .slice(0, cell.cellIndex)
    .reduce((columns, { colSpan }) => columns + colSpan, 0);

const stopInColumn = (row: HTMLTableRowElement, column: number): HTMLElement | undefined => {
  const cell = [...row.cells].find((each) => columnOf(each) === column);
  return cell && stopsIn(cell)[0];
};

/**
 * The body of a table with `role="grid"` as one stop of the Tab key: where the focus was last, else its first link. The header stays as it is.
 * Gives the handler of its keys: arrows lead to the neighbour, up and down past rows that have nothing in that column, Home and End to the ends
 * of the row, with Ctrl to those of the grid (APG grid pattern).
 */
export function useGridFocus(
  table: RefObject<HTMLTableElement | null>,
): (event: KeyboardEvent<HTMLTableElement>) => void {
  useEffect(() => {
    const element = table.current;
    if (!element) return;
    let current: HTMLElement | undefined;
    const settle = () => {
      const stops = rowsOf(element).flatMap(stopsIn);
      if (current === undefined || !stops.includes(current)) [current] = stops;
      for (const stop of stops) stop.tabIndex = stop === current ? 0 : -1;
    };
    const follow = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || !target.closest('tbody')) return;
      current = target;
      settle();
    };
    settle();
    // Rows come and go with filters, order and further pages.
    const watcher = new MutationObserver(settle);
    watcher.observe(element, { childList: true, subtree: true });
    element.addEventListener('focusin', follow);
    return () => {
      watcher.disconnect();
      element.removeEventListener('focusin', follow);
    };
  }, [table]);
  return moveFocus;
}

function moveFocus(event: KeyboardEvent<HTMLTableElement>): void {
  if (event.altKey || event.metaKey || event.shiftKey) return;
  const from = event.target as HTMLElement;
  const cell = from.closest<HTMLTableCellElement>('tbody td, tbody th');
  if (!cell) return;
  const next = nextStop(event, from, cell);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function nextStop(
  { key, ctrlKey, currentTarget }: KeyboardEvent<HTMLTableElement>,
  from: HTMLElement,
  cell: HTMLTableCellElement,
): HTMLElement | undefined {
  const rows = rowsOf(currentTarget);
  const row = cell.parentElement as HTMLTableRowElement;
  const [at, stops] = [rows.indexOf(row), stopsIn(row)];
  if (ctrlKey) {
    if (key === 'Home') return stopsIn(rows[0]!)[0];
    return key === 'End' ? stopsIn(rows.at(-1)!).at(-1) : undefined;
  }
  const inColumn = (ahead: readonly HTMLTableRowElement[]) =>
    ahead.map((each) => stopInColumn(each, columnOf(cell))).find((stop) => stop !== undefined);
  switch (key) {
    case 'ArrowDown':
      return inColumn(rows.slice(at + 1));
    case 'ArrowUp':
      return inColumn(rows.slice(0, at).reverse());
    case 'ArrowRight':
      return stops[stops.indexOf(from) + 1];
    case 'ArrowLeft':
      return stops[stops.indexOf(from) - 1];
    case 'Home':
      return stops[0];
    case 'End':
      return stops.at(-1);
    default:
      return undefined;
  }
}
