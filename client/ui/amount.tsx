import { money, padding, scaled, signed, type Scale } from '../../server/contract/format.js';
import type { TraceStep } from '../lib/trace-path';
import { Num } from './num';
import { usePageScope } from './page-scope';

interface AmountProps {
  amount: string;
  scale: Scale;
  /** What the amount is, for the accessible name: `Realised to date`. */
  name: string;
  trace: TraceStep;
  /** In a sentence the unit follows; in a column it stands in the header. */
  withUnit?: boolean;
  /** In a column: the most decimals of its figures, so that all stand on one decimal sign. */
  decimals?: number;
  tabIndex?: number;
}

/** An amount of money that can be traced. */
export function Amount({ amount, scale, name, trace, withUnit = false, decimals, tabIndex }: AmountProps) {
  const { currency } = usePageScope();
  const text = withUnit ? money(amount, currency, scale) : scaled(amount, scale);
  return (
    <>
      <Num
        trace={trace}
        label={`${name} ${money(amount, currency, scale)}`}
        {...(tabIndex === undefined ? {} : { tabIndex })}
      >
        {text}
      </Num>
      {decimals !== undefined && <Pad text={text} decimals={decimals} />}
    </>
  );
}

interface VarianceProps {
  amount: string;
  scale: Scale;
  /** Whether the change is good for the business; colour and words follow from it, never from the sign. */
  impact: 'favourable' | 'unfavourable' | 'neutral';
  decimals?: number;
}

/** A difference: always signed, with a shape beside the colour. */
export function Variance({ amount, scale, impact, decimals }: VarianceProps) {
  const text = signed(amount, scale);
  const tone = impact === 'favourable' ? 'variance-good' : impact === 'unfavourable' ? 'variance-bad' : '';
  const shape = impact === 'neutral' ? '' : impact === 'favourable' ? '▲ ' : '▼ ';
  return (
    <>
      <span className={`figures ${tone}`} data-impact={impact}>
        <span aria-hidden="true">{shape}</span>
        {text}
        {impact !== 'neutral' && <span className="visually-hidden"> {impact}</span>}
      </span>
      {decimals !== undefined && <Pad text={text} decimals={decimals} />}
    </>
  );
}

/** Space for the decimals that this figure does not have; no text, so that nothing reads or copies it. */
export function Pad({ text, decimals }: { text: string; decimals: number }) {
  return <span className="pad" data-pad={padding(text, decimals)} aria-hidden="true" />;
}
