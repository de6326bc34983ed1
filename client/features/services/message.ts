import type { Metric } from '../../../server/contract/metric.js';
import type { ServiceLevel } from '../../../server/contract/service-level.js';
import { counted, toldApart } from '../../../server/contract/format.js';
import { changedFigures, FIGURE_WORDS, figureText, hasTooFew } from './figures';

/** What the page of services says on top, by rule. */

/** After the figure of availability: how it stands against its target. */
export function againstTarget({ status, value, target }: Pick<Metric, 'status' | 'value' | 'target'>): string {
  if (target === null || status === null) return '.';
  const [, goal] = toldApart(value, target);
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
  const worse = items.flatMap((item) => {
    const names = changedFigures(item).filter((name) => item.figures[name].signal.direction === 'worsening');
    return names.length === 0 ? [] : [`${item.name} (${names.map((name) => FIGURE_WORDS[name].short).join(', ')})`];
  });
  const better = items.filter((item) => changedFigures(item).length > 0).length - worse.length;
  if (worse.length > 0) return `${capital(counted(worse.length, 'service'))} really got worse: ${listed(worse)}.`;
  if (better > 0) return `${better} of ${counted(items.length, 'service')} really improved, and none got worse.`;
  return 'No service has really changed: all move as chance has it.';
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The first two by name, the rest counted. */
function listed(names: readonly string[]): string {
  if (names.length <= 2) return names.join(' and ');
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}

function lowest(items: readonly ServiceLevel[]): string {
  const known = items.flatMap(({ name, figures: { availability } }) =>
    availability.value === null ? [] : [{ name, value: availability.value }],
  );
  if (known.length < 2) return '';
  const least = known.reduce((a, b) => (b.value < a.value ? b : a));
  return `Least available: ${least.name}, ${figureText('availability', least.value)}.`;
}
