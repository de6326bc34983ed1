import { toGeometry } from '../../server/contract/decimal.js';
import type { SankeyBox, SankeyLink } from './sankey';
import { widthOf, wrapped } from './sankey-text';

/** Where boxes and names of the picture stand, in pixels at the reader's font size. */

export const NODE = 12;
/** The names of the columns. */
const HEAD = 20;
const FOOT = 4;
/** From one line of a label to the next. */
export const LINE = 14;
const MOST_LINES = 3;
/** The height of all the spend. */
const FLOW = 155;
const LEAST_APART = 12;

export interface SankeyLayout {
  margin: { top: number; right: number; bottom: number; left: number };
  height: number;
  /** Between two boxes of a column. */
  apart: number;
  /** From one column to the next. */
  step: number;
  /** The lines of each box's name; its amount follows on a line of its own. */
  names: ReadonlyMap<string, readonly string[]>;
}

/** As low as the labels allow: boxes stand as far apart as the two neighbours with the longest names need. */
export function layoutOf(
  boxes: readonly SankeyBox[],
  links: readonly SankeyLink[],
  { columns, width, scale }: { columns: number; width: number; scale: number },
): SankeyLayout {
  const [left, right] = [2, labelRoom(width)];
  const step = (width - left - right - NODE) / (columns - 1);
  const names = new Map(
    boxes.map((box) => {
      const room = (box.column === columns - 1 ? right : step - NODE) - 9;
      const lines = wrapped(nameOf(box), room, MOST_LINES, (text) => widthOf(text, scale));
      return [box.id, lines];
    }),
  );
  const byColumn = Array.from({ length: columns }, (_, column) => boxes.filter((box) => box.column === column));
  const spend = spendOf(links);
  const sums = byColumn.map((column) => column.reduce((sum, { id }) => sum + (spend.get(id) ?? 0), 0));
  const most = Math.max(...sums) || 1;
  const flow = FLOW * scale;
  const labelHeight = ({ id }: SankeyBox) => (names.get(id)!.length + 1) * LINE * scale;
  const boxHeight = ({ id }: SankeyBox) => ((spend.get(id) ?? 0) / most) * flow;
  const needs = byColumn.flatMap((column) =>
    column.slice(1).map((box, at) => {
      const above = column[at]!;
      return (labelHeight(above) + labelHeight(box)) / 2 + 3 * scale - (boxHeight(above) + boxHeight(box)) / 2;
    }),
  );
  const apart = Math.max(LEAST_APART * scale, ...needs);
  const heights = byColumn.map((column, at) => (sums[at]! / most) * flow + (column.length - 1) * apart);
  // Labels of low boxes reach beyond them.
  const beyond = (ends: readonly (SankeyBox | undefined)[]): number =>
    Math.max(0, ...ends.map((box) => (box ? (labelHeight(box) - boxHeight(box)) / 2 : 0)));
  const margin = {
    top: HEAD * scale + beyond(byColumn.map((column) => column[0])),
    right,
    bottom: FOOT * scale + beyond(byColumn.map((column) => column.at(-1))),
    left,
  };
  return { margin, step, names, apart, height: margin.top + margin.bottom + Math.max(...heights) };
}

/** The names of the last column stand right of it too: left of it they would meet those of the column before. */
const labelRoom = (width: number): number => Math.max(124, Math.round(width * 0.165));

export const nameOf = ({ kind, name }: SankeyBox): string => (kind === 'gap' ? `▲\u00a0${name}` : name);

/** What goes through each box; money that came back has no width. */
function spendOf(links: readonly SankeyLink[]): ReadonlyMap<string, number> {
  const into = new Map<string, number>();
  const out = new Map<string, number>();
  for (const { from, to, amount } of links) {
    const spend = Math.max(0, toGeometry(amount));
    out.set(from, (out.get(from) ?? 0) + spend);
    into.set(to, (into.get(to) ?? 0) + spend);
  }
  return new Map([...into.keys(), ...out.keys()].map((id) => [id, Math.max(into.get(id) ?? 0, out.get(id) ?? 0)]));
}
