import type { Metric } from '../../../server/contract/metric.js';
import type { ServiceLevel } from '../../../server/contract/service-level.js';
import { counted } from '../../lib/format';
import { changedFigures, FIGURE_WORDS, figureText, hasTooFew } from './figures';

/** What the page of services says on top, by rule. */

/** After the figure of availability: how it stands against its target. */
export function againstTarget({ status, target }: Pick<Metric, 'status' | 'target'>): string {
  if (target === null || status === null) return '.';
  const goal = figureText('availability', Number(target));
  if (status === 'met') return `, which meets the target of ${goal}.`;
  return status === 'near' ? `, just short of the target of ${goal}.` : `, which misses the target of ${goal}.`;
}

/** What has really changed, and which service is least available. */
export function serviceWords(items: readonly ServiceLevel[]): string {
  if (items.length === 0) return '';
  return [changes(items), lowest(items)].filter(Boolean).join(' ');
}

function changes(items: readonly ServiceLevel[]): string {
  if (items.every(hasTooFew)) return 'There are too few quarters to tell whether any service has really changed.';
  const changed = items.filter((item) => changedFigures(item).length > 0);
  if (changed.length === 0) return 'No service has really changed: all move as chance has it.';
  const [first, ...rest] = changed.map(
    (item) =>
      `${item.name} (${changedFigures(item)
        .map((name) => `${FIGURE_WORDS[name].short} ${directionOf(item, name)}`)
        .join(', ')})`,
  );
  const more = rest.length === 0 ? '' : rest.length === 1 ? ` and ${rest[0]}` : ` and ${rest.length} more`;
  return `${changed.length} of ${counted(items.length, 'service')} ${changed.length === 1 ? 'has' : 'have'} really changed: ${first}${more}.`;
}

const directionOf = ({ figures }: ServiceLevel, name: keyof ServiceLevel['figures']): string =>
  figures[name].signal.direction ?? 'changed';

function lowest(items: readonly ServiceLevel[]): string {
  const known = items.flatMap(({ name, figures: { availability } }) =>
    availability.value === null ? [] : [{ name, value: availability.value }],
  );
  if (known.length < 2) return '';
  const least = known.reduce((a, b) => (b.value < a.value ? b : a));
  return `Least available: ${least.name}, ${figureText('availability', least.value)}.`;
}
