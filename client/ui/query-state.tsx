import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError } from '../lib/http';
import { Button } from './button';

/** The part of a query that its states follow from; several queries may be shown as one. */
export type Reading<Data> = Pick<UseQueryResult<Data>, 'error' | 'isFetching' | 'dataUpdatedAt'> & {
  data: Data | undefined;
  refetch: () => unknown;
};

interface QueryStateProps<Data> {
  query: Reading<Data>;
  /** What is loading, for the sentence of an error: `the gaps`. */
  what: string;
  /** Rows of the skeleton, which has the height of what will stand there. */
  rows?: number;
  /** In place of plain rows, where what will stand there is no table. */
  skeleton?: ReactNode;
  children: (data: Data) => ReactNode;
}

/**
 * The states of whatever comes from the server, the same everywhere: nothing for 200 ms, then a skeleton; old data stays while new data
 * is fetched; an error keeps to its panel, says what to do and offers to try again.
 */
export function QueryState<Data>({ query, what, rows = 4, skeleton, children }: QueryStateProps<Data>) {
  const { data, error, isFetching } = query;
  if (data === undefined) {
    if (error) return <Failure error={error} what={what} retry={() => void query.refetch()} />;
    return skeleton ?? <Skeleton rows={rows} />;
  }
  return (
    <div className="query-state" aria-busy={isFetching || undefined}>
      {isFetching && <div className="progress-line" aria-hidden="true" />}
      {error && (
        <p className="stale" role="status">
          <span aria-hidden="true">⚠ </span>
          {error.message} Shown as read at {clock(query.dataUpdatedAt)}.{' '}
          <Button look="plain" onClick={() => void query.refetch()}>
            Try again
          </Button>
        </p>
      )}
      {children(data)}
    </div>
  );
}

const clock = (at: number): string => new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

export function Skeleton({ rows }: { rows: number }) {
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">Loading</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="skeleton-row" aria-hidden="true" />
      ))}
    </div>
  );
}

/** A panel that could not be filled. The rest of the page stays. */
export function Failure({ error, what, retry }: { error: Error; what: string; retry?: () => void }) {
  const reference = error instanceof ApiError ? error.requestId : null;
  return (
    <div className="failure" role="alert">
      <p>
        <span aria-hidden="true">▲ </span>
        {capital(what)} cannot be shown. {error.message}
      </p>
      {reference && (
        <p className="caption">
          Reference <code>{reference}</code>
        </p>
      )}
      {retry && <Button onClick={retry}>Try again</Button>}
    </div>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Why there is nothing here, what would fill it, and one thing to do. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p>{children}</p>
      {action}
    </div>
  );
}
