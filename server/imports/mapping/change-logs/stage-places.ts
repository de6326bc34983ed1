import type { StageKind } from './stage-words.js';

/** How often items went from one status to another, by both names. */
export class Flows {
  private readonly counts = new Map<string, Map<string, number>>();

  add(from: string, to: string, times = 1): void {
    const goes = this.counts.get(from) ?? new Map<string, number>();
    goes.set(to, (goes.get(to) ?? 0) + times);
    this.counts.set(from, goes);
  }

  of(from: string, to: string): number {
    return this.counts.get(from)?.get(to) ?? 0;
  }

  each(see: (from: string, to: string, times: number) => void): void {
    for (const [from, goes] of this.counts) for (const [to, times] of goes) see(from, to, times);
  }

  /** The same history read backwards. */
  reversed(): Flows {
    const other = new Flows();
    this.each((from, to, times) => other.add(to, from, times));
    return other;
  }
}

export interface PlacedStatus {
  status: string;
  kind: StageKind;
}

/** Names of statuses in which work only pauses. */
export const INTERRUPTS = /wait|pending|hold|blocked|paused|suspend/i;

/** Whether work only pauses there: it goes back to where it came from, which is no rework. */
const isInterruption = ({ status, kind }: PlacedStatus, active: readonly PlacedStatus[], flows: Flows): boolean => {
  if (kind !== 'waiting') return false;
  if (INTERRUPTS.test(status)) return true;
  let [returns, all] = [0, 0];
  for (const one of active) {
    const [there, back] = [flows.of(one.status, status), flows.of(status, one.status)];
    returns += Math.min(there, back);
    all += Math.max(there, back);
  }
  return all > 0 && returns / all >= 0.5;
};

/** Which status comes before which: one from which work goes to the other more often than back, also by way of others; not where that is a circle. */
const precedence = (statuses: readonly PlacedStatus[], flows: Flows): ((one: number, other: number) => boolean) => {
  const reaches = statuses.map(({ status: from }) =>
    statuses.map(({ status: to }) => flows.of(from, to) > flows.of(to, from)),
  );
  statuses.forEach((_, by) =>
    reaches.forEach((row) => {
      if (row[by]) reaches[by]!.forEach((does, to) => (row[to] ||= does));
    }),
  );
  return (one, other) => reaches[one]![other]! && !reaches[other]![one]!;
};

/**
 * Places for new stages as the log shows that work goes: a move to a lower place is rework, so a stage gets a place only where the log shows one.
 * @param flows empty where the log holds no history: then work waits, is done and is finished
 * @returns by status its place, from 1; null for where work only pauses: moves to and from there are no rework
 */
export const placesOf = (statuses: readonly PlacedStatus[], flows: Flows): Map<string, number | null> => {
  const active = statuses.filter(({ kind }) => kind === 'active');
  const inWork = statuses.filter(({ kind }) => kind === 'active' || kind === 'waiting');
  const pauses = new Set(inWork.filter((one) => isInterruption(one, active, flows)).map(({ status }) => status));
  const inOrder = inWork.filter(({ status }) => !pauses.has(status));
  const isBefore = precedence(inOrder, flows);
  const found = new Map<number, number>();
  const placeAt = (at: number): number => {
    const known = found.get(at);
    if (known !== undefined) return known;
    const before = inOrder.map((_, other) => other).filter((other) => isBefore(other, at));
    const lowest = inOrder[at]!.kind === 'active' && inOrder.some(({ kind }) => kind === 'waiting') ? 2 : 1;
    const place = Math.max(lowest, ...before.map((other) => placeAt(other) + 1));
    found.set(at, place);
    return place;
  };
  const places = inOrder.map((_, at) => placeAt(at));
  const end = Math.max(0, ...places) + 1;
  return new Map<string, number | null>([
    ...inOrder.map(({ status }, at): [string, number] => [status, places[at]!]),
    ...[...pauses].map((status): [string, null] => [status, null]),
    ...statuses
      .filter(({ kind }) => kind === 'done' || kind === 'cancelled')
      .map(({ status }): [string, number] => [status, end]),
  ]);
};
