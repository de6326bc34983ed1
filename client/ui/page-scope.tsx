import { createContext, use } from 'react';
import type { Query } from '../lib/http';

/** What the figures of a page are about: which quarter, whose, in which money. The frame states it once for all pages. */
export interface PageScope {
  period: string;
  portfolio: string | undefined;
  orgUnit: string | undefined;
  /** The scope in words: `All IT`, or the name of the portfolio or unit. */
  scopeName: string;
  currency: string;
  fiscalYearStartMonth: number;
  /** Whether the reader may open the audit, so that histories lead there. */
  readsAudit?: boolean;
  /** Whether the records are those of the example enterprise. */
  isExample?: boolean;
}

const Context = createContext<PageScope | null>(null);

export const PageScopeProvider = Context.Provider;

/** @throws Error outside the frame, where no period is known */
export function usePageScope(): PageScope {
  const scope = use(Context);
  if (scope === null) throw new Error('usePageScope is for pages inside the frame');
  return scope;
}

/** The scope as parameters of a call. */
export const scopeQuery = (scope: PageScope): Query => ({
  period: scope.period,
  portfolio: scope.portfolio,
  orgUnit: scope.orgUnit,
});
