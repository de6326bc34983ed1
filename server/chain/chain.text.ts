import type { ChainQuery, ChainNode as NodeAnswer } from '../contract/chain.js';
import { type Attribution, VALUE_KINDS } from '../core/attribution.js';
import type { ExactAmounts, Fraction } from '../core/exact-amounts.js';
import { formatFraction } from '../core/money.js';
import { effectiveShare, LAYERS } from '../core/shares.js';
import type { Reading } from '../http/reading.js';
import type { NodeRow } from './chain.queries.js';

/**
 * The chain as JSON text (`contract/chain.ts`, tested with the same schema). Written by hand: a chain has tens of thousands of amounts, and
 * objects that live only until they are printed would cost more than the figures.
 *
 * Amounts are rounded here and nowhere before. What a layer does not have (unallocated of benefits, other causes of investments) is 0.
 */
export const chainText = (
  rows: readonly NodeRow[],
  figures: Attribution,
  reading: Reading,
  span: ChainQuery['span'],
  totals: string,
): string => {
  const { chain } = figures;
  const { decimals } = reading;
  const zero = `"${formatFraction(0n, 1n, decimals)}"`;
  const text = (amounts: ExactAmounts, index: number): string => {
    const amount = amounts.text(index, decimals);
    return amount === null ? zero : `"${amount}"`;
  };
  const values = (of: Attribution['values'], index: number): string =>
    `"planned":${text(of.planned, index)},"forecast":${text(of.forecast, index)},"realised":${text(of.realised, index)},"confirmed":${text(of.confirmed, index)}`;
  const ends = rows.map(
    (row) => `"type":"${row.type satisfies NodeAnswer['type']}","code":${JSON.stringify(row.code)}`,
  );
  const nodes = figures.reachedNodes.map(
    (node) =>
      `{${ends[node]},"name":${JSON.stringify(rows[node]!.name)},"cost":${text(figures.cost, node)},"unallocated":${text(figures.unallocated, node)},` +
      `${values(figures.values, node)},"otherCauses":{${values(figures.otherCauses, node)}}}`,
  );
  const links = figures.reachedLinks.map((index) => {
    const link = chain.links[index]!;
    return (
      `{"from":{${ends[chain.from[index]!]}},"to":{${ends[chain.to[index]!]}},"allocation":${effectiveShare(chain, 'allocation', index)},` +
      `"contribution":${effectiveShare(chain, 'contribution', index)},"allocationAssumed":${link.allocation === null},` +
      `"contributionAssumed":${link.contribution === null},"cost":${text(figures.linkCost, index)},${values(figures.linkValues, index)}}`
    );
  });
  return (
    `{"period":"${reading.period}","span":"${span}","currency":"${reading.currency}","totals":${totals},` +
    `"assumedShare":${assumedShare(figures)},"nodes":[${nodes.join(',')}],"links":[${links.join(',')}]}`
  );
};

/** Links with a blank share ÷ links, of those that are shown; null where there is none. */
const assumedShare = ({ chain, reachedLinks }: Attribution): number | null => {
  if (reachedLinks.length === 0) return null;
  const blank = reachedLinks.filter(
    (index) => chain.links[index]!.allocation === null || chain.links[index]!.contribution === null,
  );
  return blank.length / reachedLinks.length;
};

/**
 * The totals as JSON text. Cost is summed over its source (all investments; in a trace the traced node), values likewise over theirs;
 * `unallocated` and `otherCauses` over all layers, so that cost = what reaches the benefits + unallocated, exactly.
 *
 * @param source the layers at which cost and value begin: 0 and 4, in a trace that of the node
 */
export const totalsText = (figures: Attribution, source: { cost: number; value: number }, decimals: number): string => {
  const money = ({ n, d }: Fraction): string => formatFraction(n, d, decimals);
  const values = (of: (kind: (typeof VALUE_KINDS)[number]) => Fraction): Record<string, string> =>
    Object.fromEntries(VALUE_KINDS.map((kind) => [kind, money(of(kind))]));
  const shown = LAYERS.map(() => 0);
  for (const node of figures.reachedNodes) shown[figures.chain.layerOf[node]!]! += 1;
  return JSON.stringify({
    cost: money(figures.cost.total(source.cost)),
    unallocated: money(figures.unallocated.sum()),
    ...values((kind) => figures.values[kind].total(source.value)),
    otherCauses: values((kind) => figures.otherCauses[kind].sum()),
    reached: LAYERS.map((type, layer) => ({
      type,
      nodes: shown[layer],
      cost: money(figures.cost.total(layer)),
      unallocated: money(figures.unallocated.total(layer)),
    })),
  });
};
