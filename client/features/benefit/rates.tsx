import type { ReactNode } from 'react';
import type { BenefitSummary } from '../../../server/contract/benefit-page.js';
import { Figure, type Measure } from './figure';

export function Line({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const RATES = [
  ['current', 'Realised of the current plan', 'nothing_measured'],
  ['baseline', 'Realised of the baseline plan', 'nothing_measured'],
  ['measured', 'Rate over the measured months', 'nothing_measured'],
  ['coverage', 'Planned months that are measured', 'nothing_planned'],
] as const;

/** How much of its plan came: none of the four stands without the others. */
export function Rates({ rates, measure }: { rates: BenefitSummary['rates']; measure: Measure }) {
  return RATES.map(([rate, name, nullReason]) => (
    <Line key={rate} name={name}>
      <Figure figure={rates[rate]} form="share" {...{ name, measure, nullReason }} />
    </Line>
  ));
}
