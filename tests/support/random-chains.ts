import fc from 'fast-check';
import { byKind, type Sources, VALUE_KINDS } from '../../server/core/attribution.js';
import { type ChainLink, type ChainNode, LAYERS } from '../../server/core/shares.js';

export interface Graph {
  nodes: ChainNode[];
  links: ChainLink[];
  amounts: Sources;
}

const amountText = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.nat(6))
  .map(
    ([units, scale]) => `${units < 0n ? '-' : ''}${(units < 0n ? -units : units).toString()}.${'3'.repeat(scale + 1)}`,
  );

/** Any chain of up to six nodes a layer (layers may be empty), with blank, zero and full shares, and amounts of either sign. */
export const graph: fc.Arbitrary<Graph> = fc
  .array(fc.nat(6), { minLength: 5, maxLength: 5 })
  .chain((sizes) => {
    const nodes = LAYERS.flatMap((type, layer) =>
      Array.from({ length: sizes[layer] ?? 0 }, (_, i) => ({ type, id: `${type}-${i}` })),
    );
    const pairs = LAYERS.slice(1).flatMap((type, boundary) =>
      nodes
        .filter((node) => node.type === LAYERS[boundary])
        .flatMap((u) => nodes.filter((v) => v.type === type).map((v) => [u.id, v.id] as const)),
    );
    const share = fc.option(fc.oneof(fc.constantFrom(0, 3333, 10_000), fc.nat(10_000), fc.nat(4000)));
    const drawn = fc
      .subarray(pairs)
      .chain((chosen) => fc.tuple(...chosen.map((pair) => fc.tuple(fc.constant(pair), share, share))));
    const values = fc.array(fc.dictionary(fc.constantFrom('0', '1', '2', '3', '4', '5'), amountText), {
      minLength: 5,
      maxLength: 5,
    });
    return fc.tuple(fc.constant(nodes), drawn, values);
  })
  .map(([nodes, drawn, values]) => {
    const left = new Map<string, number>();
    const within = (owner: string, wanted: number | null): string | null => {
      if (wanted === null) return null;
      const share = Math.min(wanted, left.get(owner) ?? 10_000);
      left.set(owner, (left.get(owner) ?? 10_000) - share);
      return `${Math.floor(share / 100)}.${String(share % 100).padStart(2, '0')}`;
    };
    const links = drawn.map(([[from, to], a, c]) => ({
      from,
      to,
      allocation: within(`>${from}`, a),
      contribution: within(`<${to}`, c),
    }));
    const of = (type: string, index: number): Map<string, string> =>
      new Map(
        Object.entries(values[index] ?? {}).flatMap(([i, text]) =>
          nodes.some(({ id }) => id === `${type}-${i}`) ? [[`${type}-${i}`, text]] : [],
        ),
      );
    const amounts = {
      cost: of('investment', 0),
      values: byKind((kind) => of('benefit', VALUE_KINDS.indexOf(kind) + 1)),
    };
    return { nodes, links, amounts };
  });
