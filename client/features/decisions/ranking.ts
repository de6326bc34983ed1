import type { PriorityOrder, SavePriorityOrder } from '../../../server/contract/priority.js';

/** A ranking that is being made: in its order, with what is said of each, and what is stored of it. */
export interface Ranked {
  code: string;
  name: string;
  previousRank: number | null;
  rationale: string;
  storedRank: number | null;
  storedRationale: string;
}

export const rankedOf = ({ items }: PriorityOrder): Ranked[] =>
  items.map(({ code, name, rank, previousRank, rationale }) => ({
    ...{ code, name, previousRank, rationale: rationale ?? '' },
    ...{ storedRank: rank, storedRationale: rationale ?? '' },
  }));

/** The order of the ranking before; what had no rank then comes last, and keeps its words. */
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

/** Whether the place is another than in the ranking before. */
export const isChanged = ({ previousRank }: Pick<Ranked, 'previousRank'>, index: number, wasRanked: boolean): boolean =>
  wasRanked && previousRank !== index + 1;

/** `up 2`, `down 1`, `new`, `as before`. */
export function movedWord({ previousRank }: Ranked, index: number, wasRanked: boolean): string {
  if (!wasRanked) return 'first ranking';
  if (previousRank === null) return 'new';
  const by = previousRank - (index + 1);
  return by === 0 ? 'as before' : by > 0 ? `up ${by}` : `down ${-by}`;
}

/** What is sent for a rank that only shifted, where nobody wrote anything: one change needs one reason. */
export const SHIFTED = 'Shifted: a priority above it was added or left out.';

/**
 * What has to be said of a rank, and whether it is. `changed`: it moved against the ranking before. `again`: it moved against what is stored, whose reason
 * was told of another rank. `shifted`: it only gave way to what was added or left out above it.
 */
export interface Standing {
  need: 'changed' | 'again' | 'shifted' | null;
  isMissing: boolean;
}

/** By code. The server asks the same. */
export function standingsOf(ranked: readonly Ranked[], wasRanked: boolean): ReadonlyMap<string, Standing> {
  const before = outOfOrder(ranked, ({ previousRank }) => previousRank);
  const stored = outOfOrder(ranked, ({ storedRank }) => storedRank);
  return new Map(
    ranked.map((each, index): [string, Standing] => {
      const words = each.rationale.trim();
      const isOther = isChanged(each, index, wasRanked);
      if (stored.has(each.code))
        return [each.code, { need: 'again', isMissing: words === '' || words === each.storedRationale.trim() }];
      if (isOther && (each.previousRank === null || before.has(each.code)))
        return [each.code, { need: 'changed', isMissing: words === '' }];
      return [each.code, { need: isOther ? 'shifted' : null, isMissing: false }];
    }),
  );
}

/** Codes of those that stand elsewhere among those with such a rank than by it. */
function outOfOrder(ranked: readonly Ranked[], rankOf: (each: Ranked) => number | null): ReadonlySet<string> {
  const having = ranked.filter((each) => rankOf(each) !== null);
  const former = [...having].sort((a, b) => rankOf(a)! - rankOf(b)! || (a.code < b.code ? -1 : 1));
  return new Set(having.flatMap(({ code }, index) => (former[index]!.code === code ? [] : [code])));
}

/** As it is sent: in this order, with what was said. */
export const itemsOf = (ranked: readonly Ranked[], wasRanked: boolean): SavePriorityOrder['items'] => {
  const standings = standingsOf(ranked, wasRanked);
  return ranked.map(({ code, rationale }) => {
    const words = rationale.trim();
    return { code, rationale: words !== '' ? words : standings.get(code)?.need === 'shifted' ? SHIFTED : null };
  });
};

/**
 * One's own order on top of somebody else's: what they said stays where one has not said anything else, and what they added comes last.
 *
 * @param mine in its order
 * @param began what one began with
 */
export function onTopOf(theirs: PriorityOrder, mine: readonly Ranked[], began: PriorityOrder): Ranked[] {
  const stored = new Map(rankedOf(theirs).map((each) => [each.code, each]));
  const first = new Map(rankedOf(began).map(({ code, rationale }) => [code, rationale]));
  const kept = mine.flatMap(({ code, rationale }) => {
    const now = stored.get(code);
    stored.delete(code);
    return now === undefined ? [] : [first.get(code) === rationale ? now : { ...now, rationale }];
  });
  return [...kept, ...stored.values()];
}

/** Where two rankings differ: place and reason in theirs and in one's own; null: not in it. */
export interface Difference {
  code: string;
  name: string;
  theirs: { place: number | null; rationale: string };
  mine: { place: number | null; rationale: string };
}

export function differencesOf(theirs: PriorityOrder, mine: readonly Ranked[]): Difference[] {
  const own = new Map(mine.map((each, index) => [each.code, { place: index + 1, rationale: each.rationale.trim() }]));
  const stored = theirs.items.map(({ code, name, rank, rationale }) => ({
    ...{ code, name, theirs: { place: rank, rationale: (rationale ?? '').trim() } },
    mine: own.get(code) ?? { place: null, rationale: '' },
  }));
  const known = new Set(stored.map(({ code }) => code));
  const gone = mine
    .filter(({ code }) => !known.has(code))
    .map(({ code, name }) => ({ code, name, theirs: { place: null, rationale: '' }, mine: own.get(code)! }));
  return [...stored, ...gone].filter(({ theirs: a, mine: b }) => a.place !== b.place || a.rationale !== b.rationale);
}
