import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { SurveyRound, SurveyRounds } from '../../../server/contract/survey.js';
import { count } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { PageHeader } from '../../ui/page-header';
import { Empty, QueryState } from '../../ui/query-state';
import { may, sessionQuery } from '../access/api';
import { roundsQuery } from '../surveys/api';
import { RoundCard } from './round-card';
import { RoundForm } from './round-form';
import './stakeholders.css';

const QUESTION = 'Whom do we ask, and how many have answered?';

/** Rounds of the survey: prepared, open, closed. */
export function RoundsPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return may(session, 'surveys') ? (
    <Rounds mayRemoveAnswers={session.writes.includes('survey')} />
  ) : (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader title="Survey rounds" question={QUESTION} message="Not for your role." />
      <Empty action={<Link to="/stakeholders">See what people said</Link>}>
        Surveys are sent out by the CIO and by administrators.
      </Empty>
    </main>
  );
}

function Rounds({ mayRemoveAnswers }: { mayRemoveAnswers: boolean }) {
  const query = useQuery(roundsQuery);
  const [isNew, setNew] = useState(false);
  const open = query.data?.items.filter(({ state }) => state === 'open') ?? [];
  return (
    <main id="content" className="page stakeholders" tabIndex={-1}>
      <PageHeader
        title="Survey rounds"
        question={QUESTION}
        message={query.data ? messageOf(query.data, open) : '\u00a0'}
        actions={!isNew && <Button onClick={() => setNew(true)}>New round</Button>}
      >
        <Link to="/stakeholders">Stakeholders</Link> · answers count once a round is closed, so that no single one can
        be told
      </PageHeader>
      {isNew && <RoundForm onClose={() => setNew(false)} />}
      <QueryState query={query} what="the rounds">
        {({ items, mailConfigured }) =>
          items.length === 0 ? (
            <Empty>No round was prepared here yet. Surveys that were imported are over and need none.</Empty>
          ) : (
            items.map((round) => <RoundCard key={round.code} {...{ round, mailConfigured, mayRemoveAnswers }} />)
          )
        }
      </QueryState>
    </main>
  );
}

const messageOf = ({ items }: SurveyRounds, open: readonly SurveyRound[]): string => {
  if (open.length > 0)
    return open
      .map(({ name, answered, invited }) => `“${name}” is open: ${count(answered)} of ${count(invited)} have answered.`)
      .join(' ');
  return items.length === 0 ? 'Nobody was asked yet.' : 'No round is open.';
};
