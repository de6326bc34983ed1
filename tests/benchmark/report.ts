import { writeSync } from 'node:fs';

/** The middle of the sorted figures. */
export const median = (figures: readonly number[]): number => {
  const sorted = [...figures].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
};

/** Prints one benchmark: what was measured on, then its figures to three digits. */
export const report = (
  title: string,
  on: Record<string, number | string>,
  figures: readonly (readonly [string, number])[],
): void => {
  const lines = [
    `\n${title}  (${Object.entries(on)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')})`,
    ...figures.map(([name, value]) => `  ${name.padEnd(44)} ${Number(value.toPrecision(3))}`),
  ];
  // At once: the run is ended by force, and what a pipe still buffers then would be lost.
  writeSync(1, `${lines.join('\n')}\n`);
};
