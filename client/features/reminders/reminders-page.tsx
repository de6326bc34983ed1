import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { day } from '../../../server/contract/format.js';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { sessionQuery } from '../access/api';
import { reminderSettingsQuery, remindersQuery } from './api';
import { DigestSection } from './digest-section';
import { FeedSection } from './feed-section';
import { ReminderGroups } from './reminder-groups';
import { dueMessage } from './words';
import './reminders.css';

/** What is due for the person who looks, with the way to each; and how it reaches them elsewhere. */
export function RemindersPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { isExample } = usePageScope();
  const due = useQuery({ ...remindersQuery, staleTime: 0 });
  const settings = useQuery(reminderSettingsQuery);
  useSectionOfAddress(settings.data !== undefined);
  const mayEnter = session.writes.includes('benefit_value');
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader
        title="Due"
        question="What is due for me, and where do I do it?"
        message={due.data ? dueMessage(due.data) : '\u00a0'}
      >
        {session.user.name}
        {due.data && ` · to ${day(due.data.until)}`}
        {due.data && isExample && ` · the example’s day is ${day(due.data.today)}`}
      </PageHeader>
      <section className="card" aria-labelledby="due-title">
        <h2 id="due-title">What is due</h2>
        <QueryState query={due} what="what is due" rows={6}>
          {(found) =>
            found.items.length === 0 ? (
              <Empty
                action={
                  mayEnter ? (
                    <Link to="/enter" search={{ show: 'all' }} className="button">
                      See all measures
                    </Link>
                  ) : (
                    <Link to="/benefits" className="button">
                      See benefits
                    </Link>
                  )
                }
              >
                Nothing due for you until {day(found.until)}. Values of benefits that you own or manage, your corrective
                actions and assumptions, and evidence that ends would stand here.
              </Empty>
            ) : (
              <ReminderGroups due={found} />
            )
          }
        </QueryState>
      </section>
      <div className="reminder-ways">
        <section className="card" id="calendar" tabIndex={-1} aria-labelledby="calendar-title">
          <h2 id="calendar-title">In your calendar</h2>
          <QueryState query={settings} what="the calendar address" rows={3}>
            {(found) => <FeedSection settings={found} />}
          </QueryState>
        </section>
        <section className="card" id="digest" tabIndex={-1} aria-labelledby="digest-title">
          <h2 id="digest-title">By e-mail</h2>
          <QueryState query={settings} what="the digest" rows={3}>
            {(found) => <DigestSection settings={found} />}
          </QueryState>
        </section>
      </div>
    </main>
  );
}

/** A mail leads to the section that switches it off. */
function useSectionOfAddress(isThere: boolean): void {
  const { hash } = useLocation();
  useEffect(() => {
    if (!isThere || (hash !== 'digest' && hash !== 'calendar')) return;
    const section = document.getElementById(hash);
    section?.scrollIntoView();
    section?.focus({ preventScroll: true });
  }, [isThere, hash]);
}
