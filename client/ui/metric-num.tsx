import type { Metric } from '../../server/contract/metric.js';
import { scaleFor, type Scale } from '../../server/contract/format.js';
import { metricNull } from '../../server/contract/null-words.js';
import { isNoneRecorded, letterOf, metricNumber, metricText, unitBeside } from './metric-text';
import { Num } from './num';
import { usePageScope } from './page-scope';

interface MetricNumProps {
  metric: Pick<Metric, 'id' | 'name' | 'value' | 'unit' | 'nullReason' | 'n'>;
  /** In a sentence the unit follows; in a column it stands in a header or beside. */
  withUnit?: boolean;
  /** The one scale of a column of money. */
  scale?: Scale;
  className?: string;
  /** The number as text, where its place asks for more digits than all others have. */
  as?: string;
}

/** A metric's figure in its period, leading to its trace; where there is none, `x`, `z` or `c` with the reason as its name. */
export function MetricNum({ metric, withUnit = false, scale, className = '', as }: MetricNumProps) {
  const { currency } = usePageScope();
  const { id, name, value, unit, nullReason } = metric;
  const none = isNoneRecorded(metric) ? ', none recorded' : '';
  if (value === null)
    return (
      <Num trace={{ figure: id }} label={`${name}: ${metricNull(nullReason, id)}`} className={`num-none ${className}`}>
        {letterOf(nullReason)}
      </Num>
    );
  const own = unit === 'money' ? (scale ?? scaleFor([String(value)])) : undefined;
  const beside = withUnit ? unitBeside(unit, currency, own) : '';
  return (
    <Num
      trace={{ figure: id }}
      label={`${name}: ${as ?? metricText(value, unit, currency)}${none}`}
      className={className}
    >
      {as ?? metricNumber(value, unit, own)}
      {beside && ` ${beside}`}
      {withUnit && none}
    </Num>
  );
}
