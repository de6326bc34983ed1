import { useQuery } from '@tanstack/react-query';
import type { PageSearch } from '../lib/address';
import { orgUnitsQuery, portfoliosQuery } from './scope-api';

/** The scope of the page in words: what it is called when nothing narrows it, or the name of the portfolio or unit. */
export function useScopeName(
  { portfolio, orgUnit }: PageSearch,
  widest: string,
  readsPortfolios: boolean,
  readsOrgUnits: boolean,
): string {
  const portfolios = useQuery({ ...portfoliosQuery, enabled: readsPortfolios && portfolio !== undefined });
  const orgUnits = useQuery({ ...orgUnitsQuery, enabled: readsOrgUnits && orgUnit !== undefined });
  const chosen = portfolio ?? orgUnit;
  if (chosen === undefined) return widest;
  const items = portfolio === undefined ? orgUnits.data?.items : portfolios.data?.items;
  return items?.find(({ code }) => code.toLowerCase() === chosen.toLowerCase())?.name ?? chosen;
}
