import type { Chain } from '../core/shares.js';

/** Links and nodes on all ways that lead to a node; links nearest to it first. Indices of the chain. */
export interface WaysBack {
  readonly links: readonly number[];
  /** Without the node itself. */
  readonly nodes: ReadonlySet<number>;
}

/** Follows the links back, layer by layer, whatever their shares. */
export const chainLinksTo = (chain: Chain, node: number): WaysBack => {
  const reached = new Set([node]);
  const links: number[] = [];
  for (const boundary of [...chain.linksByBoundary].reverse())
    for (const link of boundary)
      if (reached.has(chain.to[link]!)) {
        links.push(link);
        reached.add(chain.from[link]!);
      }
  reached.delete(node);
  return { links, nodes: reached };
};
