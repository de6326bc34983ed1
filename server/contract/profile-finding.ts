import { compare } from './decimal.js';
import type { Profile } from './overview.js';

/** What a profile of benefits by quarter says: what pages word, each in its own way. */

type Quarters = Profile['quarters'];
type Value = Quarters[number]['cumulative']['value'];
type Known<Figure extends Value> = Figure & { readonly value: string };

export type ProfileFinding =
  /** Nothing is realised or expected. */
  | { readonly kind: 'nothing' }
  /** Nothing is realised yet. */
  | { readonly kind: 'expected'; readonly to: string; readonly value: Known<Value> }
  | { readonly kind: 'unplanned'; readonly to: string; readonly value: Known<Value> }
  | {
      readonly kind: 'on' | 'above' | 'below';
      readonly to: string;
      readonly variance: Known<Value>;
      /** Of what lies below: the quarter from which the forecast is at plan, or the last one to which it stays below. Null without a forecast beside a plan. */
      readonly forecast: { readonly isBack: boolean; readonly period: string } | null;
    };

const isKnown = <Figure extends Value>(figure: Figure): figure is Known<Figure> => figure.value !== null;

/** How far the realised benefit lies from plan, and whether the forecast returns to it; null without a quarter. */
export function profileFinding(quarters: Quarters): ProfileFinding | null {
  const actual = quarters.filter(({ scenario }) => scenario === 'AC').at(-1);
  const last = quarters.at(-1);
  if (last === undefined) return null;
  const realised = actual?.cumulative.value;
  if (actual === undefined || realised === undefined || !isKnown(realised)) {
    const { value } = last.cumulative;
    return isKnown(value) ? { kind: 'expected', to: last.period, value } : { kind: 'nothing' };
  }
  const { period: to, cumulative } = actual;
  const { variance } = cumulative;
  if (!isKnown(variance)) return { kind: 'unplanned', to, value: realised };
  const side = compare(variance.value, '0');
  if (side >= 0) return { kind: side === 0 ? 'on' : 'above', to, variance, forecast: null };
  const differences = quarters.flatMap(({ scenario, period, quarter }) =>
    scenario === 'FC' && isKnown(quarter.variance) ? [{ period, value: quarter.variance.value }] : [],
  );
  const back = differences.find((difference) => compare(difference.value, '0') >= 0);
  const period = back?.period ?? last.period;
  return {
    kind: 'below',
    to,
    variance,
    forecast: differences.length === 0 ? null : { isBack: back !== undefined, period },
  };
}
