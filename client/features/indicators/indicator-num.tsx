import type { IndicatorTrend } from '../../../server/contract/indicator.js';
import { day } from '../../../server/contract/format.js';
import { localised } from '../../../server/contract/locale-number.js';
import { Num } from '../../ui/num';
import { valueText } from './words';

type Named = Pick<IndicatorTrend, 'code' | 'name' | 'unit'>;

interface IndicatorNumProps {
  indicator: Named;
  value: string | null;
  /** What the value is of, where it is not the period of the page: another period, or one month. */
  period?: string;
  month?: string;
  withUnit?: boolean;
}

/** A value of an own indicator, leading to who entered it, when, and on what evidence. */
export function IndicatorNum({ indicator, value, period, month, withUnit = false }: IndicatorNumProps) {
  const { code, name, unit } = indicator;
  const trace = {
    figure: 'indicator.value' as const,
    indicator: code,
    ...(month !== undefined && { month }),
    ...(period !== undefined && { period }),
  };
  if (value === null)
    return (
      <Num {...{ trace }} label={`${name}: no value in the period`} className="num-none">
        x
      </Num>
    );
  const when = month === undefined ? '' : ` in ${day(month)}`;
  return (
    <Num {...{ trace }} label={`${name}${when}: ${valueText(value, unit)}`}>
      {withUnit ? valueText(value, unit) : localised(value)}
    </Num>
  );
}
