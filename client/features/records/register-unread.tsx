import type { TableColumn } from '../../ui/data-table';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/query-state';
import { isUnread, type Figures, type RegisterRow } from './use-register-rows';

/** What could not be computed about the records of a list that is there: above it, once for each source. */
export function UnreadFigures({ figures }: { figures: readonly Figures[] }) {
  return figures
    .filter(({ query }) => query.error !== null)
    .map(({ what, columns, query }) =>
      query.data === undefined ? (
        <Failure key={what} error={query.error!} what={what} retry={() => void query.refetch()} />
      ) : (
        <p key={what} className="stale" role="status">
          <span aria-hidden="true">⚠ </span>
          {query.error!.message} The {columns.length === 1 ? 'column' : 'columns'} of {what} stand as read before.{' '}
          <Button look="plain" onClick={() => void query.refetch()}>
            Try again
          </Button>
        </p>
      ),
    );
}

/** A cell of a column whose figures could not be read: no blank, which would read as nothing. */
const Unread = ({ what }: { what: string }) => (
  <abbr title={`${what} cannot be shown`}>
    x<span className="visually-hidden"> {what} cannot be shown</span>
  </abbr>
);

/** The columns, with a mark and a reason in each cell that could not be filled, and no order by it. */
export function withUnread(
  columns: readonly TableColumn<RegisterRow>[],
  figures: readonly Figures[],
): TableColumn<RegisterRow>[] {
  const unread = figures.filter(isUnread);
  return columns.map((column) => {
    const of = unread.find((each) => each.columns.includes(column.id));
    return of === undefined ? column : { ...column, sortable: false, cell: () => <Unread what={of.what} /> };
  });
}
