import type { CaseFigure, DueForecastFigure } from '../../../server/contract/case.js';
import { percent, scaled, unitOf, type Scale } from '../../../server/contract/format.js';
import { nullSentence } from '../../../server/contract/null-words.js';
import { stepOfLink } from '../../lib/trace-path';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';

export type Form = 'money' | 'share' | 'months';

interface FigureProps {
  figure: Pick<CaseFigure, 'value' | 'trace'> & {
    nullReason?: CaseFigure['nullReason'] | DueForecastFigure['nullReason'];
  };
  /** What the number is, for its name: `NPV as planned`. */
  name: string;
  form: Form;
  scale: Scale;
  currency: string;
  /** In a sentence the unit follows; in a table it stands with the row. */
  withUnit?: boolean;
  /** Said after the number. */
  remark?: string;
}

/** A figure of the case, as a number with the trace that it came with; what has no value is `x`, and why opens with it. */
export function Figure({ figure, name, form, scale, currency, withUnit = false, remark = '' }: FigureProps) {
  const page = usePageScope();
  const step = stepOfLink(figure.trace, page);
  const { text, spoken } = print(figure.value, { form, scale, currency });
  const why = nullSentence(figure.nullReason ?? 'nothing_recorded');
  const label = figure.value === null ? `${name}: no value. ${why}` : `${name} ${spoken}${remark && `, ${remark}`}`;
  const content = withUnit ? spoken : text;
  if (step === null) return <span aria-label={label}>{content}</span>;
  return (
    <Num trace={step} label={label}>
      {content}
    </Num>
  );
}

function print(
  value: string | null,
  { form, scale, currency }: Pick<FigureProps, 'form' | 'scale' | 'currency'>,
): { text: string; spoken: string } {
  if (value === null) return { text: 'x', spoken: 'x' };
  if (form === 'share') return { text: percent(value), spoken: percent(value) };
  if (form === 'months') return { text: value.replace('-', '−'), spoken: `${value.replace('-', '−')} months` };
  const text = scaled(value, scale);
  return { text, spoken: `${text} ${unitOf(scale, currency)}` };
}
