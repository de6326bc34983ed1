import type { Impact, TracedFigure } from '../../../server/contract/overview.js';
import type { Scale } from '../../../server/contract/format.js';
import { stepOfLink } from '../../lib/trace-path';
import { Pad } from '../../ui/amount';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { printFigure, type Form } from '../overview/printing';

interface FigureProps {
  figure: TracedFigure & { impact?: Impact };
  /** What the number is, for its name. */
  name: string;
  scale: Scale;
  /** A currency, or the unit of a benefit; without it the reporting currency. */
  unit?: string | undefined;
  form?: Form;
  isSigned?: boolean;
  isMagnitude?: boolean;
  withUnit?: boolean;
  decimals?: number | undefined;
  /** Where the drawing shows the side on which a difference lies, and there is no room. */
  hasNoShape?: boolean;
}

/** A figure of a what-if with its trace. A difference says by shape, colour and word what it means for the business; what is not known is `x`. */
export function Figure({ figure, name, unit, form = 'money', decimals, hasNoShape = false, ...printing }: FigureProps) {
  const page = usePageScope();
  const { value, impact = 'neutral' } = figure;
  const printed = value === null ? null : printFigure(value, { form, currency: unit ?? page.currency, ...printing });
  const remark = printed === null || impact === 'neutral' ? '' : `, ${impact}`;
  const label = printed === null ? `${name}: not known` : `${name} ${printed.spoken}${remark}`;
  const isShaped = impact !== 'neutral' && printed !== null && printing.isMagnitude !== true;
  const tone = impact === 'favourable' ? 'variance-good' : 'variance-bad';
  const step = stepOfLink(figure.trace, page);
  const content = (
    <>
      {isShaped && !hasNoShape && <span aria-hidden="true">{impact === 'favourable' ? '▲ ' : '▼ '}</span>}
      {printed?.text ?? 'x'}
    </>
  );
  return (
    <span className={`figures ${isShaped ? tone : ''}`} {...(isShaped && { 'data-impact': impact })}>
      {step === null ? (
        <span>{content}</span>
      ) : (
        <Num trace={step} label={label}>
          {content}
        </Num>
      )}
      {decimals !== undefined && printed && <Pad text={printed.text} decimals={decimals} />}
    </span>
  );
}
