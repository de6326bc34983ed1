import type { Metric } from '../../../server/contract/metric.js';
import type { MetricPage } from '../../../server/contract/metric-page.js';
import { day } from '../../../server/contract/format.js';
import { metricText, unitName } from '../../ui/metric-text';
import { usePageScope } from '../../ui/page-scope';
import { EmailText } from '../records/owner-name';
import { Freshness } from './freshness';

const BETTER: Record<Metric['better'], string> = {
  higher: 'Higher is better.',
  lower: 'Lower is better.',
  none: 'Neither way is better by itself.',
};

const READ: Partial<Record<Metric['unit'], string>> = {
  count: 'A count.',
  number: 'A plain number.',
  level: 'A level from 0 to 5.',
  score: 'A mean of answers from 1 to 5.',
};
const readAs = (unit: Metric['unit'], currency: string): string => READ[unit] ?? `In ${unitName(unit, currency)}.`;

const DISTANCES: readonly string[] = [
  'Money realised: business impact itself.',
  'One step from business impact: what the business sees or says.',
  'Two steps from business impact: what IT is able to do, and at what cost.',
  'Three steps from business impact: how work moves and how well it is made.',
  'Four steps from business impact: what is aligned and how decisions are made.',
];

/** What the metric is, in words before signs, and why anybody should look at it. */
export function Definition({ metric }: { metric: MetricPage }) {
  const { currency } = usePageScope();
  const { why, formula, better, distance, unit, definitions, owner } = metric;
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
          {readAs(unit, currency)} {BETTER[better]}
        </dd>
        <dt>Distance</dt>
        <dd>
          {distance}. {DISTANCES[distance]}
        </dd>
        <dt>Tolerance</dt>
        <dd>{toleranceOf(metric, currency)}</dd>
        <dt>Freshness</dt>
        <dd>
          <Fresh on={metric.lastRecordedOn} />
        </dd>
        <dt>Owner</dt>
        <dd>{owner === null ? 'Nobody is named.' : <EmailText address={owner} />}</dd>
        <dt>Definition</dt>
        <dd>
          <ol className="metric-versions">
            {[...definitions].reverse().map(({ version, on, change }) => (
              <li key={version}>
                Version {version}, {day(on)}: {change}
              </li>
            ))}
          </ol>
        </dd>
      </dl>
    </section>
  );
}

function Fresh({ on }: { on: string | null }) {
  if (on === null) return <>No record that feeds it was written yet.</>;
  return (
    <>
      A record of a kind that feeds it was written last <Freshness on={on} />, on {day(on)}, in the whole enterprise.
    </>
  );
}

/** What is still near the target. */
function toleranceOf({ target, amber, unit, better }: MetricPage, currency: string): string {
  if (better === 'none') return 'None: neither way is better, so no target is met or missed.';
  if (target === null) return 'No target is set, so nothing is met or missed.';
  const said = (value: string | number) => metricText(value, unit, currency);
  const reach = better === 'higher' ? 'or more' : 'or less';
  const met = `Met at ${said(target)} ${reach}`;
  return amber === null
    ? `${met}, else missed; no tolerance is set.`
    : `${met}, near at ${said(amber)} ${reach}, else missed.`;
}
