import type { TracedFigure, VarianceFigure } from '../../../server/contract/overview.js';
import type { Scale } from '../../../server/contract/format.js';
import { stepOfLink } from '../../lib/trace-path';
import { Pad } from '../../ui/amount';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import type { FigurePart, Part } from './message';
import { printFigure, type Form } from './printing';

interface TracedProps {
  figure: TracedFigure;
  /** What the number is, for its name: `Realised to date`. */
  name: string;
  form: Form;
  scale: Scale;
  isSigned?: boolean | undefined;
  withUnit?: boolean | undefined;
  isMagnitude?: boolean | undefined;
  /** In a column: the most decimals of its figures, so that all stand on one decimal sign. */
  decimals?: number | undefined;
  /** Said after the number: `unfavourable`. */
  remark?: string;
  /** Before the digits: the shape of a difference. */
  shape?: string;
}

/** A figure of the server, as a number with the trace that it came with. What is not recorded is `x`, never 0 and never blank. */
export function Traced({ figure, name, decimals, remark = '', shape = '', ...printing }: TracedProps) {
  const page = usePageScope();
  const { form, scale, isSigned = false, isMagnitude = false, withUnit = false } = printing;
  const step = stepOfLink(figure.trace, page);
  const printed =
    figure.value === null
      ? null
      : printFigure(figure.value, { form, scale, isSigned, isMagnitude, withUnit, currency: page.currency });
  const label = printed === null ? `${name}: not recorded` : `${name} ${printed.spoken}${remark && `, ${remark}`}`;
  const content = (
    <>
      {shape && <span aria-hidden="true">{shape} </span>}
      {printed?.text ?? 'x'}
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
      {decimals !== undefined && printed && <Pad text={printed.text} decimals={decimals} />}
    </>
  );
}

interface TracedVarianceProps extends Omit<TracedProps, 'figure' | 'isSigned'> {
  figure: VarianceFigure;
}

/** A difference: signed, with a shape that says as the colour does whether it is good (▲) or bad (▼), and with what it means for the business in its name. */
export function TracedVariance({ figure, ...rest }: TracedVarianceProps) {
  const { value, impact } = figure;
  if (value === null) return <Traced figure={figure} {...rest} />;
  const tone = impact === 'favourable' ? 'variance-good' : impact === 'unfavourable' ? 'variance-bad' : '';
  const isNone = impact === 'neutral';
  return (
    <span className={`figures ${tone}`} data-impact={impact}>
      <Traced
        figure={figure}
        isSigned
        {...rest}
        {...(isNone ? {} : { remark: impact, shape: impact === 'favourable' ? '▲' : '▼' })}
      />
    </span>
  );
}

/** A sentence made by rule. */
export const Sentence = ({ parts, scale }: { parts: readonly Part[]; scale: Scale }) => (
  <>{parts.map((part, at) => (typeof part === 'string' ? part : <PartNumber key={at} part={part} scale={scale} />))}</>
);

const PartNumber = ({ part, scale }: { part: FigurePart; scale: Scale }) => <Traced {...part} scale={scale} />;
