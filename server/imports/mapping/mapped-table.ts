import type { MappingTarget, SourceColumn } from '../../contract/mapping.js';
import { snake } from '../../contract/records.js';
import { importColumnsOf, type ImportColumn } from '../column-cells.js';
import type { CellContext } from '../reading/cells.js';
import { cellText, type Cell, type Row, type RowProblem, type Table } from '../reading/table.js';
import { UnreadableFile } from '../reading/unreadable-file.js';
import { mappedTables, slotsOf } from './check-mapping.js';
import { pickedRows } from './picked-rows.js';
import { fieldConverter, monthConverter, rowFilter, type Convert, type Converted } from './convert.js';
import { findColumn } from './fit.js';

/** Rows that one import may make of a file. */
const MOST_ROWS = 500_000;

/** A row on its way: cells by position in the table, and what is wrong with them. */
interface Made {
  slot: number;
  cells: Cell[];
  problems: RowProblem[];
}

/** One target, ready to make rows. */
interface Maker {
  target: MappingTarget;
  /** The first of its slots. */
  slot: number;
  fits: (row: Row) => boolean;
  fields: { at: number; convert: Convert }[];
  months: { month: string; cells: { at: number; convert: Convert }[] }[];
}

/** What the tables of one mapping share. */
export interface MappingContext {
  columns: readonly SourceColumn[];
  cells: CellContext;
  /** The rows of the file with what a person corrected, without those that are left out. */
  rows: () => AsyncIterable<Row[]>;
  file: string;
}

const put = (made: Made, at: number, converted: Converted): void => {
  made.cells[at] = converted.cell;
  if (converted.problem) made.problems.push({ column: at, ...converted.problem });
};

const isBlank = (cell: Cell | undefined): boolean =>
  cell === undefined || (typeof cell === 'string' && cell.trim() === '');

/**
 * One of our tables, made from a foreign sheet by all targets that fill it. `tellsBroken`: it is the one that tells of rows whose cells
 * cannot be told apart.
 */
export class MappedTable implements Table {
  readonly table: string;
  readonly origin: string;
  readonly slots: number;
  readonly beginnings: readonly number[];
  private readonly header: string[];
  private readonly keys: number[];
  private readonly makers: Maker[] = [];

  constructor(
    targets: readonly MappingTarget[],
    private readonly context: MappingContext,
    private readonly tellsBroken: boolean,
  ) {
    const declaration = mappedTables().find(({ table }) => table === targets[0]!.table)!;
    const known = new Map(importColumnsOf(declaration).map((column) => [column.name, column]));
    this.table = declaration.table;
    this.origin = context.file;
    const used = new Set(
      targets.flatMap((target) => [
        ...target.fields.map(({ to }) => to),
        ...(target.wide === null ? [] : ['month', ...target.wide.months.map(({ to }) => to)]),
      ]),
    );
    this.header = [...known.keys()].filter((name) => used.has(name));
    this.keys = declaration.key.map((field) => this.header.indexOf(snake(field)));
    let slot = 0;
    for (const target of targets) {
      this.makers.push(this.maker(target, slot, known));
      slot += slotsOf(target);
    }
    this.slots = slot;
    this.beginnings = this.makers.flatMap(({ target, slot: at }) => (target.firstOf === null ? [] : at));
  }

  columns(): Promise<readonly string[]> {
    return Promise.resolve(this.header);
  }

  async *rows(): AsyncIterable<Row[]> {
    const once = new Set<string>();
    const picked = await this.picked();
    const isMeant = ({ target, fits }: Maker, row: Row): boolean =>
      fits(row) && (picked.get(target)?.has(row.rowNumber) ?? true);
    let count = 0;
    for await (const batch of this.context.rows()) {
      const rows = batch.flatMap((row) => this.rowsOf(row, once, isMeant));
      count += rows.length;
      if (count > MOST_ROWS)
        throw new UnreadableFile(
          413,
          'rows.too_many',
          `The file becomes more than ${MOST_ROWS} rows of ${this.table}. Split it.`,
        );
      if (rows.length > 0) yield rows;
    }
  }

  /** Position in the file of the column behind a cell; null where there is none. */
  columnOf(rowNumber: number, name: string): number | null {
    const slot = rowNumber % this.slots;
    const own = this.makers.findLast((maker) => maker.slot <= slot)!;
    const month = own.months[slot - own.slot]?.month;
    // A row may have been joined from several targets: then another one fills the cell.
    for (const { target } of [own, ...this.makers]) {
      const field = target.fields.find(({ to }) => to === name)?.column;
      if (field) return findColumn(field, this.context.columns);
      const columns = target.wide?.months.filter((one) => one.month === month) ?? [];
      const named = columns.find(({ to }) => to === name) ?? (name === 'month' ? columns[0] : undefined);
      if (named) return findColumn(named.column, this.context.columns);
    }
    return null;
  }

  private maker(target: MappingTarget, slot: number, known: ReadonlyMap<string, ImportColumn>): Maker {
    const { columns, cells } = this.context;
    const at = (name: string): number => this.header.indexOf(name);
    const fields = target.fields.flatMap((field) => {
      const convert = fieldConverter(field, known.get(field.to)!, columns, cells);
      return convert === null ? [] : [{ at: at(field.to), convert }];
    });
    const { wide } = target;
    const months = new Map<string, Maker['months'][number]>();
    for (const { month, column, to, multiplier } of [...(wide?.months ?? [])].sort((a, b) =>
      a.month < b.month ? -1 : 1,
    )) {
      const group = months.get(month) ?? { month, cells: [] };
      const convert = monthConverter(wide!, findColumn(column, columns)!, multiplier, known.get(to)!, columns, cells);
      group.cells.push({ at: at(to), convert });
      months.set(month, group);
    }
    return { target, slot, fits: rowFilter(target, columns), fields, months: [...months.values()] };
  }

  private picked(): ReturnType<typeof pickedRows> {
    const { columns, rows } = this.context;
    const fits = new Map(this.makers.map((maker) => [maker.target, maker.fits]));
    return pickedRows([...fits.keys()], columns, rows, (target, row) => fits.get(target)!(row));
  }

  private rowsOf(row: Row, once: Set<string>, isMeant: (maker: Maker, row: Row) => boolean): Row[] {
    // A row whose cells cannot be told apart is told once, in the first table.
    if (row.cells.length === 0)
      return !this.tellsBroken ? [] : [{ ...row, rowNumber: row.rowNumber * this.slots, cells: [] }];
    const made = this.makers.flatMap((maker) => (isMeant(maker, row) ? this.make(maker, row, once) : []));
    return joined(made, this.keys).map(({ slot, cells, problems }) => {
      const rowNumber = row.rowNumber * this.slots + slot;
      return problems.length > 0 ? { rowNumber, cells, problems } : { rowNumber, cells };
    });
  }

  private make(maker: Maker, row: Row, once: Set<string>): Made[] {
    const base: Made = { slot: maker.slot, cells: new Array<Cell>(this.header.length).fill(''), problems: [] };
    for (const { at, convert } of maker.fields) put(base, at, convert(row));
    if (maker.target.once && !this.isFirst(base, once)) return [];
    if (maker.months.length === 0) return [base];
    const month = this.header.indexOf('month');
    return maker.months.flatMap((group, place) => {
      // What is wrong with the row as a whole is told once, with its first month.
      if (place > 0 && base.problems.length > 0) return [];
      const made: Made = { slot: maker.slot + place, cells: [...base.cells], problems: [...base.problems] };
      made.cells[month] = group.month;
      for (const { at, convert } of group.cells) put(made, at, convert(row));
      const filled = made.problems.length > 0 || group.cells.some(({ at }) => !isBlank(made.cells[at]));
      return filled ? [made] : [];
    });
  }

  /** Whether a row tells something new; one without its key tells nothing. */
  private isFirst(made: Made, once: Set<string>): boolean {
    if (made.problems.length > 0) return true;
    if (this.keys.some((key) => isBlank(made.cells[key]))) return false;
    const told = JSON.stringify(made.cells.map(cellText));
    if (once.has(told)) return false;
    once.add(told);
    return true;
  }
}

/** Rows that one row of the file makes of the same record become one, where they do not say different things. */
const joined = (made: Made[], keys: readonly number[]): Made[] => {
  if (made.length < 2) return made;
  const byKey = new Map<string, Made>();
  const rows: Made[] = [];
  for (const one of made) {
    const key = JSON.stringify(keys.map((at) => cellText(one.cells[at] ?? '').toLowerCase()));
    const before = byKey.get(key);
    if (!before || one.problems.length > 0 || before.problems.length > 0 || disagree(before, one)) {
      byKey.set(key, one);
      rows.push(one);
      continue;
    }
    one.cells.forEach((cell, at) => {
      if (isBlank(before.cells[at])) before.cells[at] = cell;
    });
  }
  return rows;
};

const disagree = (one: Made, other: Made): boolean =>
  one.cells.some(
    (cell, at) => !isBlank(cell) && !isBlank(other.cells[at]) && cellText(cell) !== cellText(other.cells[at]!),
  );
