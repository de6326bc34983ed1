import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SurveyRounds } from '../../../server/contract/survey.js';
import { count, counted, day } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { Button } from '../../ui/button';
import { DataTable } from '../../ui/data-table';
import { ConfirmDialog } from '../../ui/overlays';
import { usePageScope } from '../../ui/page-scope';
import { ReasonField } from '../../ui/reason-field';
import { moveRound, removeRound, roundsQuery } from '../surveys/api';
import { stakeholdersKey } from './api';
import { InviteForm } from './invite-form';
import { MailsSent, TakeBack } from './mails-sent';
import { RoundForm } from './round-form';
import { askedByLink, BY_LINKS } from './words';

type Round = SurveyRounds['items'][number];
type Asking = 'close' | 'remove' | null;

const STATES = { draft: 'Draft', open: 'Open', closed: 'Closed' } as const;

const lastDay = ({ closesOn, isOver, state }: Round): string | false => {
  if (closesOn === null || state === 'closed') return false;
  return isOver ? `its last day was ${day(closesOn)}` : `answers until ${day(closesOn)}`;
};

interface RoundCardProps {
  round: Round;
  mailConfigured: boolean;
  /** With a closed round its answers go. */
  mayRemoveAnswers: boolean;
}

/** One round: whom it asks, how many have answered, and what can be done with it now. */
export function RoundCard({ round, mailConfigured, mayRemoveAnswers }: RoundCardProps) {
  const client = useQueryClient();
  const { fiscalYearStartMonth } = usePageScope();
  const [asking, setAsking] = useState<Asking>(null);
  const [reason, setReason] = useState('');
  const [isChanging, setChanging] = useState(false);
  const ask = (what: Asking) => {
    setReason('');
    setAsking(what);
  };
  const reread = async () => {
    setAsking(null);
    await client.invalidateQueries({ queryKey: roundsQuery.queryKey });
    await client.invalidateQueries({ queryKey: stakeholdersKey });
  };
  const move = useMutation({ mutationFn: (to: 'open' | 'close') => moveRound(round, to, reason), onSettled: reread });
  const remove = useMutation({ mutationFn: () => removeRound(round, reason), onSettled: reread });
  const error = move.error ?? remove.error;
  const facts = [
    round.state !== 'draft' && `${count(round.answered)} of ${count(round.invited)} invited have answered`,
    round.byLink > 0 && askedByLink(round.byLink, round.invited),
    round.opensOn && round.state === 'draft' && `opens on ${day(round.opensOn)}`,
    lastDay(round),
    round.reminders > 0 && `${counted(round.reminders, 'reminder')} sent`,
    round.state === 'open' && round.remindedOn && `last reminded on ${day(round.remindedOn)}, once a day at most`,
  ].filter(Boolean);
  const isRemovable = round.state === 'draft' || (round.state === 'closed' && mayRemoveAnswers);
  if (isChanging) return <RoundForm round={round} onClose={() => setChanging(false)} />;
  return (
    <section className="card" aria-labelledby={`round-${round.code}`}>
      <h2 id={`round-${round.code}`}>
        {round.name} · {periodLabel(round.period, fiscalYearStartMonth)} · {STATES[round.state]}
      </h2>
      <p className="round-facts">{facts.join(' · ')}</p>
      {round.state === 'open' && round.isOver && (
        <p className="field-error">
          ▲ No answer is taken any more. Close the round so that its answers count, or move its last day.
        </p>
      )}
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
          { id: 'byLink', header: `Of these ${BY_LINKS}`, numeric: true, cell: ({ byLink }) => count(byLink) },
          { id: 'answered', header: 'Answered', numeric: true, cell: ({ answered }) => count(answered) },
        ]}
      />
      {round.state === 'open' && (
        <>
          <MailsSent round={round} />
          {!round.isOver && <InviteForm round={round} mailConfigured={mailConfigured} />}
          {!round.isOver && <TakeBack round={round} mailConfigured={mailConfigured} />}
        </>
      )}
      {error && (
        <p role="alert" className="field-error">
          ▲ {error.message}
        </p>
      )}
      {(round.state !== 'closed' || isRemovable) && (
        <div className="actions">
          {round.state === 'draft' && (
            <Button look="primary" busy={move.isPending} onClick={() => move.mutate('open')}>
              Open the round
            </Button>
          )}
          {round.state === 'open' && <Button onClick={() => ask('close')}>Close the round…</Button>}
          {round.state !== 'closed' && <Button onClick={() => setChanging(true)}>Change</Button>}
          {isRemovable && <Button onClick={() => ask('remove')}>Remove…</Button>}
        </div>
      )}
      <ConfirmDialog title={`Close “${round.name}”?`} isOpen={asking === 'close'} onClose={() => setAsking(null)}>
        <p>
          Links stop working, addresses are erased, and the answers count in all figures. A closed round cannot be
          opened again.
          {round.waiting + round.failed > 0 &&
            ' Mails that were not sent are dropped: who got none does not count as asked.'}
        </p>
        <ReasonField value={reason} onChange={setReason} />
        <div className="actions">
          <Button look="danger" busy={move.isPending} onClick={() => move.mutate('close')}>
            Close the round
          </Button>
          <Button onClick={() => setAsking(null)}>Keep it open</Button>
        </div>
      </ConfirmDialog>
      <ConfirmDialog title={`Remove “${round.name}”?`} isOpen={asking === 'remove'} onClose={() => setAsking(null)}>
        <p>
          {round.state === 'draft'
            ? 'Nobody was asked yet. The draft goes, and its quarter is free for another.'
            : `${counted(round.answered, 'answer')} go into the archive with it and count in no figure of ${round.period} any more. Its quarter is free for another.`}
        </p>
        {round.state === 'closed' && <ReasonField value={reason} onChange={setReason} />}
        <div className="actions">
          <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            {round.state === 'draft' ? 'Remove the draft' : 'Remove the round and its answers'}
          </Button>
          <Button onClick={() => setAsking(null)}>Keep it</Button>
        </div>
      </ConfirmDialog>
    </section>
  );
}
