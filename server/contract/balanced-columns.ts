/** Room that is moved from one column to another at a time, in parts of the whole table: first much, then less. */
const STEPS = [1 / 10, 1 / 20, 1 / 40, 1 / 80];
/** A text is short up to this part of the whole: a date, an amount with its unit. */
const SHORT = 1 / 8;
/** Lines break between words, and so a little before their end. */
const BREAKS = 1.06;

/**
 * Widths of columns that make a table low: room goes from column to column as long as that saves lines, and breaks no
 * short text that stood on one line. What is measured may be of any unit.
 *
 * @param widths to begin with; their sum stays as it is
 * @param least that each column may have
 * @param rows of each cell, how wide its text is on one line
 * @param inside of each width, what is no room for text
 */
export function balanced(
  widths: readonly number[],
  least: readonly number[],
  rows: readonly (readonly number[])[],
  inside: number,
): number[] {
  const linesIn = (tried: readonly number[]): number =>
    rows.reduce(
      (sum, texts) =>
        sum +
        texts.reduce((most, text, at) => {
          const room = tried[at]! - inside;
          return Math.max(most, text <= room ? 1 : Math.ceil((text * BREAKS) / room));
        }, 1),
      0,
    );
  const total = widths.reduce((sum, width) => sum + width, 0);
  const floors = widths.map((width, at) => {
    const short = rows.map((texts) => texts[at]!).filter((text) => text <= total * SHORT);
    return Math.max(least[at]!, Math.min(width, Math.max(0, ...short) * BREAKS + inside));
  });
  let best = [...widths];
  let lines = linesIn(best);
  const moved = (from: number, to: number, step: number): number[] =>
    best.map((width, at) => (at === from ? width - step : at === to ? width + step : width));
  for (const step of STEPS.map((part) => part * total))
    for (let isLess = true; isLess && lines > rows.length;) {
      const ways = best.flatMap((width, from) =>
        width - step < floors[from]!
          ? []
          : best.flatMap((_, to) => {
              if (to === from) return [];
              const tried = moved(from, to, step);
              return [{ tried, lines: linesIn(tried) }];
            }),
      );
      const low = ways.reduce<{ tried: number[]; lines: number } | null>(
        (lowest, way) => (way.lines < (lowest?.lines ?? lines) ? way : lowest),
        null,
      );
      isLess = low !== null;
      if (low !== null) [best, lines] = [low.tried, low.lines];
    }
  return best;
}
