/** Where labels and ticks of drawings stand. Pure. */

/** Labels that do not touch one named before. Most important first; `least` is the width that one takes. */
export function apart<L extends { at: number }>(labels: readonly L[], band: number, width: number, least: number): L[] {
  const place = ({ at }: L) => Math.min(Math.max((at + 0.5) * band, least / 2), width - least / 2);
  return labels.reduce<L[]>(
    (kept, label) => (kept.every((other) => Math.abs(place(other) - place(label)) >= least) ? [...kept, label] : kept),
    [],
  );
}

const STEPS = [1, 2, 2.5, 5, 10];

/** Two to five round amounts between the ends, with 0. */
export function ticksOf(min: number, max: number): number[] {
  const range = max - min;
  if (range <= 0) return [0];
  const raw = range / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * STEPS.find((each) => each * power >= raw)!;
  const first = Math.ceil(min / step);
  const last = Math.floor(max / step);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}
