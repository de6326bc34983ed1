import { useRef } from 'react';
import type { Flow } from '../../../server/contract/flow.js';
import { ChartFigure } from '../../charts/chart-figure';
import { CountColumns, ShareBars } from '../../charts/flow-bars';
import { brief, count, counted, percent } from '../../../server/contract/format.js';
import { DataTable } from '../../ui/data-table';
import { usePageScope } from '../../ui/page-scope';
import { Empty } from '../../ui/query-state';
import { useScrollEdges } from '../../ui/scroll-edges';
import type { FlowSearch } from './api';
import { aboutFinished } from './panels';
import { itemColumns, ItemsLink } from './words';

interface PanelProps {
  flow: Flow;
  search: FlowSearch;
}

const numberCell = (value: number, printed = brief(value)) => ({ number: String(value), printed });

/** Where the time of delivered work went. */
export function TimePanel({ flow, search }: PanelProps) {
  const { scopeName } = usePageScope();
  const { stages, waitingShare, days } = flow.time;
  const most = [...stages].sort((a, b) => b.days - a.days)[0];
  const through = (stage: string, name: string) => (
    <ItemsLink search={search} of="finished" stage={stage}>
      {name}
    </ItemsLink>
  );
  return (
    <ChartFigure
      name="flow-where-time-goes"
      message={
        waitingShare === null || most === undefined ? (
          'There is no time to show: nothing was delivered.'
        ) : (
          <>
            {percent(waitingShare)} of the {brief(days)} days of{' '}
            <ItemsLink search={search} of="finished">
              delivered work
            </ItemsLink>{' '}
            was waiting; the most went into {most.name}.
          </>
        )
      }
      about={`${aboutFinished(flow, scopeName)} · parts of all days from first move to delivery`}
      twin={{
        columns: ['Stage', 'Kind', 'Items', 'Days', 'Share'],
        rows: stages.map(({ code, name, kind, items, days: spent, share }) => [
          ...[
            { text: name, shown: through(code, name) },
            { text: kind ?? 'not stated' },
            numberCell(items, count(items)),
          ],
          ...[numberCell(spent), numberCell(share, percent(share))],
        ]),
      }}
      legend={
        <>
          <span className="legend-item">
            <span className="share-key share-active" aria-hidden="true" /> worked on
          </span>
          <span className="legend-item">
            <span className="share-key share-waiting" aria-hidden="true" /> waiting
          </span>
        </>
      }
    >
      {stages.length === 0 ? (
        <Empty>No item was delivered.</Empty>
      ) : (
        <ShareBars
          description={`Parts of all days: ${stages.map(({ name, kind, share }) => `${name} (${kind ?? 'not stated'}) ${percent(share)}`).join(', ')}.`}
          bars={stages.map(({ code, name, kind, share, days: spent }) => ({
            ...{ key: code, name, share, head: through(code, name) },
            tone: kind === 'waiting' ? 'waiting' : 'active',
            printed: `${percent(share)} · ${brief(spent)} days`,
          }))}
        />
      )}
    </ChartFigure>
  );
}

/** How often work changes hands, and between whom. */
export function HandoffsPanel({ flow, search }: PanelProps) {
  const { scopeName } = usePageScope();
  const { total, distribution, pairs, teams } = flow.handoffs;
  const first = pairs.find(({ from, to }) => from !== null && to !== null);
  const label = ({ handoffs, orMore }: (typeof distribution)[number]): string =>
    `${handoffs}${orMore ? ' or more' : ''}`;
  return (
    <ChartFigure
      name="flow-handoffs"
      className="flow-handoffs"
      message={
        distribution.length === 0 ? (
          'Nothing was delivered, so nothing changed hands.'
        ) : (
          <>
            <ItemsLink search={search} of="finished">
              Delivered work
            </ItemsLink>{' '}
            changed hands {counted(total, 'time')}
            {first && `, most often from ${first.from} to ${first.to} (${count(first.count)})`}.
          </>
        )
      }
      about={`${aboutFinished(flow, scopeName)} · changes of team up to delivery`}
      twin={{
        columns: ['Handoffs', 'Items'],
        rows: distribution.map((one) => [{ text: label(one) }, numberCell(one.items, count(one.items))]),
      }}
      legend="Items by the number of their handoffs."
    >
      {distribution.length === 0 ? (
        <Empty>No item was delivered.</Empty>
      ) : (
        <div className="flow-hands">
          <CountColumns
            columns={distribution.map((one) => ({ label: label(one), count: one.items }))}
            description={`Items by handoffs: ${distribution.map((one) => `${label(one)}: ${one.items}`).join(', ')}.`}
          />
          {pairs.length > 0 && <Pairs {...{ pairs, teams, search }} />}
        </div>
      )}
    </ChartFigure>
  );
}

const OTHERS = 'others';

interface PairsProps {
  pairs: Flow['handoffs']['pairs'];
  teams: readonly string[];
  search: FlowSearch;
}

/** Who gives to whom: a row is the team that gives; a cell leads to the items that went that way. */
function Pairs({ pairs, teams, search }: PairsProps) {
  const hasOthers = pairs.some(({ from, to }) => from === null || to === null);
  const names = [...teams, ...(hasOthers ? [null] : [])];
  const most = Math.max(...pairs.map(({ count: of }) => of));
  const between = (from: string | null, to: string | null): number =>
    pairs.find((pair) => pair.from === from && pair.to === to)?.count ?? 0;
  const region = useRef<HTMLDivElement>(null);
  useScrollEdges(region);
  return (
    <div ref={region} className="table-region" role="region" aria-label="Handoffs from team to team" tabIndex={0}>
      <table className="table flow-pairs">
        <caption>From team (row) to team (column)</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            {names.map((name) => (
              <th key={name} scope="col" className="numeric">
                {name ?? OTHERS}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((from) => (
            <tr key={from}>
              <th scope="row">{from ?? OTHERS}</th>
              {names.map((to) => {
                const of = between(from, to);
                return (
                  <td key={to} className={`numeric flow-shade-${of === 0 ? 0 : Math.ceil((of / most) * 4)}`}>
                    {of === 0 ? (
                      ''
                    ) : from === null || to === null ? (
                      count(of)
                    ) : (
                      <ItemsLink search={search} of="finished" {...{ from, to }}>
                        {count(of)}
                      </ItemsLink>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What tells why an item is old. */
const OLDEST = itemColumns('in_progress', false).filter(({ id }) => id !== 'type' && id !== 'handoffs');

/** What has been in progress the longest. */
export function OldestPanel({ flow, search }: PanelProps) {
  const { oldest, ageing } = flow;
  return (
    <section className="card flow-oldest" aria-labelledby="oldest-head">
      <h2 id="oldest-head">Oldest items in progress</h2>
      {oldest.length === 0 ? (
        <Empty>No work is in progress.</Empty>
      ) : (
        <>
          <DataTable
            label="Oldest items in progress"
            caption={
              <>
                {count(oldest.length)} of{' '}
                <ItemsLink search={search} of="in_progress">
                  {counted(ageing.count, 'item')}
                </ItemsLink>
              </>
            }
            columns={OLDEST}
            rows={oldest}
            rowKey={({ code }) => code}
          />
        </>
      )}
    </section>
  );
}
