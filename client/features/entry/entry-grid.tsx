import {
  memo,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type CSSProperties,
  type FocusEvent,
  type MouseEvent,
  type Ref,
} from 'react';
import { day } from '../../../server/contract/format.js';
import { CellLine } from './cell-line';
import { GridFooters } from './grid-footers';
import { GridRow, Padlock } from './grid-row';
import type { Model } from './model';
import { at, type Position } from './selection';
import type { Sheet, SheetState } from './sheet';
import { useGrid, type GridEvents } from './use-grid';
import { drawnRows, useViewport } from './use-viewport';
import { shownValue } from './words';

export interface GridHandle {
  /** Selects a cell and puts the focus on it. */
  goTo: (row: number, col: number) => void;
  /** Begins to write in a cell. */
  edit: (position: Position) => void;
}

interface EntryGridProps extends GridEvents {
  model: Model;
  sheet: Sheet;
  state: SheetState;
  handle: Ref<GridHandle>;
}

/** The sheet itself: one tab stop, the keys of the grid pattern and of a spreadsheet, and only the rows in sight. */
export function EntryGrid({ model, sheet, state, handle, ...events }: EntryGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const [viewport, measure] = useViewport(scroller);
  const { rows, months } = model.grid;
  const [start] = useState(() => startOf(model));
  const openTrace = () => scroller.current?.querySelector<HTMLElement>('.entry-head a[data-num]')?.click();
  const grid = useGrid({
    model,
    sheet,
    start,
    pageRows: viewport.visible - 2,
    openTrace,
    focusHead: () => {
      wantsFocus.current = true;
    },
    ...events,
  });
  const { selection, range, editing, select, edit } = grid;
  const { head } = selection;

  useImperativeHandle(handle, () => ({
    goTo: (row, col) => select(at(row, col)),
    edit: (position) => edit(position, null),
  }));

  useLayoutEffect(() => {
    if (!wantsFocus.current || editing !== null) return;
    wantsFocus.current = false;
    reveal(scroller.current, head.row, head.col, viewport.rowHeight);
    scroller.current
      ?.querySelector<HTMLElement>(`[data-cell="${head.row}:${head.col}"]`)
      ?.focus({ preventScroll: true });
  });
  // Opens where something is to be done: at the first month that is due, with what came before it in sight.
  useLayoutEffect(
    () => reveal(scroller.current, start.row, start.col, viewport.rowHeight),
    [start, viewport.rowHeight],
  );

  const fromTarget = (event: MouseEvent): Position | null => {
    const cell = event.target instanceof Element ? event.target.closest('[data-cell]') : null;
    const [row, col] = cell?.getAttribute('data-cell')?.split(':').map(Number) ?? [];
    return row === undefined || col === undefined ? null : { row, col };
  };
  const isInInput = (event: { target: EventTarget }): boolean => event.target instanceof HTMLInputElement;
  const onMouseDown = (event: MouseEvent) => {
    const position = fromTarget(event);
    if (position === null || position.col < 0 || event.button !== 0 || isInInput(event)) return;
    event.preventDefault();
    // Ends what is being written elsewhere in the grid, and keeps it.
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
    select(event.shiftKey ? { anchor: selection.anchor, head: position } : { anchor: position, head: position });
  };
  const onMouseOver = (event: MouseEvent) => {
    const position = event.buttons === 1 && editing === null ? fromTarget(event) : null;
    if (position && position.col >= 0 && !isInInput(event)) select({ anchor: selection.anchor, head: position });
  };
  const onFocus = (event: FocusEvent) => {
    // From a closed trace the focus comes back to its link, which is not seen: the cell takes it.
    if (event.target.matches('.entry-head a[data-num]')) event.target.parentElement?.focus({ preventScroll: true });
  };
  const onCopy = (event: ClipboardEvent, cuts: boolean) => {
    if (isInInput(event) || head.col < 0) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', grid.copied());
    if (cuts) grid.clear();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (isInInput(event) || head.col < 0) return;
    event.preventDefault();
    const text = event.clipboardData.getData('text/plain');
    if (text !== '') grid.paste(text);
  };
  const columnWidth = useMemo(() => widthOf(model), [model]);
  const style = { '--entry-column': `${columnWidth}px`, '--entry-columns': months.length } as CSSProperties;
  return (
    <div className="entry-sheet">
      <CellLine model={model} state={state} head={head} />
      <div className="entry-scroll" role="group" aria-label="Sheet" ref={scroller} onScroll={measure} style={style}>
        <div
          role="grid"
          className={`entry-table entry-${model.field}`}
          aria-label={`Values by month, ${rows.length} rows`}
          aria-rowcount={rows.length + 1}
          aria-colcount={months.length + 4}
          aria-multiselectable="true"
          onKeyDown={grid.onKeyDown}
          onMouseDown={onMouseDown}
          onMouseOver={onMouseOver}
          onDoubleClick={(event) => {
            const position = fromTarget(event);
            if (position && position.col >= 0 && !isInInput(event)) edit(position, null);
          }}
          onFocus={onFocus}
          onCopy={(event) => onCopy(event, false)}
          onCut={(event) => onCopy(event, true)}
          onPaste={onPaste}
        >
          <Heads months={months} />
          <div role="rowgroup" className="entry-body" style={{ height: rows.length * viewport.rowHeight }}>
            {drawnRows(viewport, rows.length, head.row).map((row) => {
              const isSelected = row >= range.top && row <= range.bottom && head.col >= 0;
              return (
                <GridRow
                  key={rows[row]!.benefit.code}
                  model={model}
                  row={rows[row]!}
                  at={row}
                  top={row * viewport.rowHeight}
                  edits={state.staged.edits}
                  theirs={state.theirs}
                  restated={state.restated}
                  head={row === head.row ? head.col : -2}
                  from={isSelected ? range.left : 1}
                  to={isSelected ? range.right : 0}
                  editing={row === editing?.row ? editing : null}
                  onCommit={grid.commit}
                  onCancel={grid.cancel}
                />
              );
            })}
          </div>
          <GridFooters model={model} edits={state.staged.edits} />
        </div>
      </div>
    </div>
  );
}

/** Names of the columns; drawn again only where the months change. */
const Heads = memo(function Heads({ months }: { months: Model['grid']['months'] }) {
  return (
    <div role="rowgroup" className="entry-heads">
      <div role="row" className="entry-row-head" aria-rowindex={1} data-row-height="">
        <div className="entry-frozen" role="presentation">
          {['ID', 'Measure', 'Unit', 'Last value'].map((name, col) => (
            <div key={name} role="columnheader" className={HEAD_CLASSES[col]} aria-colindex={col + 1}>
              {name}
            </div>
          ))}
        </div>
        {months.map(({ month, locked }, col) => (
          <div key={month} role="columnheader" className="entry-month" aria-colindex={col + 5}>
            {locked && <Padlock />}
            {locked && <span className="visually-hidden">locked </span>}
            {day(month)}
          </div>
        ))}
      </div>
    </div>
  );
});

const HEAD_CLASSES = ['entry-id', 'entry-name', 'entry-unit', 'entry-last'];

/** The first cell that is due; else the last month that is over, in the first row. */
function startOf({ grid: { rows, months }, field }: Model): Position {
  if (field === 'realised')
    for (const [row, { cells }] of rows.entries()) {
      const col = cells.findIndex(({ state }) => state.due || state.overdue);
      if (col >= 0) return { row, col };
    }
  const over = months.filter((each) => each.over).length;
  return { row: 0, col: Math.max(0, Math.min(months.length - 1, field === 'realised' ? over - 1 : over)) };
}

/** As wide as the longest number, within reason. */
function widthOf({ grid, field }: Model): number {
  let longest = 0;
  for (const { cells } of grid.rows)
    for (const cell of cells) {
      const value = cell[field];
      if (value !== null && value.length > longest) longest = Math.max(longest, shownValue(value, 0).length);
    }
  return Math.min(168, Math.max(92, longest * 8 + 34));
}

/** Scrolls as little as it takes to see a cell beside the columns and rows that stay. */
function reveal(scroller: HTMLElement | null, row: number, col: number, rowHeight: number): void {
  if (!scroller) return;
  const heightOf = (selector: string) => scroller.querySelector<HTMLElement>(selector)?.offsetHeight ?? 0;
  const head = heightOf('.entry-heads');
  const room = scroller.clientHeight - head - heightOf('.entry-foot');
  const top = row * rowHeight;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + rowHeight > scroller.scrollTop + room) scroller.scrollTop = top + rowHeight - room;
  if (col < 0) return;
  const frozen = scroller.querySelector<HTMLElement>('.entry-frozen');
  const month = scroller.querySelector<HTMLElement>('.entry-month');
  const width = month?.offsetWidth ?? 0;
  const isSticky = frozen !== null && getComputedStyle(frozen).position === 'sticky';
  const space = scroller.clientWidth - (isSticky ? frozen.offsetWidth : 0);
  const left = col * width;
  if (left < scroller.scrollLeft) scroller.scrollLeft = left;
  else if (left + width > scroller.scrollLeft + space) scroller.scrollLeft = left + width - space;
}
