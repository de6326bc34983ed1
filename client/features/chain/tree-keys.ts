import type { Row } from './outline-rows';

/** Ways through the rows of a tree. Pure. */

const textOf = ({ item }: Row): string => ('node' in item ? item.node.record.name : '').toLowerCase();

export const moveTo = {
  /** The row so many rows further down; stays at the ends. */
  by: (rows: readonly Row[], from: Row, steps: number): Row | undefined => rows[rows.indexOf(from) + steps],
  parent: (rows: readonly Row[], from: Row): Row | undefined => rows.find(({ key }) => key === from.parent),
  /** The next row whose name begins with what was typed; after the last comes the first. A first letter leaves the row itself out. */
  typed: (rows: readonly Row[], from: Row, text: string): Row | undefined => {
    const start = rows.indexOf(from) + (text.length === 1 ? 1 : 0);
    return [...rows.slice(start), ...rows.slice(0, start)].find((row) => textOf(row).startsWith(text));
  },
};

/**
 * What has been typed so far, with this key; null where the key is no letter or belongs to the page.
 * @param singleKeys `f` and `b` turn the direction, unless they go on a word that is being typed
 */
export function typedSign(
  key: string,
  before: { text: string; at: number },
  singleKeys: boolean,
  now: number,
  within: number,
): string | null {
  if (key.length !== 1 || !/[\p{L}\p{N}]/u.test(key)) return null;
  const goesOn = before.text !== '' && now - before.at < within;
  if (!goesOn && singleKeys && (key === 'f' || key === 'b')) return null;
  return (goesOn ? before.text : '') + key.toLowerCase();
}
