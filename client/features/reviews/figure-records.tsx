import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { counted, inFull } from '../../../server/contract/format.js';
import type { FrozenRecords } from '../../../server/contract/review-after.js';
import type { Review, ReviewFigure } from '../../../server/contract/review.js';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { QueryState } from '../../ui/query-state';
import { readsChain, sessionQuery } from '../access/api';
import { frozenRecordsQuery } from './api';
import { shortHash } from './words';

interface FigureRecordsProps {
  review: Review;
  figureKey: string;
  figure: ReviewFigure;
}

/** The records behind a figure as they were when it was frozen; of a draft they are those of today. */
export function FigureRecords({ review, figureKey, figure: { records } }: FigureRecordsProps) {
  const [isOpen, setOpen] = useState(false);
  const isFrozen = review.document.frozen !== null;
  const { data: session } = useSuspenseQuery(sessionQuery);
  return (
    <section className="review-records">
      <h3>Records{isFrozen && ' as frozen'}</h3>
      {records.count === 0 ? (
        <p>No record is behind this figure.</p>
      ) : !readsChain(session) ? (
        <p>{counted(records.count, 'record')}, which your role does not show.</p>
      ) : !isFrozen ? (
        <p>
          {counted(records.count, 'record')}: those of today, which are frozen with the review. The trace below lists
          them.
        </p>
      ) : (
        <>
          <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide' : 'View'} {counted(records.count, 'record')}
          </Button>
          {isOpen && <Records review={review} figureKey={figureKey} />}
          {records.sha256 !== null && (
            <p className="caption">
              SHA-256 of the records <code title={records.sha256}>{shortHash(records.sha256)}</code>
            </p>
          )}
        </>
      )}
    </section>
  );
}

type FrozenRecord = FrozenRecords['items'][number];

function Records({ review, figureKey }: { review: Review; figureKey: string }) {
  const query = useInfiniteQuery(frozenRecordsQuery(review.id, figureKey));
  return (
    <QueryState query={query} what="the records as frozen">
      {({ pages }) => {
        const first = pages[0]!;
        const items = pages.flatMap((page) => page.items);
        return (
          <>
            <DataTable
              label={first.title}
              caption={first.title}
              rows={items}
              rowKey={(_, at) => String(at)}
              columns={columnsOf(first)}
              scrolls
            />
            {items.length < first.total.count && (
              <p className="caption">
                {items.length} of {first.total.count} shown.{' '}
                <Button look="plain" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  Show more
                </Button>
              </p>
            )}
          </>
        );
      }}
    </QueryState>
  );
}

function columnsOf({ unit, total }: FrozenRecords): TableColumn<FrozenRecord>[] {
  return [
    {
      id: 'record',
      header: 'Record',
      rowHeader: true,
      ...(total.amount === null ? {} : { footer: `Total of ${counted(total.count, 'record')}` }),
      cell: ({ code, name, at, note, cells }) => (
        <>
          {code} {name}
          <span className="caption review-record-note">
            {[at, note, ...Object.entries(cells ?? {}).map(([column, text]) => `${column} ${text ?? 'x'}`)]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </>
      ),
    },
    ...(total.amount === null
      ? []
      : [
          {
            id: 'amount',
            header: 'Amount',
            unit,
            numeric: true,
            footer: inFull(total.amount, '', 'en'),
            cell: ({ amount }: FrozenRecord) => (amount === null ? 'x' : inFull(amount, '', 'en')),
          },
        ]),
  ];
}
