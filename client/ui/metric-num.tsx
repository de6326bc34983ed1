import type { Metric } from '../../server/contract/metric.js';
import { scaleFor, type Scale } from '../lib/format';
import { letterOf, metricNull, metricNumber, metricText, unitBeside } from './metric-text';
import { Num } from './num';
import { usePageScope } from './page-scope';

interface MetricNumProps {
  metric: Pick<Metric, 'id' | 'name' | 'value' | 'unit' | 'nullReason'>;
  /** In a sentence the unit follows; in a column it stands in a header or beside. */
  withUnit?: boolean;
  /** The one scale of a column of money. */
  scale?: Scale;
  className?: string;
}

/** A metric's figure in its period, leading to its trace; where there is none, `x`, `z` or `c` with the reason as its name. */
export function MetricNum({ metric, withUnit = false, scale, className = '' }: MetricNumProps) {
  const { currency } = usePageScope();
  const { id, name, value, unit, nullReason } = metric;
  if (value === null)
    return (
      <Num trace={{ figure: id }} label={`${name}: ${metricNull(nullReason)}`} className={`num-none ${className}`}>
        {letterOf(nullReason)}
      </Num>
    );
  const own = unit === 'money' ? (scale ?? scaleFor([String(value)])) : undefined;
  const beside = withUnit ? unitBeside(unit, currency, own) : '';
  return (
    <Num trace={{ figure: id }} label={`${name}: ${metricText(value, unit, currency)}`} className={className}>
      {metricNumber(value, unit, own)}
      {beside && ` ${beside}`}
    </Num>
  );
}
