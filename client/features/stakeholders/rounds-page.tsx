import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { SurveyRound, SurveyRounds } from '../../../server/contract/survey.js';
import { count, counted, day } from '../../lib/format';
import { Button } from '../../ui/button';
import { DataTable } from '../../ui/data-table';
import { ConfirmDialog } from '../../ui/overlays';
import { PageHeader } from '../../ui/page-header';
import { Empty, QueryState } from '../../ui/query-state';
import { may, sessionQuery } from '../access/api';
import { moveRound, roundsQuery } from '../surveys/api';
import { stakeholdersKey } from './api';
import { InviteForm } from './invite-form';
import { RoundForm } from './round-form';
import './stakeholders.css';

const QUESTION = 'Whom do we ask, and how many have answered?';

/** Rounds of the survey: prepared, open, closed. */
export function RoundsPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return may(session, 'surveys') ? (
    <Rounds />
  ) : (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader title="Survey rounds" question={QUESTION} message="Not for your role." />
      <Empty action={<Link to="/stakeholders">See what people said</Link>}>
        Surveys are sent out by the CIO and by administrators.
      </Empty>
    </main>
  );
}

function Rounds() {
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
            items.map((round) => <RoundCard key={round.code} round={round} mailConfigured={mailConfigured} />)
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

const STATES = { draft: 'Draft', open: 'Open', closed: 'Closed' } as const;

function RoundCard({ round, mailConfigured }: { round: SurveyRound; mailConfigured: boolean }) {
  const client = useQueryClient();
  const [isClosing, setClosing] = useState(false);
  const move = useMutation({
    mutationFn: (to: 'open' | 'close') => moveRound(round, to),
    onSettled: async () => {
      setClosing(false);
      await client.invalidateQueries({ queryKey: roundsQuery.queryKey });
      await client.invalidateQueries({ queryKey: stakeholdersKey });
    },
  });
  const dates = [
    round.opensOn && `opens on ${day(round.opensOn)}`,
    round.closesOn && `to be closed on ${day(round.closesOn)}`,
    round.reminders > 0 && `${counted(round.reminders, 'reminder')} sent`,
  ].filter(Boolean);
  return (
    <section className="card" aria-labelledby={`round-${round.code}`}>
      <h2 id={`round-${round.code}`}>
        {round.name} · {round.period} · {STATES[round.state]}
      </h2>
      <p className="round-facts">
        {count(round.answered)} of {count(round.invited)} invited have answered
        {dates.length > 0 && ` · ${dates.join(' · ')}`}
      </p>
      <DataTable
        caption={`Areas of ${round.name}`}
        hideCaption
        label={`Areas of ${round.name}`}
        rows={round.areas}
        rowKey={({ code }) => code}
        columns={[
          {
            id: 'area',
            header: 'Area',
            rowHeader: true,
            cell: ({ name, isIt }) => (isIt ? `${name} (IT itself)` : name),
          },
          { id: 'invited', header: 'Invited', numeric: true, cell: ({ invited }) => count(invited) },
          { id: 'answered', header: 'Answered', numeric: true, cell: ({ answered }) => count(answered) },
        ]}
      />
      {round.state === 'open' && <InviteForm round={round} mailConfigured={mailConfigured} />}
      {move.error && (
        <p role="alert" className="field-error">
          ▲ {move.error.message}
        </p>
      )}
      <div className="actions">
        {round.state === 'draft' && (
          <Button look="primary" busy={move.isPending} onClick={() => move.mutate('open')}>
            Open the round
          </Button>
        )}
        {round.state === 'open' && <Button onClick={() => setClosing(true)}>Close the round…</Button>}
      </div>
      <ConfirmDialog title={`Close “${round.name}”?`} isOpen={isClosing} onClose={() => setClosing(false)}>
        <p>
          Links stop working, addresses are erased, and the answers count in all figures. A closed round cannot be
          opened again.
        </p>
        <div className="actions">
          <Button look="danger" busy={move.isPending} onClick={() => move.mutate('close')}>
            Close the round
          </Button>
          <Button onClick={() => setClosing(false)}>Keep it open</Button>
        </div>
      </ConfirmDialog>
    </section>
  );
}
