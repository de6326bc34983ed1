import { scaleOf } from '../../contract/format.js';
import type { Directions, OtherCell, OtherColumn, OtherTable, OwnRows } from '../../contract/review-columns.js';
import { judgedIn } from '../../contract/review-judged.js';
import type { ReviewSection, ReviewTable } from '../../contract/review.js';
import { type Beside, changeOf, isOther, shifted, type Told } from './beside.js';
import { drawingIn } from './drawn-columns.js';
import { apartFrom, cellOf } from './restated-cells.js';

/**
 * A frozen review's tables and drawings in another column: matched with those of the same sections there, rows by their figures and what they
 * are called. Nothing here works a number out but the difference of two.
 */

/** Columns that tell the rows of a table apart, where the first alone does not. */
const ROW_NAMES: Readonly<Record<string, readonly string[]>> = {
  'money/worked-trace': ['Step', 'Record'],
  'stakeholders/heard': ['What people said', 'What is done about it'],
  'signs/tests': ['Sign', 'Test'],
  'actions/agreed': ['What'],
  'appendix/metrics': ['Metric'],
};
/** New rows that are listed; of the others their number is told. */
const MOST_LISTED = 50;

/**
 * All tables and drawings of a frozen review in another column.
 * @param sections of the frozen review
 * @param directions which way is good for the figures that are judged
 */
export const columnBeside = (sections: readonly Told[], beside: Beside, directions: Directions): OtherColumn => {
  const there = new Map(beside.sections.map((section) => [section.id, section]));
  return {
    tables: sections.flatMap(({ id, tables }) =>
      tables.map((table) => tableIn(id, table, { ...beside, table: withId(there.get(id)?.tables, table.id) })),
    ),
    drawings: sections.flatMap(({ id, drawings }) =>
      drawings.map((drawing) => ({
        section: id,
        id: drawing.id,
        ...drawingIn(drawing, withId(there.get(id)?.drawings, drawing.id), beside, directions),
      })),
    ),
    added: sections.flatMap(({ id, tables, drawings }) => [
      ...unlike(there.get(id)?.tables, tables).map((table) => ({
        ...{ section: id, title: table.title },
        rows: ownRows(table, table.rows.slice(0, table.listed)),
      })),
      ...unlike(there.get(id)?.drawings, drawings).map(({ message }) => ({ section: id, title: message, rows: null })),
    ]),
    judged: judgedIn(beside),
  };
};

interface Named {
  readonly id: string;
}
const withId = <Each extends Named>(all: readonly Each[] | undefined, id: string): Each | undefined =>
  all?.find((each) => each.id === id);
const unlike = <Each extends Named>(there: readonly Each[] | undefined, here: readonly Named[]): Each[] =>
  (there ?? []).filter(({ id }) => !here.some((each) => each.id === id));

/** @param beside with the table of the same id there */
const tableIn = (
  section: ReviewSection['id'],
  frozen: ReviewTable,
  { table, ...beside }: Beside & { table: ReviewTable | undefined },
): OtherTable => {
  const listed = frozen.rows.slice(0, frozen.listed);
  const titles = frozen.columns.map(({ title }) => shifted(title, beside.later));
  const names = namesIn(section, frozen);
  const base = { section, id: frozen.id, titles, names };
  if (table === undefined) return { ...base, isThere: false, rows: listed.map(() => null), added: ownRows(frozen, []) };
  const places = titles.map((title) => table.columns.findIndex((column) => column.title === title));
  const called = { here: names, there: namesIn(section, table) };
  const pairs = pairsOf(frozen.rows, table.rows, called, beside.keyHere);
  const rows = listed.map((row) => {
    const other = pairs.get(row);
    if (other === undefined) return null;
    return row.map((cell, at): OtherCell | null => {
      const found = other[places[at]!];
      if (cell.figure !== null || names.includes(at) || found === undefined) return null;
      const { unit } = frozen.columns[at]!;
      const isSameScale = unit === table.columns[places[at]!]!.unit;
      const shown =
        found.value === null || found.unit === null || isSameScale
          ? found
          : { ...cellOf(found.value, { value: cell.value ?? found.value, unit: found.unit }), impact: found.impact };
      // Under a header with a scale amounts have no unit of their own: they are told apart where they are put there.
      const isUnderScale = unit !== null && found.unit !== null && scaleOf(unit, found.unit) !== null;
      return {
        cell: {
          ...(isUnderScale ? shown : apartFrom(shown, cell)),
          figure: found.figure === null ? null : beside.keyHere(found.figure),
        },
        change: changeOf(cell, found, beside),
        isOther: isOther(cell, found),
      };
    });
  });
  const matched = new Set(pairs.values());
  const added = table.rows.slice(0, table.listed).filter((row) => !matched.has(row));
  return { ...base, isThere: true, rows, added: ownRows(table, added) };
};

/** Rows of a table of the other column, without the way to its figures: they are not the frozen review's. */
const ownRows = ({ columns }: ReviewTable, rows: readonly Row[]): OwnRows => ({
  columns: rows.length === 0 ? [] : columns,
  rows: rows.slice(0, MOST_LISTED).map((row) => row.map((cell) => ({ ...cell, figure: null }))),
  count: rows.length,
});

const namesIn = (section: string, { id, columns }: ReviewTable): number[] => {
  const places = (ROW_NAMES[`${section}/${id}`] ?? []).map((title) =>
    columns.findIndex((each) => each.title === title),
  );
  return places.length === 0 || places.includes(-1) ? [0] : places;
};

type Row = ReviewTable['rows'][number];

/** Rows that hold the same figures; of the others those of the same name, and at last of the same code: names are changed, codes are not. */
const pairsOf = (
  here: readonly Row[],
  there: readonly Row[],
  names: { here: readonly number[]; there: readonly number[] },
  keyHere: Beside['keyHere'],
): Map<Row, Row> => {
  const pairs = new Map<Row, Row>();
  const pair = (nameHere: (row: Row) => string | null, nameThere: (row: Row) => string | null): void => {
    const taken = new Set(pairs.values());
    const others = once(
      there.filter((row) => !taken.has(row)),
      nameThere,
    );
    const free = here.filter((row) => !pairs.has(row));
    for (const [name, row] of once(free, nameHere)) {
      const other = others.get(name);
      if (other !== undefined) pairs.set(row, other);
    }
  };
  const figures = (row: Row, keyOf: (key: string) => string): string | null =>
    row.flatMap(({ figure }) => (figure === null ? [] : [keyOf(figure)])).join('\n') || null;
  pair(
    (row) => figures(row, (key) => key),
    (row) => figures(row, keyHere),
  );
  const called = (at: readonly number[]) => (row: Row) => at.map((place) => row[place]?.text ?? '').join('\n');
  pair(called(names.here), called(names.there));
  const code = (at: readonly number[]) => (row: Row) => /^\S*\d\S*(?= )/.exec(row[at[0]!]?.text ?? '')?.[0] ?? null;
  pair(code(names.here), code(names.there));
  return pairs;
};

/** Rows by what they are called; those that share it with another cannot be told apart. */
const once = (rows: readonly Row[], nameOf: (row: Row) => string | null): Map<string, Row> => {
  const found = new Map<string, Row | null>();
  for (const row of rows) {
    const name = nameOf(row);
    if (name !== null) found.set(name, found.has(name) ? null : row);
  }
  return new Map([...found].flatMap(([name, row]) => (row === null ? [] : [[name, row] as const])));
};
