import { Link } from '@tanstack/react-router';
import { useRef, type ReactNode } from 'react';
import type { Metric, Metrics } from '../../../server/contract/metric.js';
import { Bullet } from '../../charts/bullet';
import { SparkLine } from '../../charts/spark-line';
import { keepScope } from '../../lib/address';
import { isNoneRecorded, metricNumber, metricText, unitBeside, unitName } from '../../ui/metric-text';
import { MetricNum } from '../../ui/metric-num';
import { Provisional } from '../../ui/provisional';
import { useScrollEdges } from '../../ui/scroll-edges';
import { TargetStatus, targetStatusWord } from '../../ui/target-status';
import { AssuranceMark, assuranceWords, ruleWords, VariationMark, variationWord } from '../../ui/variation';
import type { IndicatorTrend } from '../../../server/contract/indicator.js';
import { metricNull } from '../../../server/contract/null-words.js';
import { FamilyIndicators } from '../indicators/family-indicators';
import { OwnerName } from '../records/owner-name';
import { Freshness } from './freshness';
import { FromTarget } from './from-target';
import { drawnTarget, type Printing } from './scale';

const COLUMNS: readonly { id: string; header: string; spoken?: string; numeric?: true }[] = [
  { id: 'metric', header: 'Metric' },
  { id: 'unit', header: 'Unit' },
  { id: 'distance', header: 'Distance', spoken: 'Distance from business impact, 0 nearest' },
  { id: 'ac', header: 'AC', spoken: 'Actual', numeric: true },
  { id: 'pl', header: 'PL', spoken: 'Target', numeric: true },
  { id: 'bullet', header: 'AC and PL, drawn' },
  { id: 'pin', header: 'ΔPL%', numeric: true },
  { id: 'status', header: 'Status', spoken: 'Against the target: met, near or missed' },
  { id: 'trend', header: '12 quarters' },
  { id: 'variation', header: 'Variation' },
  { id: 'assurance', header: 'Assurance' },
  {
    id: 'fresh',
    header: 'Freshness',
    spoken: 'When a record of a kind that feeds the metric was written last, in the whole enterprise',
  },
  { id: 'owner', header: 'Owner' },
];

interface TableProps {
  families: Metrics['families'];
  printing: Printing;
  /** Own indicators, each below its family. */
  indicators: readonly IndicatorTrend[];
}

/** One table, eight groups, each under its question. */
export function ScorecardTable({ families, printing, indicators }: TableProps) {
  const region = useRef<HTMLDivElement>(null);
  useScrollEdges(region);
  return (
    <div ref={region} className="table-region scorecard" role="region" aria-label="Metrics by family" tabIndex={0}>
      <table className="table">
        <caption className="visually-hidden">
          Metrics by family: actual against target, twelve quarters, and whether the change is more than chance
        </caption>
        <thead>
          <tr>
            {COLUMNS.map(({ id, header, spoken, numeric }) => (
              <th key={id} scope="col" className={`sc-${id} ${numeric ? 'numeric' : ''}`} title={spoken}>
                <span className={id === 'bullet' ? 'visually-hidden' : ''}>{header}</span>
              </th>
            ))}
          </tr>
        </thead>
        {families.map((family) => (
          <tbody key={family.id} id={family.id} tabIndex={-1}>
            <tr className="sc-family">
              <th scope="rowgroup" colSpan={COLUMNS.length}>
                <span className="sc-family-words">
                  <b>{family.name}</b> {family.question}
                </span>
              </th>
            </tr>
            {family.metrics.map((metric) => (
              <Row key={metric.id} metric={metric} printing={printing} />
            ))}
            <FamilyIndicators family={family.id} items={indicators} columns={COLUMNS.length} />
          </tbody>
        ))}
        {indicators.some(({ family }) => family === null) && (
          <tbody>
            <tr className="sc-family">
              <th scope="rowgroup" colSpan={COLUMNS.length}>
                <span className="sc-family-words">
                  <b>Own indicators</b> that belong to no family
                </span>
              </th>
            </tr>
            <FamilyIndicators family={null} items={indicators} columns={COLUMNS.length} />
          </tbody>
        )}
      </table>
    </div>
  );
}

function Row({ metric, printing }: { metric: Metric; printing: Printing }) {
  const { currency, scale } = printing;
  const unit = unitName(metric.unit, currency, scale);
  return (
    <tr data-metric={metric.id}>
      <th scope="row" className="sc-metric">
        <Link to="/metrics/$id" params={{ id: metric.id }} search={keepScope}>
          {metric.name}
        </Link>
      </th>
      <td className="sc-unit caption">{unit}</td>
      <td className="sc-distance">{metric.distance}</td>
      <td className="numeric sc-ac">
        <MetricNum metric={metric} scale={scale} />
        {metric.value !== null && metric.provisional && <Provisional />}
        {metric.value !== null && (
          <span className="sc-beside caption"> {unitBeside(metric.unit, currency, scale)}</span>
        )}
      </td>
      <td className="numeric sc-pl">
        <TargetOf metric={metric} printing={printing} />
      </td>
      {metric.value === null ? (
        <td className="sc-why caption" colSpan={3}>
          {metricNull(metric.nullReason, metric.id)}
        </td>
      ) : (
        <>
          <td className="sc-bullet">
            {isNoneRecorded(metric) && drawnTarget(metric).target === null ? (
              <span className="caption">none recorded</span>
            ) : (
              <Bullet value={Number(metric.value)} {...drawnTarget(metric)} domain={printing.domains.get(metric.id)!} />
            )}
          </td>
          {metric.isTargetOfEnterprise ? (
            <td className="sc-status caption" colSpan={2}>
              target of the enterprise
            </td>
          ) : (
            <>
              <td className="numeric sc-pin">
                <FromTarget metric={metric} />
              </td>
              <td className="sc-status">
                <TargetStatus status={metric.status} />
              </td>
            </>
          )}
        </>
      )}
      <td className="sc-trend">
        <SparkLine trend={metric.trend} signal={metric.signal} description={describe(metric, currency)} />
      </td>
      <td className="sc-variation">
        <VariationMark {...metric} />
      </td>
      <td className="sc-assurance">
        <AssuranceMark {...metric} />
      </td>
      <td className="sc-fresh caption">
        <Freshness on={metric.lastRecordedOn ?? null} />
      </td>
      <td className="sc-owner caption">{metric.owner === null ? <NoOwner /> : <OwnerName address={metric.owner} />}</td>
    </tr>
  );
}

const NoOwner = () => (
  <abbr title="nobody is named">
    x<span className="visually-hidden"> nobody is named</span>
  </abbr>
);

/** What it is to reach, leading to where that is set. */
export function TargetOf({ metric, printing: { scale, currency } }: RowPart): ReactNode {
  const { id, name, target, unit } = metric;
  if (target === null)
    return (
      <abbr title="no target is set">
        x<span className="visually-hidden"> no target is set</span>
      </abbr>
    );
  return (
    <Link
      to="/metrics/$id"
      params={{ id }}
      search={keepScope}
      hash="targets"
      className="num"
      aria-label={`Target of ${name}: ${targetText(metric, currency)}`}
    >
      {metricNumber(target, unit, scale)}
    </Link>
  );
}

interface RowPart {
  metric: Metric;
  printing: Printing;
}

/** `45.0 days`; `120 of the enterprise`, where the value is of a part of it. */
export const targetText = ({ target, unit, isTargetOfEnterprise }: Metric, currency: string): string =>
  `${metricText(target!, unit, currency)}${isTargetOfEnterprise ? ' of the enterprise' : ''}`;

/** `Cycle time, 61.2 days, target 45.0 days, missed, concern: the latest point …, fails.` */
export function describe(metric: Metric, currency: string): string {
  const { id, name, value, n, nullReason, unit, target, status, signal, assurance } = metric;
  return [
    name,
    value === null ? metricNull(nullReason, id).replace(/\.$/, '') : metricText(value, unit, currency),
    isNoneRecorded({ value, n }) && 'none recorded',
    target === null ? 'no target' : `target ${targetText(metric, currency)}`,
    targetStatusWord(status),
    `${variationWord(signal)}: ${ruleWords(signal)}`,
    assuranceWords(assurance),
  ]
    .filter(Boolean)
    .join(', ');
}
