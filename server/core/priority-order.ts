/** A priority with the rank that it is to have, and the one that it had in the quarter before (null: none). */
export interface Placed {
  readonly code: string;
  readonly rank: number;
  readonly previousRank: number | null;
  readonly rationale: string | null;
}

/**
 * Whether a rank has to be explained: it is another than in the quarter before. The first ranking of all has nothing to differ from.
 *
 * @param wasRanked whether the quarter before has a ranking
 */
export const needsRationale = (
  { rank, previousRank }: Pick<Placed, 'rank' | 'previousRank'>,
  wasRanked: boolean,
): boolean => wasRanked && rank !== previousRank;

/** Indices of those that have to be explained and are not. */
export const unexplained = (placed: readonly Placed[], wasRanked: boolean): number[] =>
  placed.flatMap((each, index) =>
    needsRationale(each, wasRanked) && (each.rationale ?? '').trim() === '' ? [index] : [],
  );
