import type { PriorityOrder } from '../../../server/contract/priority.js';

/** A ranking that is being made: in its order, with what is said of each. */
export interface Ranked {
  code: string;
  name: string;
  previousRank: number | null;
  rationale: string;
}

export const rankedOf = ({ items }: PriorityOrder): Ranked[] =>
  items.map(({ code, name, previousRank, rationale }) => ({ code, name, previousRank, rationale: rationale ?? '' }));

/** The order of the quarter before; what had no rank then comes last, and keeps its words. */
export const asBefore = (ranked: readonly Ranked[]): Ranked[] =>
  [...ranked].sort((a, b) => (a.previousRank ?? Infinity) - (b.previousRank ?? Infinity));

/** One of them at another place; the others keep their order. */
export function moved(ranked: readonly Ranked[], code: string, to: number): Ranked[] {
  const one = ranked.find((each) => each.code === code);
  if (!one) return [...ranked];
  const rest = ranked.filter((each) => each.code !== code);
  const at = Math.min(Math.max(to, 0), rest.length);
  return [...rest.slice(0, at), one, ...rest.slice(at)];
}

/** Whether this place must be explained: it is another than in the quarter before. */
export const isChanged = ({ previousRank }: Ranked, index: number, wasRanked: boolean): boolean =>
  wasRanked && previousRank !== index + 1;

/** `up 2`, `down 1`, `new`, `as before`. */
export function movedWord({ previousRank }: Ranked, index: number, wasRanked: boolean): string {
  if (!wasRanked) return 'first ranking';
  if (previousRank === null) return 'new';
  const by = previousRank - (index + 1);
  return by === 0 ? 'as before' : by > 0 ? `up ${by}` : `down ${-by}`;
}
