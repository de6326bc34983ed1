import { ENOUGH_FINISHED, type Flow } from '../../../server/contract/flow.js';
import { brief, count, counted, percent } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import type { FlowSearch } from './api';
import { isWhole, ItemsLink, windowText } from './words';

interface MessageProps {
  flow: Flow;
  search: FlowSearch;
}

/**
 * What the page shows, by rule: of one time and one filter throughout. Of a whole quarter these are its metrics, and lead to how they are made; else
 * they lead to the items behind them.
 */
export function FlowMessage({ flow, search }: MessageProps) {
  const { finished, time, ageing } = flow;
  const most = [...time.stages].filter(({ kind }) => kind === 'waiting').sort((a, b) => b.days - a.days)[0];
  const { percentiles } = finished;
  return (
    <>
      {percentiles === null ? (
        <TooFew {...{ flow, search }} />
      ) : (
        <>
          85 of 100 {meant(search)} delivered in <When {...{ flow, search }} /> took at most{' '}
          <Figure
            search={search}
            metric="flow.cycle_time"
            label={`85 of 100 items were delivered within ${brief(percentiles.p85)} days`}
            of="finished"
          >
            {brief(percentiles.p85)}
          </Figure>{' '}
          days
        </>
      )}
      {time.waitingShare !== null && (
        <>
          ;{' '}
          <Figure
            search={search}
            metric="flow.waiting_share"
            label={`Waiting share ${percent(time.waitingShare)}`}
            of="finished"
          >
            {percent(time.waitingShare)}
          </Figure>{' '}
          of the time was waiting{most && most.days > 0 && `, most of it in ${most.name}`}
        </>
      )}
      .{' '}
      <Figure search={search} metric="flow.wip" label={`Work in progress ${count(ageing.count)}`} of="in_progress">
        {count(ageing.count)}
      </Figure>{' '}
      {ageing.count === 1 ? 'item is' : 'items are'} in progress
      {ageing.olderThan95 !== null && ageing.olderThan95 > 0 && (
        <>
          ,{' '}
          <ItemsLink search={search} of="in_progress" over={String(percentiles!.p95)}>
            {count(ageing.olderThan95)}
          </ItemsLink>{' '}
          of them older than 95 of 100 finished ones took
        </>
      )}
      .
    </>
  );
}

/** `items`, or those of the filters: `changes of team red`. */
const meant = ({ type, team }: FlowSearch): string =>
  [type === undefined ? 'items' : `items of kind ${type}`, team !== undefined && `of team ${team}`]
    .filter(Boolean)
    .join(' ');

function When({ flow }: MessageProps) {
  const page = usePageScope();
  const quarter = periodLabel(page.period, page.fiscalYearStartMonth);
  return flow.window === '1' ? quarter : `the ${windowText(flow.window)} to ${quarter}`;
}

/** With few finished items no percentile is told, here as in the panels. */
function TooFew({ flow, search }: MessageProps) {
  const { count: of } = flow.finished;
  if (of === 0)
    return (
      <>
        {search.type === undefined && search.team === undefined ? 'Nothing' : `None of the ${meant(search)}`} was
        delivered in <When {...{ flow, search }} />
      </>
    );
  return (
    <>
      <ItemsLink search={search} of="finished">
        {counted(of, 'item')}
      </ItemsLink>{' '}
      {search.team !== undefined && `of team ${search.team} `}
      {search.type !== undefined && `of kind ${search.type} `}
      {of === 1 ? 'was' : 'were'} delivered in <When {...{ flow, search }} />: how long most take is told from{' '}
      {ENOUGH_FINISHED} on
    </>
  );
}

interface FigureProps {
  search: FlowSearch;
  metric: 'flow.cycle_time' | 'flow.waiting_share' | 'flow.wip';
  label: string;
  of: 'finished' | 'in_progress';
  children: string;
}

function Figure({ search, metric, label, of, children }: FigureProps) {
  return isWhole(search) ? (
    <Num trace={{ figure: metric }} label={label}>
      {children}
    </Num>
  ) : (
    <ItemsLink search={search} of={of}>
      {children}
    </ItemsLink>
  );
}
