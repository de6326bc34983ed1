import type { TracedFigure, VarianceFigure } from '../../../server/contract/overview.js';
import type { TwinCell } from '../../charts/twin';
import { isNegative, isZero } from '../../../server/contract/decimal.js';
import { inFull, percent, scaled, scaleFor, signed, unitOf, type Scale } from '../../../server/contract/format.js';
import { nullSentence } from '../../../server/contract/null-words.js';
import { stepOfLink } from '../../lib/trace-path';
import { Pad } from '../../ui/amount';
import { Num } from '../../ui/num';
import { usePageScope, type PageScope } from '../../ui/page-scope';

/** What the figures of a page are in: money is scaled, what has a unit of its own is not. */
export interface Measure {
  unit: string;
  scale: Scale;
}

const UNSCALED: Scale = { exponent: 0, suffix: '' };

export const measureOf = (isMoney: boolean, unit: string | null, amounts: readonly (string | null)[]): Measure => ({
  unit: unit ?? 'unit not stated',
  scale: isMoney ? scaleFor(amounts.filter((amount) => amount !== null)) : UNSCALED,
});

export const unitText = ({ unit, scale }: Measure): string => unitOf(scale, unit);

export type Form = 'amount' | 'share';

interface FigureProps {
  figure: TracedFigure;
  /** What the number is, for its name: `Realised to date`. */
  name: string;
  measure: Measure;
  form?: Form;
  /** In a sentence the unit follows; in a table it stands in the header. */
  withUnit?: boolean;
  isSigned?: boolean;
  /** Why there is none, where the server says. */
  nullReason?: string | null;
  /** In a column: the most decimals of its figures. */
  decimals?: number;
  remark?: string;
  shape?: string;
}

const plus = (value: string, text: string): string => (isZero(value) || isNegative(value) ? text : `+${text}`);

export function printed(value: string, form: Form, { scale }: Measure, isSigned: boolean): string {
  if (form === 'share') return isSigned ? plus(value, percent(value)) : percent(value);
  return isSigned ? signed(value, scale) : scaled(value, scale);
}

/** A figure of the benefit with the trace that it came with; what is not known is `x`, never 0 and never blank. */
export function Figure(props: FigureProps) {
  const { figure, name, measure, form = 'amount', withUnit = false, isSigned = false, decimals } = props;
  const { nullReason = null, remark = '', shape = '' } = props;
  const page = usePageScope();
  const step = stepOfLink(figure.trace, page);
  const text = figure.value === null ? null : printed(figure.value, form, measure, isSigned);
  const spoken = text === null || form === 'share' ? text : `${text} ${unitText(measure)}`;
  const why = nullReason === null ? 'not recorded' : nullSentence(nullReason);
  const label = spoken === null ? `${name}: ${why}` : `${name} ${spoken}${remark && `, ${remark}`}`;
  const content = (
    <>
      {shape && <span aria-hidden="true">{shape} </span>}
      {(withUnit ? spoken : text) ?? 'x'}
    </>
  );
  return (
    <>
      {step === null ? (
        <span aria-label={label}>{content}</span>
      ) : (
        <Num trace={step} label={label}>
          {content}
        </Num>
      )}
      {decimals !== undefined && text !== null && <Pad text={text} decimals={decimals} />}
    </>
  );
}

/** A difference: signed, with a shape that says as its colour does whether it is good, and with what it means in its name. */
export function Difference({ figure, ...rest }: Omit<FigureProps, 'figure' | 'isSigned'> & { figure: VarianceFigure }) {
  const { value, impact } = figure;
  if (value === null) return <Figure figure={figure} {...rest} />;
  const tone = impact === 'favourable' ? 'variance-good' : impact === 'unfavourable' ? 'variance-bad' : '';
  const meant = impact === 'neutral' ? {} : { remark: impact, shape: impact === 'favourable' ? '▲' : '▼' };
  return (
    <span className={`figures ${tone}`} data-impact={impact}>
      <Figure figure={figure} isSigned {...rest} {...meant} />
    </span>
  );
}

/** A figure in a table twin: every digit, and its trace. */
export function cellOf(figure: TracedFigure, name: string, unit: string, page: PageScope): TwinCell {
  const { value, trace } = figure;
  if (value === null) return null;
  return {
    number: value,
    printed: inFull(value),
    trace: stepOfLink(trace, page),
    label: `${name} ${inFull(value, unit)}`,
  };
}

/** A difference in a table twin, signed. */
export function differenceCell(figure: VarianceFigure, name: string, unit: string, page: PageScope): TwinCell {
  const { value, trace, impact } = figure;
  if (value === null) return null;
  return {
    number: plus(value, value),
    printed: plus(value, inFull(value)),
    trace: stepOfLink(trace, page),
    label: `${name} ${plus(value, inFull(value, unit))}${impact === 'neutral' ? '' : `, ${impact}`}`,
  };
}
