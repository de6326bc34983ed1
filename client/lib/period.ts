/** Fiscal quarters, written `2026-Q3`. A fiscal year is named by the calendar year in which it ends. */

const PERIOD = /^(\d{4})-Q([1-4])$/;

/** Quarters of the years that the server knows. */
export const isPeriod = (text: string): boolean => PERIOD.test(text) && /^(19|2[01])/.test(text);

function split(period: string): { year: number; quarter: number } {
  const match = PERIOD.exec(period);
  if (!match) throw new RangeError(`Not a period: ${period}`);
  return { year: Number(match[1]), quarter: Number(match[2]) };
}

/** The quarter so many quarters later (or earlier). */
export function shiftPeriod(period: string, quarters: number): string {
  const { year, quarter } = split(period);
  const index = year * 4 + (quarter - 1) + quarters;
  return `${Math.floor(index / 4)}-Q${(((index % 4) + 4) % 4) + 1}`;
}

/** `2026 Q3`, or `FY2026 Q3` where the fiscal year does not start in January. */
export function periodLabel(period: string, fiscalYearStartMonth = 1): string {
  const { year, quarter } = split(period);
  return `${fiscalYearStartMonth === 1 ? '' : 'FY'}${year} Q${quarter}`;
}

/** The last day that belongs to the quarter, `2026-09-30`. */
export function lastDay(period: string, fiscalYearStartMonth = 1): string {
  const { year, quarter } = split(period);
  const startYear = fiscalYearStartMonth === 1 ? year : year - 1;
  const endMonth = fiscalYearStartMonth - 1 + quarter * 3;
  return new Date(Date.UTC(startYear, endMonth, 0)).toISOString().slice(0, 10);
}

/** Quarters to choose from, newest first: the one under way, six years back, some around where pages open, and the chosen one wherever it lies. */
export function periodChoices(current: string, open: string, chosen: string): string[] {
  const choices = new Set<string>([chosen]);
  for (let ahead = 0; ahead >= -23; ahead -= 1) choices.add(shiftPeriod(current, ahead));
  for (let ahead = 4; ahead >= -7; ahead -= 1) choices.add(shiftPeriod(open, ahead));
  return [...choices]
    .filter((choice) => choice <= current || choice === chosen)
    .sort()
    .reverse();
}
