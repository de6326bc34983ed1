import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ItemMoves } from '../../../server/contract/flow.js';
import { keepScope } from '../../lib/address';
import { brief, counted, localInstant } from '../../lib/format';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { itemQuery, movesQuery } from './api';
import { BlockedSection } from './blocked-section';
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

/** One work item and the log of its moves. */
export function WorkItemPage() {
  const { ref = '' } = useParams({ strict: false }) as { ref?: string };
  const { isExample } = usePageScope();
  const item = useQuery(itemQuery(ref));
  const moves = useQuery(movesQuery(ref));
  const text = (field: string): string | null => (item.data?.[field] as string | null | undefined) ?? null;
  const initiative = text('initiativeCode');
  const needed = (item.data?.['dependsOn'] ?? []) as string[];
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
      {item.data && (initiative || needed.length > 0) && (
        <p>
          {initiative && (
            <>
              Part of the initiative{' '}
              <Link to="/initiatives/$ref" params={{ ref: initiative }} search={keepScope}>
                {initiative}
              </Link>
              .{' '}
            </>
          )}
          {needed.length > 0 && 'Needs first: '}
          {needed.map((code, at) => (
            <span key={code}>
              {at > 0 && ', '}
              <Link to="/work-items/$ref" params={{ ref: code }} search={keepScope}>
                {code}
              </Link>
            </span>
          ))}
        </p>
      )}
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
                columns={COLUMNS}
                rows={items}
                rowKey={({ at, stage }) => `${at} ${stage}`}
              />
            )
          }
        </QueryState>
      </section>
    </main>
  );
}
