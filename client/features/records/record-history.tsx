import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { AnyRecord } from '../../../server/contract/records.js';
import { counted, instant } from '../../../server/contract/format.js';
import type { RegisterType } from '../../lib/registers';
import { QueryState } from '../../ui/query-state';
import { Changes, eventWord } from '../audit/event-words';
import '../audit/audit.css';
import { historyQuery } from './api';

interface RecordHistoryProps {
  type: RegisterType;
  record: AnyRecord;
  mayRead: boolean;
}

/** Who changed it last, and the way to all of its events. */
export function RecordHistory({ type, record, mayRead }: RecordHistoryProps) {
  const history = useQuery({ ...historyQuery(type, record.id), enabled: mayRead });
  return (
    <section className="card" aria-labelledby="history">
      <h2 id="history">History</h2>
      <p className="caption">
        Entered {instant(record.createdAt)}
        {record.version > 1 && `, last changed ${instant(record.updatedAt)}`}
      </p>
      {mayRead ? (
        <QueryState query={history} what="the history" rows={3}>
          {({ items, total }) => (
            <>
              <ol className="record-history">
                {items.map((event) => (
                  <li key={event.seq}>
                    <Link to="/audit" search={{ seq: String(event.seq) }}>
                      {eventWord(event)}
                    </Link>{' '}
                    <span className="caption">
                      {[instant(event.at), event.actor, event.reason].filter(Boolean).join(' · ')}
                    </span>
                    {event.objectType !== 'import' && event.before !== null && <Changes event={event} />}
                  </li>
                ))}
              </ol>
              <p>
                <Link to="/audit" search={{ objectType: type, objectId: record.id }}>
                  See {total === 1 ? 'its one audit event' : `all ${counted(total, 'audit event')}`}
                </Link>
              </p>
            </>
          )}
        </QueryState>
      ) : (
        <p>Each change is recorded. Who changed what is for administrators, CIO and finance to see.</p>
      )}
    </section>
  );
}
