import type { Value } from '../../../server/contract/benefit.js';
import type { Chain } from '../../../server/contract/chain.js';
import type { Trace } from '../../../server/contract/trace.js';
import { domainOf, type Domain } from '../../charts/bars';
import { scaleFor, type Scale } from '../../lib/format';

/** What the overview shows, as the server computed it. Differences between two of its figures are the only arithmetic of the page. */
export interface Figures {
  value: Value;
  /** Absent for those who do not read the chain. */
  money: Money | null;
  /** Why `money` is absent where it should be there. */
  moneyFailure: Error | null;
  scale: Scale;
  domain: Domain;
}

export interface Money {
  chain: Chain;
  /** null where no actual cost is recorded. */
  spend: string | null;
  /** null where no planned cost is recorded. */
  budget: string | null;
  tracedSpendShare: Trace;
}

/** One scale and one domain for all money on the page. */
export function figuresOf(value: Value, money: Money | null, moneyFailure: Error | null): Figures {
  const amounts = [
    value.funnel.planned,
    value.funnel.realised,
    value.funnel.confirmed,
    money?.spend ?? '0',
    money?.budget ?? '0',
  ];
  return { value, money, moneyFailure, scale: scaleFor(amounts), domain: domainOf(amounts) };
}

/** A sum that rests on records; nothing where there are none. */
export const recorded = (amount: string, records: number): string | null => (records === 0 ? null : amount);

export const reachedBy = (chain: Chain, layer: Chain['totals']['reached'][number]['type']) =>
  chain.totals.reached.find(({ type }) => type === layer);

/** Whether the scope holds anything at all. */
export const isNothing = ({ value, money, moneyFailure }: Figures): boolean =>
  moneyFailure === null &&
  value.counts.benefits === 0 &&
  (money === null || money.chain.totals.reached.every(({ nodes }) => nodes === 0));
