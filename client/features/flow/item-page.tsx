import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ItemMoves } from '../../../server/contract/flow.js';
import { keepScope } from '../../lib/address';
import { brief, counted, localInstant } from '../../../server/contract/format.js';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { TakeBack } from '../../ui/take-back';
import { itemQuery, itemRightsQuery, movesQuery, takeBackMove } from './api';
import { BlockedSection } from './blocked-section';
import { ItemFacts } from './item-facts';
import './flow.css';

type Move = ItemMoves['items'][number];

const COLUMNS: readonly TableColumn<Move>[] = [
  { id: 'at', header: 'Entered', className: 'nowrap', rowHeader: true, cell: ({ at }) => localInstant(at) },
  { id: 'stage', header: 'Stage', cell: ({ stageName }) => stageName },
  { id: 'kind', header: 'Kind', cell: ({ kind }) => kind ?? 'not stated' },
  { id: 'team', header: 'Team', cell: ({ team }) => team ?? '' },
  {
    id: 'days',
    header: 'Stayed',
    unit: 'days',
    numeric: true,
    cell: ({ days }) => (days === null ? 'to this day' : brief(days)),
  },
];

/** A move that was logged by mistake. */
const TAKE_BACK: TableColumn<Move> = {
  id: 'take-back',
  header: 'Take back',
  hideHeader: true,
  cell: (move) => (
    <TakeBack
      what={`the move of ${localInstant(move.at)} to ${move.stageName}`}
      asksReason
      takeBack={(reason) => takeBackMove(move, reason)}
    >
      It then counts in no figure of the flow, of earlier quarters neither: the item has stayed in the stage before it.
      The audit keeps what was said.
    </TakeBack>
  ),
};

/** One work item and the log of its moves. */
export function WorkItemPage() {
  const { ref = '' } = useParams({ strict: false }) as { ref?: string };
  const { isExample } = usePageScope();
  const item = useQuery(itemQuery(ref));
  const moves = useQuery(movesQuery(ref));
  const text = (field: string): string | null => (item.data?.[field] as string | null | undefined) ?? null;
  const { data: rights } = useQuery({ ...itemRightsQuery(item.data?.id ?? ref), enabled: item.data !== undefined });
  const mayWrite = rights?.mayWrite === true;
  const last = moves.data?.items.at(-1);
  const isOver = last?.kind === 'done' || last?.kind === 'cancelled';
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader
        title={text('code') ?? 'Work item'}
        question="How did this item move?"
        message={item.data ? (text('title') ?? text('code')) : item.error ? 'There is no such item' : '\u00a0'}
        actions={
          <Link to="/flow" search={keepScope}>
            See the flow
          </Link>
        }
      >
        {item.data &&
          [text('code'), text('type') ?? 'kind not stated', last && `now in ${last.stageName}`, isExample && 'example']
            .filter(Boolean)
            .join(' · ')}
      </PageHeader>
      {item.data && <ItemFacts item={item.data} mayWrite={mayWrite} />}
      {item.data && moves.data && !isOver && <BlockedSection item={item.data} told={moves.data} />}
      <section className="card" aria-labelledby="moves-head">
        <h2 id="moves-head">Log of its stages</h2>
        <QueryState query={moves} what="the log" rows={6}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty>It has not moved yet.</Empty>
            ) : (
              <DataTable
                label="Log of its stages"
                caption={counted(items.length, 'move')}
                columns={mayWrite ? [...COLUMNS, TAKE_BACK] : COLUMNS}
                rows={items}
                rowKey={({ id }) => id}
              />
            )
          }
        </QueryState>
      </section>
    </main>
  );
}
