/**
 * The value below which a part of all values lies, interpolated between its two neighbours as `percentile_cont` of SQL does.
 * @param sorted ascending, not empty
 * @param part 0 to 1
 */
export const percentile = (sorted: readonly number[], part: number): number => {
  const place = (sorted.length - 1) * part;
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below + (above - below) * (place - Math.floor(place));
};
