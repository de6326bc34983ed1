import type { GapKind } from '../../../server/contract/chain.js';
import type { PageSearch } from '../../lib/address';

/** The chain explorer, showing what has this gap; scope and period stay. */
export const gapSearch =
  (gap: GapKind | undefined) =>
  ({ period, portfolio, orgUnit }: PageSearch) => ({ period, portfolio, orgUnit, gap });
