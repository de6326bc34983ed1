/** What is written beside lines of ranks, so that nothing lies over anything else. Pure. */

/**
 * Ranks at the axis: 1 and every so many after it (1, 2, 5, 10, 20, …), the least step that leaves them room.
 *
 * @param most the last rank
 * @param room how many labels fit
 */
export function rankTicks(most: number, room: number): number[] {
  const fit = Math.max(1, Math.floor(room));
  let step = 1;
  for (let at = 0; Math.ceil(most / step) > fit; at += 1) step = [2, 5, 10][at % 3]! * 10 ** Math.floor(at / 3);
  return Array.from({ length: Math.ceil(most / step) }, (_, index) => 1 + index * step);
}

/**
 * Keys of the names that can be written without lying over another one; those that moved go first, then the highest.
 *
 * @param least pixels from one to the next
 */
export function namesWithRoom(
  names: readonly { key: string; at: number; isMoved: boolean }[],
  least: number,
): ReadonlySet<string> {
  const placed: number[] = [];
  const kept = new Set<string>();
  for (const { key, at } of [...names].sort((a, b) => Number(b.isMoved) - Number(a.isMoved) || a.at - b.at)) {
    if (placed.some((other) => Math.abs(other - at) < least)) continue;
    placed.push(at);
    kept.add(key);
  }
  return kept;
}
