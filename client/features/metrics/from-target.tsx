import type { ReactNode } from 'react';
import type { Metric } from '../../../server/contract/metric.js';
import { VariancePin } from '../../charts/variance';
import { percent } from '../../../server/contract/format.js';

/** How far from the target, relative to it: signed, its meaning in colour, shape and word. */
export function FromTarget({ metric: { variance, target } }: { metric: Metric }): ReactNode {
  if (variance === null) {
    const why = target === null ? 'no target is set' : 'there is no value';
    return (
      <abbr title={why}>
        x<span className="visually-hidden"> {why}</span>
      </abbr>
    );
  }
  const { share, impact } = variance;
  if (share === null)
    return (
      <abbr title="the target is 0: there is nothing to divide by">
        z<span className="visually-hidden"> the target is 0</span>
      </abbr>
    );
  const tone = impact === 'neutral' ? '' : impact === 'favourable' ? 'variance-good' : 'variance-bad';
  return (
    <span className="sc-from">
      <VariancePin amount={String(share)} impact={impact} />
      <span className={`figures ${tone}`} data-impact={impact}>
        {signedPercent(share)}
        <span className="visually-hidden"> {impact}</span>
      </span>
    </span>
  );
}

/** `+9.1 %`; what rounds to nothing says so, and on which side: `<+0.1 %`. */
const signedPercent = (share: number): string =>
  share > 0 ? percent(share).replace(/^<?/, (bound) => `${bound}+`) : percent(share);
