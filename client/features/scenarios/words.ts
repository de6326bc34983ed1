import type { ScenarioChange } from '../../../server/contract/scenario-words.js';
import { counted, day } from '../../../server/contract/format.js';
import { localised } from '../../../server/contract/locale-number.js';

/** Changes in words. */

export const percentWords = (percent: string): string => `${localised(percent)}\u202f%`;
const months = (change: { months: number }): string => counted(change.months, 'month');

/** `Delay EX-INV-07 by 6 months from Jan 2027`. */
export function changeWords(change: ScenarioChange, code: string = change.code): string {
  const from = `from ${day(change.from)}`;
  if (change.kind === 'delay') return `Delay ${code} by ${months(change)} ${from}`;
  if (change.kind === 'funding') return `Fund ${code} at ${percentWords(change.percent)} of plan ${from}`;
  return `Stop ${code} ${from}`;
}

/** The beginning of a sentence: `Delaying EX-INV-07 by 6 months from Jan 2027`. */
export function doingWords(change: ScenarioChange): string {
  const words = changeWords(change);
  return words.replace(/^(Stop|Delay|Fund) /, (_, verb: string) => `${verb === 'Stop' ? 'Stopp' : verb}ing `);
}

/** One line for a list: the first change, and how many more there are. */
export function summaryOf(changes: readonly ScenarioChange[]): string {
  const [first, ...rest] = changes;
  if (!first) return 'No changes yet';
  return `${changeWords(first)}${rest.length === 0 ? '' : `, and ${counted(rest.length, 'more change')}`}`;
}
