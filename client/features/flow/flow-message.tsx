import { useQuery } from '@tanstack/react-query';
import type { Flow } from '../../../server/contract/flow.js';
import type { Metric } from '../../../server/contract/metric.js';
import { brief } from '../../lib/format';
import { periodLabel } from '../../lib/period';
import { metricText } from '../../ui/metric-text';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { metricQuery } from '../metrics/api';

/** What the metrics of the quarter say, by rule; the filters of the page do not change them. */
export function FlowMessage({ flow }: { flow: Flow }) {
  const page = usePageScope();
  const cycle = useQuery(metricQuery('flow.cycle_time', page)).data;
  const waiting = useQuery(metricQuery('flow.waiting_share', page)).data;
  const wip = useQuery(metricQuery('flow.wip', page)).data;
  if (!cycle || !waiting || !wip) return '\u00a0';
  const most = [...flow.time.stages].filter(({ kind }) => kind === 'waiting').sort((a, b) => b.days - a.days)[0];
  const p85 = cycle.detail['p85'];
  const quarter = periodLabel(page.period, page.fiscalYearStartMonth);
  return (
    <>
      {cycle.value === null || typeof p85 !== 'number' ? (
        `Nothing was delivered in ${quarter}`
      ) : (
        <>
          85 of 100 items delivered in {quarter} took at most{' '}
          <Num trace={{ figure: 'flow.cycle_time' }} label={`85 of 100 items were delivered within ${brief(p85)} days`}>
            {brief(p85)}
          </Num>{' '}
          days
        </>
      )}
      {waiting.value !== null && (
        <>
          ; <Figure metric={waiting} name="Waiting share" /> of the time was waiting
          {most && most.days > 0 && `, most of it in ${most.name}`}
        </>
      )}
      . <Figure metric={wip} name="Work in progress" /> {wip.value === 1 ? 'item is' : 'items are'} in progress
      {flow.ageing.olderThan95 !== null &&
        flow.ageing.olderThan95 > 0 &&
        `, ${flow.ageing.olderThan95} of them older than 95 of 100 finished ones took`}
      .
    </>
  );
}

function Figure({ metric, name }: { metric: Metric; name: string }) {
  const { currency } = usePageScope();
  const text = metric.value === null ? 'x' : metricText(metric.value, metric.unit, currency);
  return (
    <Num trace={{ figure: metric.id }} label={`${name} ${text}`}>
      {text}
    </Num>
  );
}
