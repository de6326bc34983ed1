import type { ChainQuery } from '../contract/chain.js';
import { type Attribution, VALUE_KINDS, type ValueKind } from '../core/attribution.js';
import type { ExactAmounts, Fraction } from '../core/exact-amounts.js';
import { roundingTo } from '../core/minor-units.js';
import { formatFraction } from '../core/money.js';
import { effectiveShare, isAssumed, LAYERS } from '../core/shares.js';
import { JsonBytes, jsonBytes } from '../http/json-bytes.js';
import type { Reading } from '../http/reading.js';
import type { NodeRow } from './chain.queries.js';

/** About what a node and a link take. */
const NODE_BYTES = 500;
const LINK_BYTES = 380;

const VALUE_FIELDS = VALUE_KINDS.map((kind, index) => ({ kind, name: `${index > 0 ? ',' : ''}"${kind}":` }));

/**
 * The chain as JSON (`contract/chain.ts`; tests parse it with the same schema), written by hand because it holds tens of thousands of amounts.
 * Amounts are rounded here and nowhere before. What a layer does not have (unallocated of benefits, other causes of investments) is 0.
 */
export const chainBody = (
  rows: readonly NodeRow[],
  figures: Attribution,
  reading: Reading,
  span: ChainQuery['span'],
  source: { cost: number; value: number },
): Buffer => {
  const { chain } = figures;
  const { decimals } = reading;
  const out = new JsonBytes(NODE_BYTES * figures.reachedNodes.length + LINK_BYTES * figures.reachedLinks.length + 4096);
  const column = (amounts: ExactAmounts): ((index: number) => JsonBytes) => {
    const rounded = roundingTo(decimals);
    return (index) => {
      const exact = amounts.at(index);
      const units = exact === null ? 0 : rounded(exact);
      return units === null ? out.ascii(`"${amounts.text(index, decimals)}"`) : out.amount(units, decimals);
    };
  };
  const values = (of: Readonly<Record<ValueKind, ExactAmounts>>): ((index: number) => void) => {
    const columns = VALUE_FIELDS.map(({ kind, name }) => ({ name, amount: column(of[kind]) }));
    return (index) => {
      for (const { name, amount } of columns) {
        out.ascii(name);
        amount(index);
      }
    };
  };
  const nodeCost = column(figures.cost);
  const unallocated = column(figures.unallocated);
  const nodeValues = values(figures.values);
  const otherCauses = values(figures.otherCauses);
  const linkCost = column(figures.linkCost);
  const linkValues = values(figures.linkValues);
  const ends = rows.map((row) => jsonBytes({ type: row.type, code: row.code }));
  out.ascii(`{"period":"${reading.period}","span":"${span}","currency":"${reading.currency}","totals":`);
  out.raw(jsonBytes(totalsOf(figures, source, decimals)));
  out.ascii(`,"assumedShare":${assumedShare(figures)},"nodes":[`);
  figures.reachedNodes.forEach((node, position) => {
    if (position > 0) out.ascii(',');
    const { name, owner, portfolio } = rows[node]!;
    out
      .raw(ends[node]!.subarray(0, -1))
      .ascii(',"name":')
      .raw(jsonBytes(name))
      .ascii(',"owner":')
      .raw(jsonBytes(owner));
    out.ascii(',"portfolio":').raw(jsonBytes(portfolio)).ascii(',"cost":');
    nodeCost(node).ascii(',"unallocated":');
    unallocated(node).ascii(',');
    nodeValues(node);
    out.ascii(',"otherCauses":{');
    otherCauses(node);
    out.ascii('}}');
  });
  out.ascii('],"links":[');
  figures.reachedLinks.forEach((index, position) => {
    const link = chain.links[index]!;
    out.ascii(position > 0 ? ',{"from":' : '{"from":').raw(ends[chain.from[index]!]!);
    out.ascii(',"to":').raw(ends[chain.to[index]!]!);
    out.ascii(',"allocation":').number(effectiveShare(chain, 'allocation', index));
    out.ascii(',"contribution":').number(effectiveShare(chain, 'contribution', index));
    out.ascii(link.allocation === null ? ',"allocationAssumed":true' : ',"allocationAssumed":false');
    out.ascii(link.contribution === null ? ',"contributionAssumed":true' : ',"contributionAssumed":false');
    out.ascii(',"cost":');
    linkCost(index).ascii(',');
    linkValues(index);
    out.ascii('}');
  });
  return out.ascii(']}').done();
};

/** Links with a blank share ÷ links, of those that are shown; null where there is none. */
const assumedShare = ({ chain, reachedLinks }: Attribution): number | null => {
  if (reachedLinks.length === 0) return null;
  const blank = reachedLinks.filter((index) => isAssumed(chain.links[index]!));
  return blank.length / reachedLinks.length;
};

/**
 * The totals. Cost is summed over its source (all investments; in a trace the traced node), values likewise over theirs; `unallocated` and
 * `otherCauses` over all layers, so that cost = what reaches the benefits + unallocated, exactly.
 *
 * @param source the layers at which cost and value begin: 0 and 4, in a trace that of the node
 */
const totalsOf = (figures: Attribution, source: { cost: number; value: number }, decimals: number): object => {
  const money = ({ n, d }: Fraction): string => formatFraction(n, d, decimals);
  const values = (of: (kind: ValueKind) => Fraction): Record<string, string> =>
    Object.fromEntries(VALUE_KINDS.map((kind) => [kind, money(of(kind))]));
  const shown = LAYERS.map(() => 0);
  for (const node of figures.reachedNodes) shown[figures.chain.layerOf[node]!]! += 1;
  return {
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
  };
};
