import { LAYERS, type Layer, type PictureNode } from '../../../server/contract/chain.js';
import { compare, isZero } from '../../../server/contract/decimal.js';
import type { Graph, Link, Node } from './graph';

/** The chain as a tree to be walked: the same record stands under each record that leads to it. Pure. */

export type Direction = 'forward' | 'backward';

interface Place {
  /** The way from the root, unique in the outline. */
  key: string;
  /** 1 is the top. */
  level: number;
}
export interface RecordItem extends Place {
  kind: 'record';
  node: Node;
  /** The link by which it stands here. */
  via: Link | null;
  /** Other records that it stands under too. */
  elsewhere: readonly Node[];
  /** Which of the conditions of the view the way so far meets. */
  met: number;
}
/** Spend of a record that goes no further. */
export interface RemainderItem extends Place {
  kind: 'remainder';
  node: Node;
  missing: Layer;
}
/** A box of the picture that is no record: what does not reach a layer, or the smaller records of a layer together. */
interface Box extends Place {
  id: string;
  type: Layer;
  /** null until the picture is there. */
  box: PictureNode | null;
  /** The records whose spend ends before the layer. */
  stopped: readonly Node[];
}
export interface GapItem extends Box {
  kind: 'gap';
}
export interface SmallerItem extends Box {
  kind: 'smaller';
}
export type BoxItem = GapItem | SmallerItem;
/** Records that nothing of this view leads to. */
export interface LooseItem extends Place {
  kind: 'loose';
  nodes: readonly Node[];
}
/** A record named in a group; it stands with all that follows elsewhere. */
export interface MentionItem extends Place {
  kind: 'mention';
  node: Node;
}
export type Item = RecordItem | RemainderItem | BoxItem | LooseItem | MentionItem;

export interface Outline {
  direction: Direction;
  roots: readonly Item[];
  childrenOf: (item: Item) => readonly Item[];
  /** The first place of each record, by its id. */
  primary: ReadonlyMap<string, string>;
}

export interface OutlineView {
  direction: Direction;
  /** Only ways through a record of each of these sets. */
  through: readonly ReadonlySet<string>[];
  /** Only records that at least so much spend reaches, and what leads to them. */
  min?: string | undefined;
  boxes: readonly PictureNode[];
}

/** Builds what `flatten` walks; nothing is written out but the top. */
export function buildOutline(graph: Graph, { direction, through, min, boxes }: OutlineView): Outline {
  const all = 2 ** through.length - 1;
  const own = (node: Node): number => through.reduce((met, set, bit) => met | (set.has(node.id) ? 2 ** bit : 0), 0);
  const next = (node: Node): readonly Link[] => (direction === 'forward' ? node.out : node.in);
  const before = (node: Node): readonly Link[] => (direction === 'forward' ? node.in : node.out);
  const target = (link: Link): Node => (direction === 'forward' ? link.to : link.from);
  const source = (link: Link): Node => (direction === 'forward' ? link.from : link.to);

  /** All combinations of conditions that a way on from here can meet, itself included. */
  const reachable = remember((node: Node): readonly number[] => {
    const mine = own(node);
    return [...new Set([mine, ...next(node).flatMap((link) => reachable(target(link)).map((met) => met | mine))])];
  });
  const isLarge = remember(
    (node: Node): boolean =>
      min === undefined || compare(node.record.cost, min) >= 0 || next(node).some((link) => isLarge(target(link))),
  );
  const leadsThrough = (met: number, node: Node): boolean =>
    isLarge(node) && reachable(node).some((ahead) => (met | ahead) === all);

  const record = (node: Node, via: Link | null, above: { key: string; level: number; met: number }): RecordItem => ({
    kind: 'record',
    key: above.key === '' ? node.id : `${above.key}/${node.id}`,
    level: above.level + 1,
    node,
    via,
    elsewhere: before(node)
      .map(source)
      .filter((other) => via === null || other !== source(via)),
    met: above.met | own(node),
  });

  const following = (item: RecordItem): Item[] => {
    const found: Item[] = next(item.node)
      .filter((link) => leadsThrough(item.met, target(link)))
      .map((link) => record(target(link), link, item));
    const missing = LAYERS[item.node.layer + 1];
    if (direction === 'forward' && missing && item.met === all && !isZero(item.node.record.unallocated))
      found.push({ kind: 'remainder', key: `${item.key}/rest`, level: item.level + 1, node: item.node, missing });
    return found;
  };

  const childrenOf = (item: Item): readonly Item[] => {
    if (item.kind === 'record') return following(item);
    if (item.kind === 'loose') return item.nodes.map((node) => record(node, null, { ...item, met: 0 }));
    if (item.kind === 'gap')
      return item.stopped.map((node) => ({
        kind: 'mention',
        key: `${item.key}/${node.id}`,
        level: item.level + 1,
        node,
      }));
    return [];
  };

  const first = direction === 'forward' ? 0 : LAYERS.length - 1;
  const outermost = graph.layers.map((nodes) =>
    nodes.filter((node) => before(node).length === 0 && leadsThrough(0, node)),
  );
  const top = outermost[first]!.map((node) => record(node, null, { key: '', level: 0, met: 0 }));
  const inOrder = direction === 'forward' ? outermost.slice(1) : outermost.slice(0, -1).reverse();
  const loose = inOrder.flat();
  const roots: Item[] = [...top];
  if (loose.length > 0) roots.push({ kind: 'loose', key: 'loose', level: 1, nodes: loose });

  const { primary, ends } = firstPlaces(roots, childrenOf, all);
  for (const box of boxes)
    if (box.kind === 'smaller')
      roots.push({ kind: 'smaller', key: box.id, level: 1, id: box.id, type: box.type, box, stopped: [] });
  LAYERS.forEach((type, layer) => {
    const box = boxes.find((candidate) => candidate.kind === 'gap' && candidate.type === type) ?? null;
    const stopped = ends.filter((node) => node.layer < layer).sort((a, b) => b.layer - a.layer);
    const id = `gap:${type}`;
    if (box !== null || stopped.length > 0) roots.push({ kind: 'gap', key: id, level: 1, id, type, box, stopped });
  });
  return { direction, roots, childrenOf, primary };
}

/**
 * Where each record stands first, read from the top; and the records of the view whose spend ends there. Each record is walked once for
 * each set of conditions met, so a large chain costs no more than its links.
 */
function firstPlaces(
  roots: readonly Item[],
  childrenOf: (item: Item) => readonly Item[],
  all: number,
): { primary: Map<string, string>; ends: Node[] } {
  const primary = new Map<string, string>();
  const seen = new Set<string>();
  const ends = new Set<Node>();
  const walk = (item: Item): void => {
    if (item.kind === 'record') {
      const state = `${item.met} ${item.node.id}`;
      if (seen.has(state)) return;
      seen.add(state);
      if (!primary.has(item.node.id)) primary.set(item.node.id, item.key);
      const { record } = item.node;
      if (item.met === all && record.type !== 'benefit' && !isZero(record.unallocated)) ends.add(item.node);
    }
    for (const child of childrenOf(item)) walk(child);
  };
  for (const root of roots) walk(root);
  return { primary, ends: [...ends] };
}

function remember<Result>(compute: (node: Node) => Result): (node: Node) => Result {
  const known = new Map<Node, Result>();
  return (node) => {
    if (known.has(node)) return known.get(node)!;
    const result = compute(node);
    known.set(node, result);
    return result;
  };
}
