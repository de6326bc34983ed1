import type { Value } from '../../../server/contract/benefit.js';
import { percent } from '../../lib/format';
import type { TraceStep } from '../../lib/trace-path';
import { Num } from '../../ui/num';

/** The realisation rate never stands alone: beside it, how much of the plan is measured at all, and the rate over that part. */
export function Rates({ value }: { value: Value }) {
  return (
    <dl className="rates figures">
      <Rate name="Realisation rate" ratio={value.realisationRate} trace={{ figure: 'realisation_rate' }}>
        {value.counts.realised === 0 ? 'no realised value is recorded' : 'realised of planned'}
      </Rate>
      <Rate name="Measured rate" ratio={value.measuredRate} trace={{ figure: 'measured_rate' }}>
        in measured months
      </Rate>
      <Rate name="Coverage" ratio={value.coverage} trace={{ figure: 'coverage' }}>
        of planned months measured
      </Rate>
    </dl>
  );
}

interface RateProps {
  name: string;
  ratio: number | null;
  trace: TraceStep;
  children: string;
}

function Rate({ name, ratio, trace, children }: RateProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {ratio === null ? (
          <Num trace={trace} label={`${name} not available`}>
            x
          </Num>
        ) : (
          <Num trace={trace} label={`${name} ${percent(ratio)}`}>
            {percent(ratio)}
          </Num>
        )}{' '}
        <span className="caption">{ratio === null ? 'nothing to divide by' : children}</span>
      </dd>
    </div>
  );
}
