import type { IndicatorTrend } from '../../../server/contract/indicator.js';
import { counted } from '../../../server/contract/format.js';
import { localised } from '../../../server/contract/locale-number.js';

/** The value as it was entered, with its unit. */
export const valueText = (value: string, unit: string | null): string =>
  unit === null ? localised(value) : `${localised(value)} ${unit}`;

/**
 * `9 own indicators; 2 serve nothing: activity, not value.`
 * @param isPart whether a portfolio or a unit is looked at: what serves nothing is of none
 */
export function messageOf(items: readonly IndicatorTrend[], isPart: boolean): string {
  const idle = items.filter(({ isActivity }) => isActivity).length;
  const all = counted(items.length, 'own indicator');
  if (items.length === 0) return isPart ? 'No own indicator serves this part of IT.' : 'No own indicator is defined.';
  if (idle === 0) return `${all}; each serves an outcome or a capability.`;
  return `${all}; ${idle} ${idle === 1 ? 'serves' : 'serve'} nothing: activity, not value.`;
}

/** What the scorecard says of them after its metrics: ` 1 own indicator has really changed.` */
export function changedWords(items: readonly IndicatorTrend[]): string {
  const changed = items.filter(({ signal }) => signal.state === 'signal').length;
  if (changed === 0) return '';
  return ` ${changed} of ${counted(items.length, 'own indicator')} ${changed === 1 ? 'has' : 'have'} really changed.`;
}
