import { percentile } from './percentile.js';

/** What the panels of flow draw, out of items and counts. Days are elapsed days as numbers: they are drawn and compared, not added. */

export interface Percentiles {
  p50: number;
  p85: number;
  p95: number;
}

/**
 * Within how many days 50, 85 and 95 of 100 finished items were delivered.
 * @param enough with fewer items nothing is told
 */
export const percentilesOf = (days: readonly number[], enough: number): Percentiles | null => {
  if (days.length < enough) return null;
  const sorted = [...days].sort((a, b) => a - b);
  return { p50: percentile(sorted, 0.5), p85: percentile(sorted, 0.85), p95: percentile(sorted, 0.95) };
};

export interface Box {
  at: string;
  until: string;
  low: number;
  high: number;
  count: number;
}

const COLUMNS = 26;
const ROWS = 16;

/**
 * Items counted in equal boxes of time and days; boxes without items are left out.
 * @param from ISO instants: the first column begins at `from`, the last ends at `until`
 */
export const boxesOf = (items: readonly { at: string; days: number }[], from: string, until: string): Box[] => {
  const [start, end] = [Date.parse(from), Date.parse(until)];
  const width = (end - start) / COLUMNS;
  const height = Math.max(1, Math.max(0, ...items.map(({ days }) => days)) / ROWS);
  const boxes = new Map<string, Box>();
  for (const { at, days } of items) {
    const column = Math.min(COLUMNS - 1, Math.floor((Date.parse(at) - start) / width));
    const row = Math.min(ROWS - 1, Math.floor(days / height));
    const key = `${String(column).padStart(3, '0')} ${String(row).padStart(3, '0')}`;
    const box = boxes.get(key) ?? {
      at: new Date(start + column * width).toISOString(),
      until: new Date(start + (column + 1) * width).toISOString(),
      low: row * height,
      high: (row + 1) * height,
      count: 0,
    };
    box.count += 1;
    boxes.set(key, box);
  }
  return [...boxes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, box]) => box);
};

export interface Band {
  /** Of its stage; null of several in one. */
  code: string | null;
  name: string;
  kind: string | null;
  counts: number[];
}

/** Bands of a cumulative flow: all done work, and at most five more. */
const MOST_BANDS = 6;

/**
 * How many items stand in each stage at each point, from what is furthest on to what has just begun. Done work counts from the first point on;
 * cancelled work does not count. Where there are many stages, those that hold the fewest are one band.
 *
 * @param changes in the order of stages; `point` p is what has changed between the points p − 1 and p
 */
export const bandsOf = (
  changes: readonly { code: string; name: string; kind: string | null; point: number; change: number }[],
  points: number,
): Band[] => {
  const stages = new Map<string, Band>();
  for (const { code, name, kind, point, change } of changes) {
    if (kind === 'cancelled') continue;
    const key = kind === 'done' ? 'done' : `stage ${code}`;
    const band = stages.get(key) ?? {
      code: kind === 'done' ? null : code,
      name: kind === 'done' ? 'Done' : name,
      kind,
      counts: new Array<number>(points).fill(0),
    };
    for (let at = point; at < points; at += 1) band.counts[at]! += change;
    stages.set(key, band);
  }
  const done = stages.get('done');
  stages.delete('done');
  if (done) {
    const before = done.counts[0]!;
    // Where more was taken up again than done since, no band can be drawn.
    done.counts = done.counts.map((count) => Math.max(0, count - before));
  }
  const open = [...stages.values()].filter(({ counts }) => counts.some((count) => count > 0)).reverse();
  return [...(done ? [done] : []), ...merged(open, points)];
};

const merged = (bands: readonly Band[], points: number): Band[] => {
  if (bands.length < MOST_BANDS) return [...bands];
  const peak = ({ counts }: Band): number => Math.max(...counts);
  const kept = new Set([...bands].sort((a, b) => peak(b) - peak(a)).slice(0, MOST_BANDS - 2));
  const rest = bands.filter((band) => !kept.has(band));
  const counts = Array.from({ length: points }, (_one, at) => rest.reduce((sum, band) => sum + band.counts[at]!, 0));
  return [
    ...bands.filter((band) => kept.has(band)),
    { code: null, name: `${rest.length} other stages`, kind: null, counts },
  ];
};

/** More handoffs than these are one column. */
const MOST_HANDOFFS = 8;

/** Items by how often they changed hands: each number up to the highest, or up to eight and more. */
export const handoffCounts = (handoffs: readonly number[]): { handoffs: number; orMore: boolean; items: number }[] => {
  if (handoffs.length === 0) return [];
  const last = Math.min(MOST_HANDOFFS, Math.max(...handoffs));
  return Array.from({ length: last + 1 }, (_one, at) => ({
    handoffs: at,
    orMore: at === MOST_HANDOFFS && Math.max(...handoffs) > MOST_HANDOFFS,
    items: handoffs.filter((count) => Math.min(count, MOST_HANDOFFS) === at).length,
  }));
};

export interface Pair {
  from: string | null;
  to: string | null;
  count: number;
}

/** Teams that stand in the table by name. */
const MOST_TEAMS = 8;

/** Handoffs between the teams that pass on and receive the most; all others are one, under null. */
export const pairsOf = (
  handoffs: readonly { from: string; to: string; count: number }[],
): { teams: string[]; pairs: Pair[] } => {
  const totals = new Map<string, number>();
  for (const { from, to, count } of handoffs)
    for (const team of [from, to]) totals.set(team, (totals.get(team) ?? 0) + count);
  const teams = [...totals].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([team]) => team);
  const shown = teams.slice(0, teams.length > MOST_TEAMS + 1 ? MOST_TEAMS : teams.length);
  const known = (team: string): string | null => (shown.includes(team) ? team : null);
  const pairs = new Map<string, Pair>();
  for (const { from, to, count } of handoffs) {
    const pair = { from: known(from), to: known(to), count: 0 };
    const key = JSON.stringify([pair.from, pair.to]);
    pairs.set(key, { ...pair, count: (pairs.get(key)?.count ?? 0) + count });
  }
  return { teams: shown, pairs: [...pairs.values()].sort((a, b) => b.count - a.count) };
};
