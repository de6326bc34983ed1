import { LAYERS, type Chain, type ChainLink, type ChainNode, type Layer } from '../../../server/contract/chain.js';
import { isZero, toGeometry } from '../../../server/contract/decimal.js';

/** The chain as nodes that know their neighbours. Amounts stay the server's text; nothing is added up here. */

export interface Link {
  link: ChainLink;
  from: Node;
  to: Node;
}

export interface Node {
  id: string;
  /** 0 investment … 4 benefit. */
  layer: number;
  record: ChainNode;
  /** Towards the benefits and towards the investments; the largest spend first. */
  out: Link[];
  in: Link[];
  /** Whether the record has links at all, those to records that are not shown included. */
  leadsOn: boolean;
  isLedTo: boolean;
}

export interface Graph {
  nodes: ReadonlyMap<string, Node>;
  /** All nodes by layer, the largest spend first. */
  layers: readonly (readonly Node[])[];
}

export const nodeId = (type: Layer, code: string): string => `${type}:${code}`;

/** Whether anything of the scope flows through the record. */
const carries = (node: ChainNode): boolean =>
  [node.cost, node.planned, node.forecast, node.realised, node.confirmed].some((amount) => !isZero(amount));

const byCode = new Intl.Collator('en', { numeric: true }).compare;
const larger = (a: string, b: string): number => toGeometry(b) - toGeometry(a);
const byCost = (a: Node, b: Node): number =>
  larger(a.record.cost, b.record.cost) ||
  larger(a.record.planned, b.record.planned) ||
  byCode(a.record.code, b.record.code);

/**
 * @param scope the portfolio or unit of the page: of a scope only what it owns or what carries its money is shown
 */
export function buildGraph(
  chain: Chain,
  scope: { portfolio?: string | undefined; orgUnit?: string | undefined },
): Graph {
  const isWhole = scope.portfolio === undefined && scope.orgUnit === undefined;
  const owns = (node: ChainNode): boolean =>
    scope.portfolio !== undefined && node.portfolio?.toLowerCase() === scope.portfolio.toLowerCase();
  const nodes = new Map<string, Node>();
  for (const record of chain.nodes) {
    if (!isWhole && !owns(record) && !carries(record)) continue;
    const id = nodeId(record.type, record.code);
    nodes.set(id, { id, layer: LAYERS.indexOf(record.type), record, out: [], in: [], leadsOn: false, isLedTo: false });
  }
  for (const link of chain.links) {
    const from = nodes.get(nodeId(link.from.type, link.from.code));
    const to = nodes.get(nodeId(link.to.type, link.to.code));
    if (from) from.leadsOn = true;
    if (to) to.isLedTo = true;
    if (!from || !to) continue;
    from.out.push({ link, from, to });
    to.in.push({ link, from, to });
  }
  for (const node of nodes.values()) {
    node.out.sort((a, b) => larger(a.link.cost, b.link.cost) || byCost(a.to, b.to));
    node.in.sort((a, b) => larger(a.link.cost, b.link.cost) || byCost(a.from, b.from));
  }
  const layers = LAYERS.map((_, layer) => [...nodes.values()].filter((node) => node.layer === layer).sort(byCost));
  return { nodes, layers };
}

/** How many benefits a record leads to, itself apart. Counted once and remembered. */
export function benefitCounter(): (node: Node) => number {
  const known = new Map<string, ReadonlySet<string>>();
  const benefitsOf = (node: Node): ReadonlySet<string> => {
    const before = known.get(node.id);
    if (before) return before;
    const found = new Set<string>();
    known.set(node.id, found);
    for (const { to } of node.out) {
      if (to.record.type === 'benefit') found.add(to.id);
      for (const benefit of benefitsOf(to)) found.add(benefit);
    }
    return found;
  };
  return (node) => benefitsOf(node).size;
}
