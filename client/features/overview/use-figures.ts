import { useQuery } from '@tanstack/react-query';
import type { PageScope } from '../../ui/page-scope';
import type { Reading } from '../../ui/query-state';
import { traceQuery } from '../../ui/trace-api';
import { chainQuery, valueQuery } from './api';
import { figuresOf, recorded, type Figures, type Money } from './figures';

/** All that the ledger needs is shown together, so that its figures are of one moment and one scale. */
export function useFigures(page: PageScope, withChain: boolean): Reading<Figures> {
  const value = useQuery(valueQuery(page));
  const chain = useQuery({ ...chainQuery(page), enabled: withChain });
  const spend = useQuery({ ...traceQuery({ figure: 'spend' }, page), enabled: withChain, placeholderData: keep });
  const budget = useQuery({ ...traceQuery({ figure: 'budget' }, page), enabled: withChain, placeholderData: keep });
  const share = useQuery({
    ...traceQuery({ figure: 'traced_spend_share' }, page),
    enabled: withChain,
    placeholderData: keep,
  });
  const costs = withChain ? [chain, spend, budget, share] : [];
  const all = [value, ...costs];
  const money: Money | null =
    chain.data && spend.data && budget.data && share.data
      ? {
          chain: chain.data,
          spend: recorded(spend.data.value ?? '0', spend.data.records.count),
          budget: recorded(budget.data.value ?? '0', budget.data.records.count),
          tracedSpendShare: share.data,
        }
      : null;
  const moneyFailure = money === null ? (costs.find(({ error }) => error !== null)?.error ?? null) : null;
  const isThere = value.data !== undefined && (!withChain || money !== null || moneyFailure !== null);
  return {
    data: isThere ? figuresOf(value.data!, money, moneyFailure) : undefined,
    // What has a panel of its own to fail in does not fail the page.
    error: moneyFailure === null ? (all.find(({ error }) => error !== null)?.error ?? null) : value.error,
    dataUpdatedAt: value.dataUpdatedAt,
    isFetching: all.some(({ isFetching }) => isFetching),
    refetch: () => Promise.all(all.filter(({ error }) => error !== null).map(({ refetch }) => refetch())),
  };
}

const keep = <Data>(previous: Data | undefined): Data | undefined => previous;
