import { useInfiniteQuery, useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { AuditEvent } from '../../../server/contract/access.js';
import { csvAddress } from '../../charts/twin';
import { count, counted, instant } from '../../../server/contract/format.js';
import { registerOf } from '../../lib/registers';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { PageHeader } from '../../ui/page-header';
import { Empty, Failure, QueryState } from '../../ui/query-state';
import { useShownPages } from '../../ui/shown-rows';
import { may, sessionQuery } from '../access/api';
import { RecordLink } from '../records/record-link';
import { eventQuery, eventsQuery, verifyChain, type AuditFilter } from './api';
import { AuditFilters } from './audit-filters';
import { changesOf } from './event-changes';
import { actionWord, Changes, fieldWord, objectWord, Reasoned } from './event-words';
import './audit.css';

/** As many as one call gives. */
const STEP = 50;

/** Who changed what, when, from what to what; and whether anybody changed that record of it. */
export function AuditPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { seq, ...filter } = useSearch({ strict: false }) as AuditFilter & { seq?: string };
  return (
    <main id="content" className="page" tabIndex={-1}>
      {!may(session, 'audit') ? (
        <>
          <PageHeader title="Audit" question="Who changed what?" message="Not for your role." />
          <Empty>Each change is recorded. The record is open to administrators, the CIO and finance.</Empty>
        </>
      ) : seq !== undefined && /^[1-9]\d{0,14}$/.test(seq) ? (
        <OneEvent seq={Number(seq)} />
      ) : (
        <Events filter={pick(filter)} />
      )}
    </main>
  );
}

const pick = ({ objectType, objectId, actor }: AuditFilter): AuditFilter => ({
  ...(objectType === undefined ? {} : { objectType }),
  ...(objectId === undefined ? {} : { objectId }),
  ...(actor === undefined ? {} : { actor }),
});

const COLUMNS: readonly TableColumn<AuditEvent>[] = [
  {
    id: 'when',
    header: 'When',
    rowHeader: true,
    className: 'nowrap',
    cell: (event) => (
      <Link to="/audit" search={{ seq: String(event.seq) }} aria-label={`Event ${event.seq}, ${instant(event.at)}`}>
        {instant(event.at)}
      </Link>
    ),
  },
  { id: 'actor', header: 'Who', cell: ({ actor }) => actor },
  { id: 'action', header: 'Action', cell: ({ action }) => actionWord(action) },
  { id: 'object', header: 'Of', className: 'nowrap', cell: (event) => <ObjectName event={event} /> },
  { id: 'changes', header: 'What changed', className: 'audit-changes', cell: (event) => <Reasoned event={event} /> },
  {
    id: 'request',
    header: 'Request',
    cell: ({ requestId }) => requestId && <code className="caption">{requestId.slice(0, 8)}</code>,
  },
];

/** Kinds of event whose object is another record: months and entries are of their benefit or investment. */
const OWNERS: Record<string, string> = {
  benefit_value: 'benefit',
  value_entry: 'benefit',
  investment_cost: 'investment',
};

function ObjectName({ event: { objectType, objectCode, objectId } }: { event: AuditEvent }) {
  const register = registerOf(OWNERS[objectType] ?? objectType);
  const ref = objectCode ?? (objectType === 'link' ? objectId : null);
  if (objectType === 'import' && objectId !== null)
    return (
      <Link to="/import/$id" params={{ id: objectId }}>
        import
      </Link>
    );
  if (!register || ref === null) return `${objectWord(objectType)} ${objectCode ?? ''}`;
  return (
    <>
      {objectWord(objectType)}{' '}
      <RecordLink type={register.type} code={ref}>
        {objectCode ?? 'open'}
      </RecordLink>
    </>
  );
}

function Events({ filter }: { filter: AuditFilter }) {
  const events = useInfiniteQuery(eventsQuery(filter));
  const { rows, hasMore, isFetchingMore, showMore } = useShownPages(events, STEP);
  const total = events.data?.pages[0]?.total ?? 0;
  const navigate = useNavigate();
  const isFiltered = Object.keys(filter).length > 0;
  const clear = () =>
    void navigate({
      to: '.',
      search: (all) => ({ ...all, objectType: undefined, objectId: undefined, actor: undefined, rows: undefined }),
    });
  return (
    <>
      <PageHeader
        title="Audit"
        question="Who changed what, and is the record of it untouched?"
        message={
          events.data === undefined
            ? '\u00a0'
            : `${counted(total, 'event')}${isFiltered ? ' match' : ''}, newest first.`
        }
        actions={
          rows.length > 0 && (
            <a className="button" download="audit.csv" href={csvAddress(tableOf(rows))}>
              CSV of what is shown
            </a>
          )
        }
      />
      <Verification />
      <section className="card" aria-label="Events">
        <AuditFilters filter={filter} />
        <QueryState query={{ ...events, data: events.data?.pages[0] }} what="the events" rows={10}>
          {() =>
            rows.length === 0 ? (
              <Empty action={isFiltered && <Button onClick={clear}>Clear filters</Button>}>
                {isFiltered ? 'No event matches these filters.' : 'Nothing was changed yet.'}
              </Empty>
            ) : (
              <>
                <DataTable
                  label="Audit events"
                  className="audit-table"
                  caption={`${count(rows.length)} of ${counted(total, 'event')} shown`}
                  columns={COLUMNS}
                  rows={rows}
                  rowKey={({ seq }) => String(seq)}
                  scrolls
                />
                {hasMore && (
                  <p className="table-more">
                    <Button busy={isFetchingMore} onClick={showMore}>
                      Show older
                    </Button>
                  </p>
                )}
              </>
            )
          }
        </QueryState>
      </section>
    </>
  );
}

const tableOf = (rows: readonly AuditEvent[]) => ({
  columns: ['event', 'at', 'who', 'action', 'object', 'code', 'field', 'from', 'to', 'reason', 'request'],
  rows: rows.flatMap((event) => {
    const changes = changesOf(event);
    const lines = changes.length === 0 ? [{ field: '', from: null, to: null }] : changes;
    return lines.map(({ field, from, to }) =>
      [
        String(event.seq),
        event.at,
        event.actor,
        event.action,
        event.objectType,
        event.objectCode ?? '',
        field,
        from ?? '',
        to ?? '',
        event.reason ?? '',
        event.requestId ?? '',
      ].map((text) => ({ text })),
    );
  }),
});

/** Recomputes the chain of hashes from its first event to its last. */
function Verification() {
  const [at, setAt] = useState<string | null>(null);
  const verify = useMutation({ mutationFn: verifyChain, onSuccess: () => setAt(new Date().toISOString()) });
  return (
    <section className="card audit-verdict" aria-label="Whether the record is untouched">
      <div className="actions">
        <Button busy={verify.isPending} onClick={() => verify.mutate()}>
          Verify the chain
        </Button>
        <span className="caption">Each event carries the hash of the one before it. This recomputes all of them.</span>
      </div>
      <div role="status">
        {verify.data && at !== null && (
          <>
            {verify.data.valid ? (
              <p>
                <span aria-hidden="true">● </span>
                Untouched: {counted(verify.data.events, 'event')} verified at {instant(at)}.
              </p>
            ) : (
              <p className="gap-flag">
                <span aria-hidden="true">▲ </span>
                Broken at event {count(verify.data.firstBadSeq ?? 0)}: {verify.data.reason} The{' '}
                {counted(verify.data.events, 'event')} before it are as they were recorded.
              </p>
            )}
            <p className="caption">
              Hash of the last event: <code>{verify.data.headHash}</code>
            </p>
          </>
        )}
      </div>
      {verify.error && <Failure error={verify.error} what="the verification" retry={() => verify.mutate()} />}
    </section>
  );
}

/** One event in full: what a link to it opens. */
function OneEvent({ seq }: { seq: number }) {
  const event = useQuery(eventQuery(seq));
  return (
    <>
      <PageHeader
        title={`Event ${seq}`}
        question="What was changed here?"
        message={
          event.data
            ? `${event.data.actor}: ${objectWord(event.data.objectType)} ${event.data.objectCode ?? ''} ${actionWord(event.data.action)}`
            : '\u00a0'
        }
        actions={
          <Link to="/audit" className="button">
            All events
          </Link>
        }
      >
        {event.data && instant(event.data.at)}
      </PageHeader>
      <section className="card" aria-label="The event">
        <QueryState query={event} what="the event" rows={6}>
          {(found) => (found === null ? <Empty>There is no event {count(seq)}.</Empty> : <EventFacts event={found} />)}
        </QueryState>
      </section>
    </>
  );
}

function EventFacts({ event }: { event: AuditEvent }) {
  return (
    <dl className="event-facts">
      <dt>Event</dt>
      <dd>{count(event.seq)}</dd>
      <dt>When</dt>
      <dd>{event.at}</dd>
      <dt>Who</dt>
      <dd>{event.actor}</dd>
      <dt>Of</dt>
      <dd>
        <ObjectName event={event} />
      </dd>
      <dt>What changed</dt>
      <dd>
        <Changes event={event} all />
      </dd>
      {event.reason !== null && (
        <>
          <dt>Reason</dt>
          <dd>{event.reason}</dd>
        </>
      )}
      <dt>Request</dt>
      <dd>{event.requestId ?? 'none: made by the product itself'}</dd>
      <dt>Hash</dt>
      <dd>
        <code>{event.hash}</code>
      </dd>
      {event.objectId !== null && (
        <>
          <dt>{fieldWord('history')}</dt>
          <dd>
            <Link to="/audit" search={{ objectType: event.objectType, objectId: event.objectId }}>
              All events of the same {objectWord(event.objectType)}
            </Link>
          </dd>
        </>
      )}
    </dl>
  );
}
