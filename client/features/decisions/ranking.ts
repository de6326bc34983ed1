import type { PriorityOrder, SavePriorityOrder } from '../../../server/contract/priority.js';

/** A ranking that is being made: in its order, what is not ranked last, with what is said of each, and what is stored of it. */
export interface Ranked {
  code: string;
  name: string;
  /** Null: not ranked. Ranks may be equal or leave gaps. */
  rank: number | null;
  previousRank: number | null;
  rationale: string;
  storedRank: number | null;
  storedRationale: string;
}

export const rankedOf = ({ items }: PriorityOrder): Ranked[] =>
  items.map(({ code, name, rank, previousRank, rationale }) => ({
    ...{ code, name, rank, previousRank, rationale: rationale ?? '' },
    ...{ storedRank: rank, storedRationale: rationale ?? '' },
  }));

/** The ranks of the ranking before; what had none then has none, and keeps its words. */
export const asBefore = (ranked: readonly Ranked[]): Ranked[] =>
  ranked
    .map((each) => ({ ...each, rank: each.previousRank }))
    .sort((a, b) => (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER));

const isRanked = ({ rank }: Pick<Ranked, 'rank'>): boolean => rank !== null;
/** How many have a rank: the place at which the others begin. */
export const rankedCount = (ranked: readonly Ranked[]): number => ranked.filter(isRanked).length;

/** What is not ranked gets the ranks after the last, in its order. */
export const allRanked = (ranked: readonly Ranked[]): Ranked[] => dealt(ranked.filter(isRanked), ranked);

/**
 * One of them at another place; the others keep their order, and their ranks where they can.
 *
 * @param part where it stands from now on: among those that are ranked, or those that are not
 */
export function moved(ranked: readonly Ranked[], code: string, to: number, part: 'ranked' | 'unranked'): Ranked[] {
  const one = ranked.find((each) => each.code === code);
  if (!one) return [...ranked];
  const rest = ranked.filter((each) => each.code !== code);
  const count = rankedCount(rest);
  const at = part === 'ranked' ? Math.min(Math.max(to, 0), count) : Math.min(Math.max(to, count), rest.length);
  const order = [...rest.slice(0, at), one, ...rest.slice(at)];
  const cut = part === 'ranked' ? count + 1 : count;
  return [
    ...dealt(ranked.filter(isRanked), order.slice(0, cut)),
    ...order.slice(cut).map((each) => ({ ...each, rank: null })),
  ];
}

/**
 * Ranks of a new order. Above the first place that differs they stay; below the last they give way to what was added, close up to what was left out,
 * and stay equal where they were. Between them they are dealt anew, one for each.
 */
function dealt(former: readonly Ranked[], order: readonly Ranked[]): Ranked[] {
  const shift = order.length - former.length;
  const isSame = (at: number, formerAt: number): boolean => order[at]!.code === former[formerAt]?.code;
  let head = 0;
  while (head < order.length && isSame(head, head)) head += 1;
  let tail = order.length;
  while (tail > head && isSame(tail - 1, tail - 1 - shift)) tail -= 1;
  const wantedAt = (at: number): number => {
    if (at < head) return order[at]!.rank!;
    if (at >= tail) return order[at]!.rank! + shift;
    return shift === 0 ? former[at]!.rank! : 0;
  };
  const isKept = (at: number): boolean => at < head || at >= tail;
  const result: Ranked[] = [];
  for (const [at, each] of order.entries()) {
    const last = result.at(-1)?.rank ?? 0;
    const isBesideKept = isKept(at) && at > 0 && (at !== tail || head === tail);
    const isTied = isBesideKept && order[at - 1]!.rank === each.rank;
    result.push({ ...each, rank: isTied ? last : Math.max(wantedAt(at), last + 1) });
  }
  return result;
}

/** Whether there is a rank that is another than in the ranking before. */
export const isChanged = ({ rank, previousRank }: Pick<Ranked, 'rank' | 'previousRank'>, wasRanked: boolean): boolean =>
  wasRanked && rank !== null && previousRank !== rank;

/** `up 2`, `down 1`, `new`, `as before`; of what is not ranked, where it was. */
export function movedWord({ rank, previousRank }: Ranked, wasRanked: boolean): string {
  if (rank === null) return previousRank === null ? 'not ranked' : `was ${previousRank}`;
  if (!wasRanked) return 'first ranking';
  if (previousRank === null) return 'new';
  const by = previousRank - rank;
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
    ranked.map((each): [string, Standing] => {
      const words = each.rationale.trim();
      const isOther = isChanged(each, wasRanked);
      if (stored.has(each.code))
        return [each.code, { need: 'again', isMissing: words === '' || words === each.storedRationale.trim() }];
      if (isOther && (each.previousRank === null || before.has(each.code)))
        return [each.code, { need: 'changed', isMissing: words === '' }];
      return [each.code, { need: isOther ? 'shifted' : null, isMissing: false }];
    }),
  );
}

/** Codes of those that stand elsewhere among those ranked with such a rank than by it. */
function outOfOrder(ranked: readonly Ranked[], rankOf: (each: Ranked) => number | null): ReadonlySet<string> {
  const having = ranked.filter((each) => isRanked(each) && rankOf(each) !== null);
  const former = having.map((each) => rankOf(each)!).sort((a, b) => a - b);
  return new Set(having.flatMap((each, index) => (former[index] === rankOf(each) ? [] : [each.code])));
}

/**
 * How many had one rank through all quarters that are ranked: what was new in one of them, or left out, had not.
 *
 * @param lines ranks of each by quarter; null: none
 */
export function steadyCount(lines: readonly (readonly (number | null)[])[]): number {
  const ranked = (lines[0] ?? []).map((_, at) => lines.some((ranks) => ranks[at] !== null));
  return lines.filter((ranks) => {
    const held = new Set(ranks.filter((_, at) => ranked[at]));
    return held.size === 1 && !held.has(null);
  }).length;
}

/** As it is sent: in this order, with its ranks and what was said. */
export const itemsOf = (ranked: readonly Ranked[], wasRanked: boolean): SavePriorityOrder['items'] => {
  const standings = standingsOf(ranked, wasRanked);
  return ranked.map(({ code, rank, rationale }) => {
    const words = rationale.trim();
    return { code, rank, rationale: words !== '' ? words : standings.get(code)?.need === 'shifted' ? SHIFTED : null };
  });
};

/**
 * One's own order on top of somebody else's: what they said stays where one has not said anything else, and what they added comes last, among what is
 * ranked where they ranked it.
 *
 * @param mine in its order
 * @param began what one began with
 */
export function onTopOf(theirs: PriorityOrder, mine: readonly Ranked[], began: PriorityOrder): Ranked[] {
  const stored = new Map(rankedOf(theirs).map((each) => [each.code, each]));
  const first = new Map(rankedOf(began).map(({ code, rationale }) => [code, rationale]));
  const kept = mine.flatMap(({ code, rank, rationale }) => {
    const now = stored.get(code);
    stored.delete(code);
    return now === undefined ? [] : [{ ...now, rank, ...(first.get(code) !== rationale && { rationale }) }];
  });
  const order = [...kept, ...stored.values()];
  return [...dealt(mine.filter(isRanked), order.filter(isRanked)), ...order.filter((each) => !isRanked(each))];
}

/** Where two rankings differ: rank and reason in theirs and in one's own; null: not ranked, or not in it. */
export interface Difference {
  code: string;
  name: string;
  theirs: { place: number | null; rationale: string };
  mine: { place: number | null; rationale: string };
}

export function differencesOf(theirs: PriorityOrder, mine: readonly Ranked[]): Difference[] {
  const own = new Map(mine.map((each) => [each.code, { place: each.rank, rationale: each.rationale.trim() }]));
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
