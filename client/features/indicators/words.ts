import type { IndicatorTrend } from '../../../server/contract/indicator.js';
import { counted } from '../../lib/format';
import { localised } from '../../lib/locale-number';

/** The value as it was entered, with its unit. */
export const valueText = (value: string, unit: string | null): string =>
  unit === null ? localised(value) : `${localised(value)} ${unit}`;

/** `9 own indicators, 2 of them activity, not value.` */
export function messageOf(items: readonly IndicatorTrend[]): string {
  const idle = items.filter(({ isActivity }) => isActivity).length;
  const all = counted(items.length, 'own indicator');
  if (items.length === 0) return 'No own indicator is defined.';
  if (idle === 0) return `${all}; each serves an outcome or a capability.`;
  return `${all}; ${idle} ${idle === 1 ? 'serves' : 'serve'} nothing: activity, not value.`;
}
