import type { Metric } from '../../../server/contract/metric.js';
import { unitName } from '../../ui/metric-text';
import { usePageScope } from '../../ui/page-scope';

const BETTER: Record<Metric['better'], string> = {
  higher: 'Higher is better.',
  lower: 'Lower is better.',
  none: 'Neither way is better by itself.',
};

const DISTANCES: readonly string[] = [
  'Money realised: business impact itself.',
  'One step from business impact: what the business sees or says.',
  'Two steps from business impact: what IT is able to do, and at what cost.',
  'Three steps from business impact: how work moves and how well it is made.',
  'Four steps from business impact: what is aligned and how decisions are made.',
];

/** What the metric is, in words before signs, and why anybody should look at it. */
export function Definition({ metric }: { metric: Metric }) {
  const { currency } = usePageScope();
  const { why, formula, better, distance, unit } = metric;
  return (
    <section className="card" aria-labelledby="definition">
      <h2 id="definition">What it is</h2>
      <dl className="metric-words">
        <dt>In words</dt>
        <dd>{formula.text}</dd>
        <dt>Expression</dt>
        <dd className="formula">
          <code>{formula.expression}</code>
        </dd>
        <dt>Why it matters</dt>
        <dd>{why}</dd>
        <dt>Read it</dt>
        <dd>
          {unit === 'count' ? 'A count' : unit === 'number' ? 'A plain number' : `In ${unitName(unit, currency)}`}.{' '}
          {BETTER[better]}
        </dd>
        <dt>Distance</dt>
        <dd>
          {distance}. {DISTANCES[distance]}
        </dd>
        <dt>Definition</dt>
        <dd>Version {formula.version}</dd>
      </dl>
    </section>
  );
}
