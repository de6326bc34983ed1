import type { Item, Outline } from './outline';

/** The part of an outline that is open, as the list of rows that stand on the screen. Pure. */

export interface Row {
  key: string;
  level: number;
  /** Its place among those under the same record, and how many those are. */
  position: number;
  size: number;
  /** null where nothing is under it. */
  isOpen: boolean | null;
  item: Item | { kind: 'more'; key: string; level: number; list: string; hidden: number };
  /** Key of the row above it in the tree; null at the top. */
  parent: string | null;
  /** The id that the picture's box has too; on one row only. */
  box: string | null;
}

/** Long lists are shown in steps of so many. */
export const STEP = 100;

export interface Openness {
  isOpen: (item: Item) => boolean;
  /** How many of the list under this key are shown. */
  limitOf: (list: string) => number;
  /** Keys that are shown wherever they stand in their list. */
  always?: ReadonlySet<string>;
}

/** @param most rows after which it stops, for who only counts */
export function flatten(outline: Outline, { isOpen, limitOf, always }: Openness, most = Infinity): Row[] {
  const rows: Row[] = [];
  const write = (items: readonly Item[], list: string, parent: string | null): void => {
    const limit = limitOf(list);
    const shown =
      items.length <= limit ? items : items.filter((item, at) => at < limit || isGroup(item) || always?.has(item.key));
    const hidden = items.length - shown.length;
    const records = shown.filter((item) => !isGroup(item)).length;
    const more = (): void => {
      if (hidden === 0) return;
      const level = shown[0]!.level;
      const key = `${list}/more`;
      rows.push({
        key,
        level,
        position: records + 1,
        size: items.length,
        isOpen: null,
        item: { kind: 'more', key, level, list, hidden },
        parent,
        box: null,
      });
    };
    shown.forEach((item, at) => {
      if (rows.length >= most) return;
      if (at === records) more();
      const children = outline.childrenOf(item);
      const open = children.length === 0 ? null : isOpen(item);
      const position = at < records ? at + 1 : at + 1 + hidden;
      rows.push({
        key: item.key,
        level: item.level,
        position,
        size: items.length,
        isOpen: open,
        item,
        parent,
        box: boxOf(outline, item),
      });
      if (open) write(children, item.key, item.key);
    });
    if (records === shown.length) more();
  };
  write(outline.roots, '', null);
  return rows;
}

/** Groups stand behind a long list of records, and are never cut off with it. */
const isGroup = ({ kind }: Item): boolean => kind === 'gap' || kind === 'smaller' || kind === 'loose';

const boxOf = (outline: Outline, item: Item): string | null => {
  if (item.kind === 'gap' || item.kind === 'smaller') return item.id;
  if (item.kind !== 'record') return null;
  return outline.primary.get(item.node.id) === item.key ? item.node.id : null;
};

/** The keys above a key: `a/b/c` → `a`, `a/b`; of a record that nothing leads to also the group it stands in. */
export function above(key: string): string[] {
  const parts = splitKey(key);
  return parts.slice(0, -1).map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** A code may hold a slash; a step of the way begins with a layer or a word of ours. */
const splitKey = (key: string): string[] =>
  key.split(/\/(?=(?:investment|initiative|capability|outcome|benefit):|rest$|more$)/);

/** The most layers that can stand open with at most so many rows; at least one. */
export function defaultDepth(outline: Outline, rows: number): number {
  for (let depth = 5; depth > 1; depth -= 1) {
    const openness = { isOpen: opensTo(depth), limitOf: () => STEP };
    if (flatten(outline, openness, rows + 1).length <= rows) return depth;
  }
  return 1;
}

/** Open where it lies above the depth; groups stay closed, but for records that nothing leads to. */
export const opensTo =
  (depth: number) =>
  (item: Item): boolean =>
    item.kind === 'loose' ? depth > 1 : item.kind === 'record' && item.level < depth;
