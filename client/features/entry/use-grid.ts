import { useState, type KeyboardEvent } from 'react';
import type { Editing, Step } from './cell-editor';
import { localeSign, readEntered, signOfPaste, type DecimalSign } from './entered-number';
import { closedBecause, changesFor, exponentOf, type Model } from './model';
import { placePaste, type PlacedCell, type PlacedPaste } from './place-paste';
import { at, cellsIn, moved, rangeOf, stepped, type Position, type Selection } from './selection';
import type { Sheet } from './sheet';
import { keyOf } from './staged';
import { parseTsv, writeTsv } from './tsv';
import { typedValue } from './words';

export interface GridEvents {
  /** A paste can be read in two ways: `choose` goes on with it. */
  onAmbiguous: (example: string, choose: (sign: DecimalSign) => void) => void;
  onPasted: (placed: PlacedPaste, problems: number) => void;
  /** A key came to a cell that cannot be written. */
  onClosed: (position: Position, why: string) => void;
  onSkipped: (skipped: number) => void;
}

interface GridOptions extends GridEvents {
  model: Model;
  sheet: Sheet;
  pageRows: number;
  start: Position;
  /** Puts the DOM focus on the head of the selection, once it is drawn. */
  focusHead: () => void;
  openTrace: () => void;
}

/** Where one stands in the grid, and what keys and clipboard do there. */
export function useGrid({ model, sheet, pageRows, start, focusHead, openTrace, ...events }: GridOptions) {
  const { rows, months } = model.grid;
  const size = { rows: rows.length, cols: months.length, page: Math.max(1, pageRows - 1) };
  const [wanted, setSelection] = useState<Selection>(() => at(start.row, start.col));
  const [editing, setEditing] = useState<Editing | null>(null);
  const selection = inside(wanted, size.rows, size.cols);
  const range = rangeOf(selection);

  const select = (next: Selection) => {
    setSelection(next);
    focusHead();
  };
  const cellAt = ({ row, col }: Position) => {
    const found = rows[row];
    const cell = found?.cells[col];
    if (!found || !cell) return null;
    const key = keyOf(found.benefit.code, cell.month, model.field);
    return { row: found, cell, edit: sheet.get().staged.edits[key] };
  };
  const whyClosed = (position: Position): string | null => {
    const found = cellAt(position);
    return found ? closedBecause(found.row, found.cell, sheet.get().restated) : 'is no cell';
  };
  const textAt = (position: Position): string => {
    const found = cellAt(position);
    if (!found) return '';
    const { row, cell, edit } = found;
    if (edit?.problem) return edit.text;
    const value = edit ? edit.value : cell[model.field];
    return value === null ? '' : typedValue(value, exponentOf(row, model.scale), localeSign());
  };
  /** Stages texts that are written as the reader's locale writes them; what is closed is left, and told. */
  const put = (cells: readonly PlacedCell[], sign?: DecimalSign) => {
    const open = cells.filter((cell) => whyClosed(cell) === null);
    sheet.stage(changesFor(model, sheet.get().staged.edits, open, sign));
    if (open.length < cells.length) events.onSkipped(cells.length - open.length);
  };
  const edit = (position: Position, text: string | null) => {
    const why = whyClosed(position);
    if (why !== null) return events.onClosed(position, why);
    setSelection(at(position.row, position.col));
    setEditing({ ...position, text: text ?? textAt(position), overwrites: text !== null });
  };
  const commit = (text: string, step: Step) => {
    if (!editing) return;
    setEditing(null);
    // A cell that was opened and left as it was is not changed by it.
    if (editing.overwrites || text !== editing.text) put([{ row: editing.row, col: editing.col, text }]);
    if (step === null) return;
    if (step === 'stay') return focusHead();
    const next = stepped(editing, step, size);
    select(at(next.row, next.col));
  };
  const cancel = () => {
    setEditing(null);
    focusHead();
  };
  const clear = () => put(cellsIn(range).map((cell) => ({ ...cell, text: '' })));
  /** From the first row (column) of the selection into the rest; where it is one row, from the row above. */
  const fill = (down: boolean) => {
    const first = down ? range.top : range.left;
    const isOne = first === (down ? range.bottom : range.right);
    const source = isOne ? first - 1 : first;
    if (source < 0) return;
    const targets = cellsIn(range).filter(({ row, col }) => (down ? row : col) !== source);
    put(
      targets.map(({ row, col }) => ({
        row,
        col,
        text: textAt(down ? { row: source, col } : { row, col: source }),
      })),
    );
  };
  const copied = (): string =>
    writeTsv(
      Array.from({ length: range.bottom - range.top + 1 }, (_, row) =>
        Array.from({ length: range.right - range.left + 1 }, (_each, col) =>
          textAt({ row: range.top + row, col: range.left + col }),
        ),
      ),
    );
  const paste = (text: string) => {
    const placed = placePaste(parseTsv(text), {
      rows: size.rows,
      months: months.map(({ month }) => month),
      selected: range,
      closed: (row, col) => whyClosed({ row, col }),
    });
    const texts = placed.cells.map((cell) => cell.text);
    const finish = (sign: DecimalSign) => {
      const changes = changesFor(model, sheet.get().staged.edits, placed.cells, sign);
      sheet.stage(changes);
      const problems = Object.values(changes).filter((change) => change?.problem).length;
      if (placed.cells.length > 0) {
        const rowsOf = placed.cells.map(({ row }) => row);
        const colsOf = placed.cells.map(({ col }) => col);
        select({
          anchor: { row: Math.max(...rowsOf), col: Math.max(...colsOf) },
          head: { row: Math.min(...rowsOf), col: Math.min(...colsOf) },
        });
      }
      events.onPasted(placed, problems);
    };
    const sign = signOfPaste(texts);
    const doubtful = sign === null ? texts.find((each) => readEntered(each).kind === 'ambiguous') : undefined;
    if (doubtful === undefined) finish(sign ?? localeSign());
    else events.onAmbiguous(doubtful.trim(), finish);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const mod = (ctrlKey || metaKey) && !altKey;
    const does = (run: () => void) => {
      event.preventDefault();
      run();
    };
    if (key === 'Enter' && altKey) return does(openTrace);
    const next = altKey ? null : moved(selection, event, size);
    if (next) return does(() => select(next));
    if (selection.head.col < 0) return;
    if (mod) {
      const commands: Record<string, (() => void) | undefined> = {
        z: shiftKey ? sheet.redo : sheet.undo,
        y: sheet.redo,
        d: () => fill(true),
        r: () => fill(false),
        a: () => select({ anchor: { row: size.rows - 1, col: size.cols - 1 }, head: { row: 0, col: 0 } }),
      };
      const command = commands[key.toLowerCase()];
      if (command) does(command);
      return;
    }
    if (key === 'F2' || key === 'Enter') return does(() => edit(selection.head, null));
    if (key === 'Delete' || key === 'Backspace') return does(clear);
    if (key === 'Escape' && !isSingle(selection)) return does(() => select(at(selection.head.row, selection.head.col)));
    if (key.length === 1 && !altKey) does(() => edit(selection.head, key === ' ' ? '' : key));
  };
  return { selection, range, editing, onKeyDown, commit, cancel, select, edit, paste, copied, clear };
}

const isSingle = ({ anchor, head }: Selection): boolean => anchor.row === head.row && anchor.col === head.col;

/** Other filters may leave fewer rows and months than where one stood. */
function inside({ anchor, head }: Selection, rows: number, cols: number): Selection {
  const fit = ({ row, col }: Position): Position => ({
    row: Math.max(0, Math.min(row, rows - 1)),
    col: Math.max(-1, Math.min(col, cols - 1)),
  });
  return { anchor: fit(anchor), head: fit(head) };
}
