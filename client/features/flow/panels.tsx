import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { ENOUGH_FINISHED, type Flow } from '../../../server/contract/flow.js';
import { ChartFigure } from '../../charts/chart-figure';
import { FlowAgeing } from '../../charts/flow-ageing';
import { FlowBands } from '../../charts/flow-bands';
import { FlowScatter } from '../../charts/flow-scatter';
import type { TwinTable } from '../../charts/twin';
import { keepScope, type PageSearch } from '../../lib/address';
import { brief, count, counted, day } from '../../../server/contract/format.js';
import { usePageScope } from '../../ui/page-scope';
import { Empty } from '../../ui/query-state';
import type { FlowSearch } from './api';
import { agesDay, daysText, itemCell, ItemLink, ItemsLink, lastDay, linesOf } from './words';

interface PanelProps {
  flow: Flow;
  search: FlowSearch;
}

/** Who and when, of the finished work of the window. */
export const aboutFinished = (flow: Flow, scopeName: string): string =>
  `${scopeName} · items delivered ${day(flow.from)} to ${lastDay(flow)}`;

const numberCell = (value: number, printed = brief(value)) => ({ number: String(value), printed });

/** How long each finished item took. */
export function CyclePanel({ flow, search }: PanelProps) {
  const { scopeName } = usePageScope();
  const navigate = useNavigate();
  const { finished, from, until } = flow;
  const { percentiles, dots, boxes } = finished;
  const marks = useMemo(
    () =>
      dots.map(({ code, title, at, days }) => ({ key: code, title: `${code} ${title}, ${daysText(days)}`, at, days })),
    [dots],
  );
  const twin = useMemo(() => cycleTwin(finished), [finished]);
  const pick = useCallback(
    (ref: string) =>
      void navigate({ to: '/work-items/$ref', params: { ref }, search: (current: PageSearch) => keepScope(current) }),
    [navigate],
  );
  const items = (
    <ItemsLink search={search} of="finished">
      {counted(finished.count, 'item')}
    </ItemsLink>
  );
  const beyond = percentiles && (
    <ItemsLink search={search} of="finished" least={String(percentiles.p85)}>
      the slowest
    </ItemsLink>
  );
  return (
    <ChartFigure
      name="flow-cycle-time"
      message={
        percentiles ? (
          <>
            Of {items} half took at most {brief(percentiles.p50)} days, 85 of 100 at most {brief(percentiles.p85)}, 95
            of 100 at most {brief(percentiles.p95)}. See {beyond}.
          </>
        ) : finished.count === 0 ? (
          'Nothing was delivered in this time.'
        ) : (
          <>
            {items} finished: too few to say how long most take, which is told from {ENOUGH_FINISHED} on.
          </>
        )
      }
      about={`${aboutFinished(flow, scopeName)} · days from first move to delivery`}
      twin={twin}
      legend={
        boxes.length > 0
          ? 'A box holds several items: the darker, the more. Lines: within so many days 50, 85 and 95 of 100 were delivered.'
          : percentiles
            ? 'A dot is an item: choose it for its log. Lines: within so many days 50, 85 and 95 of 100 were delivered.'
            : 'A dot is an item: choose it for its log.'
      }
    >
      {finished.count === 0 ? (
        <Empty>No item was delivered.</Empty>
      ) : (
        <FlowScatter
          dots={marks}
          boxes={boxes}
          from={from}
          until={until}
          lines={linesOf(percentiles)}
          description={describeCycle(finished)}
          onPick={pick}
        />
      )}
    </ChartFigure>
  );
}

const describeCycle = ({ count: of, percentiles, longest }: Flow['finished']): string =>
  `${counted(of, 'item')} by the day of delivery and the days that each took` +
  (percentiles
    ? `: median ${daysText(percentiles.p50)}, 85 of 100 within ${daysText(percentiles.p85)}, 95 of 100 within ${daysText(percentiles.p95)}`
    : '') +
  (longest === null ? '.' : `, the longest ${daysText(longest)}.`);

const cycleTwin = ({ dots, boxes }: Flow['finished']): TwinTable =>
  boxes.length > 0
    ? {
        columns: ['Delivered from', 'to before', 'Days from', 'to below', 'Items'],
        rows: boxes.map(({ at, until, low, high, count: items }) => [
          ...[{ text: day(at) }, { text: day(until) }],
          ...[numberCell(low), numberCell(high), numberCell(items, count(items))],
        ]),
      }
    : {
        columns: ['Item', 'Delivered', 'Days'],
        rows: dots.map(({ code, at, days }) => [itemCell(code), { text: day(at) }, numberCell(days)]),
      };

/** Work in progress by stage and age. */
export function AgeingPanel({ flow, search }: PanelProps) {
  const { scopeName } = usePageScope();
  const { ageing, finished } = flow;
  const lines = linesOf(finished.percentiles);
  const older = ageing.olderThan85;
  const stageLink = (stage: string, name: string) => (
    <ItemsLink search={search} of="in_progress" stage={stage}>
      {name}
    </ItemsLink>
  );
  return (
    <ChartFigure
      name="flow-ageing-work"
      message={
        ageing.count === 0 ? (
          'No work is in progress.'
        ) : (
          <>
            <ItemsLink search={search} of="in_progress">
              {counted(ageing.count, 'item')}
            </ItemsLink>{' '}
            in progress
            {older !== null && finished.percentiles !== null && (
              <>
                ,{' '}
                <ItemsLink search={search} of="in_progress" over={String(finished.percentiles.p85)}>
                  {count(older)}
                </ItemsLink>{' '}
                of them older than 85 of 100 finished ones took
              </>
            )}
            .
          </>
        )
      }
      about={`${scopeName} · as of ${agesDay(flow)} · days since the first move`}
      twin={{
        columns: ['Item', 'Stage', 'Age in days'],
        rows: ageing.stages.flatMap(({ code, name, items }) =>
          items.map(({ code: item, days }) => [
            itemCell(item),
            { text: name, shown: stageLink(code, name) },
            numberCell(days),
          ]),
        ),
      }}
      legend={
        lines.length > 0
          ? 'A dot is an item. Grounds: the ages within which 50, 85 and 95 of 100 finished items were done.'
          : 'A dot is an item.'
      }
      source={
        ageing.stages.some((stage) => stage.items.length < stage.count) && 'The 200 oldest of each stage are drawn.'
      }
    >
      {ageing.count === 0 ? (
        <Empty>Nothing has begun that is not done or cancelled.</Empty>
      ) : (
        <FlowAgeing
          columns={ageing.stages.map(({ code, name, count: of, items }) => ({
            ...{ key: code, name, count: of, head: stageLink(code, name) },
            items: items.map((item) => ({
              ...{ key: item.code, title: item.title, days: item.days },
              link: <ItemLink code={item.code} />,
            })),
          }))}
          lines={lines}
          description={`${counted(ageing.count, 'item')} in progress by stage and age: ${ageing.stages
            .map(({ name, count: of, items }) => `${name} ${of}, the oldest ${daysText(items[0]?.days ?? 0)}`)
            .join('; ')}.`}
        />
      )}
    </ChartFigure>
  );
}

/** How many items stood in each stage over time. */
export function CumulativePanel({ flow, search }: PanelProps) {
  const { scopeName } = usePageScope();
  const { bands, days, openFirst, openLast } = flow.cumulative;
  const message =
    openLast === openFirst
      ? `Work that is not done stays at ${counted(openLast, 'item')}.`
      : `Work that is not done ${openLast > openFirst ? 'grew' : 'fell'} from ${count(openFirst)} to ${counted(openLast, 'item')}.`;
  return (
    <ChartFigure
      name="flow-cumulative"
      message={bands.length === 0 ? 'No work moved in this time.' : message}
      about={`${scopeName} · items in each stage · ${day(days[0]!)} to ${lastDay(flow)}`}
      twin={{
        columns: ['Day', ...bands.map(({ name }) => name)],
        rows: days.map((on, at) => [
          { text: at < days.length - 1 ? day(on) : `end of ${lastDay(flow)}` },
          ...bands.map(({ counts }) => numberCell(counts[at]!, count(counts[at]!))),
        ]),
      }}
      legend="↕ The height of the light bands is work in progress. ↔ Their width is about the time that it takes."
    >
      {bands.length === 0 ? (
        <Empty>No item stood in any stage.</Empty>
      ) : (
        <FlowBands
          bands={bands.map(({ code, name, kind, counts }) => ({
            ...{ name, counts },
            ...(kind === 'done'
              ? {
                  head: (
                    <ItemsLink search={search} of="finished">
                      {name}
                    </ItemsLink>
                  ),
                }
              : {}),
            ...(code === null
              ? {}
              : {
                  head: (
                    <ItemsLink search={search} of="standing" stage={code}>
                      {name}
                    </ItemsLink>
                  ),
                }),
          }))}
          days={days}
          description={`Items by stage over time, stacked. ${message} ${bands.map(({ name, counts }) => `${name} ${counts.at(-1)}`).join(', ')} at the end.`}
        />
      )}
    </ChartFigure>
  );
}
