import { useSuspenseQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { PageHeader } from '../../ui/page-header';
import { Empty } from '../../ui/query-state';
import { may, sessionQuery } from '../access/api';
import { readSearch, type ConfirmSearch } from './search';
import { WorkList } from './work-list';
import './confirm.css';

const QUESTION = 'Which realised values can I confirm?';

/** What was reported as realised, for finance to confirm or to reject: one or many at once. */
export function ConfirmPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const search = readSearch(useSearch({ strict: false }) as ConfirmSearch);
  return (
    <main id="content" className="page confirm-page" tabIndex={-1}>
      {may(session, 'confirm') ? (
        <WorkList key={search.state} {...{ search, question: QUESTION }} by={session.user.email} />
      ) : (
        <>
          <PageHeader title="Confirm" question={QUESTION} message="Not for your role." />
          <Empty>
            Realised values are confirmed by finance, and never by who reported them. What is confirmed stands on the
            page of each benefit.
          </Empty>
        </>
      )}
    </main>
  );
}
