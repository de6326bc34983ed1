import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { EntryReceipt, EntrySummary } from '../../../server/contract/entry.js';
import { counted, day, instant } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/overlays';
import { useQuickReason } from '../../ui/quick-reason';
import { Empty, QueryState } from '../../ui/query-state';
import { changedOf, entriesQuery, entryQuery, undoEntry } from './api';
import { CODES, shownValue } from './words';
import './earlier-entries.css';

/** What was saved before, and the way back where there still is one. */
export function EarlierEntries() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Earlier entries</Button>
      <ConfirmDialog title="Your earlier entries" isOpen={isOpen} onClose={() => setOpen(false)}>
        <Entries />
        <div className="actions">
          <Button onClick={() => setOpen(false)}>Close</Button>
        </div>
      </ConfirmDialog>
    </>
  );
}

function Entries() {
  const query = useInfiniteQuery({ ...entriesQuery, staleTime: 0 });
  return (
    <QueryState query={query} what="your entries" rows={4}>
      {({ pages }) =>
        pages[0]!.total === 0 ? (
          <Empty>You have saved nothing here yet. Each save is listed as one entry, and can be undone as one.</Empty>
        ) : (
          <>
            <ul className="earlier-entries" aria-label="Entries, newest first">
              {pages.flatMap(({ items }) => items.map((entry) => <Entry key={entry.id} entry={entry} />))}
            </ul>
            {query.hasNextPage && (
              <p className="actions">
                <span className="caption">
                  {pages.reduce((sum, { items }) => sum + items.length, 0)} of{' '}
                  {counted(pages[0]!.total, 'entry', 'entries')} shown
                </span>
                <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  Show more
                </Button>
              </p>
            )}
          </>
        )
      }
    </QueryState>
  );
}

function Entry({ entry }: { entry: EntrySummary }) {
  const queryClient = useQueryClient();
  const [isShown, setShown] = useState(false);
  const { id, savedAt, reason, cells, benefits, canUndo, undoneAt, undoneBy } = entry;
  const name = `the entry of ${instant(savedAt)}`;
  const why = useQuickReason(`Undo ${name}`, 'undo');
  const undo = useMutation({
    mutationFn: () => undoEntry(id, why.reason),
    onSuccess: () => queryClient.invalidateQueries(),
    // What stands in the way now is told; the list then says so, too.
    onError: () => queryClient.invalidateQueries({ queryKey: ['entries'] }),
  });
  const changed = undo.error ? changedOf(undo.error) : [];
  return (
    <li>
      <p>
        <strong>{instant(savedAt)}</strong> · {counted(cells, 'value')} of {counted(benefits, 'benefit')}
        {reason !== null && ` · ${reason}`} <span className="caption">Entry {id.slice(-8)}</span>
      </p>
      {undoneAt !== null && (
        <p className="caption">
          Undone on {instant(undoneAt)} by {undoneBy}.
        </p>
      )}
      {undoneAt === null && !canUndo && cells > 0 && (
        <p className="caption">Cannot be undone any more: its values were changed, judged or locked since.</p>
      )}
      {undo.error && (
        <p role="alert" className="field-error">
          {undo.error.message}
          {changed.slice(0, 5).map(({ benefit, month, what, by }) => ` ${benefit}, ${day(month)}: ${what} by ${by}.`)}
        </p>
      )}
      <div className="actions">
        <Button
          look="plain"
          aria-expanded={isShown}
          aria-label={`Values of ${name}`}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? 'Hide values' : 'Show values'}
        </Button>
        {canUndo && (
          <Button look="plain" busy={undo.isPending} aria-label={`Undo ${name}`} onClick={() => undo.mutate()}>
            {undo.isPending ? 'Undoing' : 'Undo'}
          </Button>
        )}
        {canUndo && why.button}
      </div>
      {canUndo && why.field}
      {isShown && <Values id={id} />}
    </li>
  );
}

const MOST = 200;

function Values({ id }: { id: string }) {
  const query = useQuery(entryQuery(id));
  return (
    <QueryState query={query} what="the values of this entry" rows={3}>
      {({ items }) => (
        <div className="table-region earlier-values" tabIndex={0} role="region" aria-label="Values of this entry">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Where</th>
                <th scope="col" className="numeric">
                  Was
                </th>
                <th scope="col" className="numeric">
                  Became
                </th>
              </tr>
            </thead>
            <tbody>
              {items.slice(0, MOST).map((item) => (
                <tr key={`${item.benefit} ${item.month} ${item.field}`}>
                  <th scope="row">
                    {item.benefit}, {day(item.month)} {item.field === 'evidence' ? 'evidence' : CODES[item.field]}
                  </th>
                  <td className="numeric">{shown(item, item.before)}</td>
                  <td className="numeric">{shown(item, item.after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {items.length > MOST && (
            <p className="caption">
              {MOST} of {items.length} shown.
            </p>
          )}
        </div>
      )}
    </QueryState>
  );
}

const shown = ({ field }: EntryReceipt['items'][number], value: string | null): string =>
  value === null ? 'empty' : field === 'evidence' ? value : shownValue(value, 0);
