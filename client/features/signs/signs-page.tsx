import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { periodLabel } from '../../lib/period';
import { Button } from '../../ui/button';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { may, readsChain, sessionQuery } from '../access/api';
import '../proof/proof.css';
import { signsQuery } from './api';
import { SignRow } from './sign-row';
import { Thresholds } from './thresholds';
import { messageOf } from './words';
import './signs.css';

const QUESTION = 'Which of the eight patterns are we showing, on what evidence?';

/** The eight signs of misalignment. No index over them: each is looked at by itself. */
export function SignsPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  if (readsChain(session)) return <Readable mayWrite={may(session, 'signs')} />;
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader title="Signs" question={QUESTION} message="Not for your role." />
      <Empty action={<Link to="/benefits">See benefits</Link>}>
        Signs of misalignment are read by the staff of IT.
      </Empty>
    </main>
  );
}

function Readable({ mayWrite }: { mayWrite: boolean }) {
  const page = usePageScope();
  const query = useQuery(signsQuery(page));
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    setTimeout(() => document.getElementById('thresholds')?.focus());
  };
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader
        title="Signs"
        question={QUESTION}
        message={query.data ? messageOf(query.data.items) : '\u00a0'}
        actions={
          mayWrite && (
            <Button id="thresholds" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              Thresholds
            </Button>
          )
        }
      >
        {page.scopeName} · {periodLabel(page.period, page.fiscalYearStartMonth)} · present: two or more tests hold;
        watch: one
      </PageHeader>
      {isOpen && <Thresholds onClose={close} />}
      <QueryState query={query} what="the signs" rows={16}>
        {({ items }) => (
          <div className="signs">
            {items.map((sign) => (
              <SignRow key={`${sign.id} ${page.period}`} sign={sign} mayWrite={mayWrite} />
            ))}
          </div>
        )}
      </QueryState>
    </main>
  );
}
