/** A priority with the rank that it is to have, the one that it had in the ranking before, and what is stored of this quarter; null: none. */
export interface Placed {
  readonly code: string;
  readonly rank: number | null;
  readonly previousRank: number | null;
  readonly storedRank: number | null;
  readonly storedRationale: string | null;
  readonly rationale: string | null;
}

/** A rank without its reason: it is another than in the ranking before, or than the one that is stored of this quarter. */
export interface Unexplained {
  readonly index: number;
  readonly than: 'before' | 'stored';
}

const words = (text: string | null): string => (text ?? '').trim();

/**
 * Those that have to be explained and are not. A rank that differs from the ranking before needs a reason. Where the quarter is ranked already, one that
 * changes its place among those ranked needs another reason than the stored one, which was told of another rank. The first ranking of all has nothing to differ from, and what is not ranked has nothing to explain.
 *
 * @param placed in their new order
 * @param wasRanked whether there is a ranking before
 */
export const unexplained = (placed: readonly Placed[], wasRanked: boolean): Unexplained[] => {
  const again = movedAgain(placed);
  return placed.flatMap((each, index): Unexplained[] => {
    const { code, rank, previousRank, rationale, storedRationale } = each;
    if (rank === null) return [];
    const isBlank = words(rationale) === '';
    if (isBlank && wasRanked && rank !== previousRank) return [{ index, than: 'before' }];
    if (again.has(code) && (isBlank || words(rationale) === words(storedRationale))) return [{ index, than: 'stored' }];
    return [];
  });
};

/** Codes of those that stand elsewhere among the stored ones than they did: what is added or left out moves nobody. */
const movedAgain = (placed: readonly Placed[]): ReadonlySet<string> => {
  const stored = placed.filter(({ rank, storedRank }) => rank !== null && storedRank !== null);
  const former = stored.map(({ storedRank }) => storedRank!).sort((a, b) => a - b);
  return new Set(stored.flatMap(({ code, storedRank }, index) => (former[index] === storedRank ? [] : [code])));
};
