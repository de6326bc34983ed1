import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, type FormEvent } from 'react';
import type { SurveyRounds } from '../../../server/contract/survey.js';
import { counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { ErrorSummary } from '../../ui/field';
import { retryMails, roundsQuery, withdraw } from '../surveys/api';
import { sentencesOf } from './errors';

type Round = SurveyRounds['items'][number];

/** What became of the mails: those on the way, and people whom none has reached, who can be tried again or left out. */
export function MailsSent({ round }: { round: Round }) {
  const client = useQueryClient();
  const reread = () => client.invalidateQueries({ queryKey: roundsQuery.queryKey });
  const retry = useMutation({ mutationFn: () => retryMails(round.code), onSettled: reread });
  const leaveOut = useMutation({
    mutationFn: (email: string) => withdraw(round.code, { emails: [email], links: [] }),
    onSettled: reread,
  });
  const { waiting, failed, unreached } = round;
  const error = retry.error ?? leaveOut.error;
  const reminders = failed - unreached.length;
  const leftOut: TableColumn<Round['unreached'][number]> = {
    id: 'out',
    header: 'Leave out',
    cell: ({ email }) => (
      <Button
        busy={leaveOut.isPending && leaveOut.variables === email}
        onClick={() => leaveOut.mutate(email)}
        aria-label={`Leave ${email} out`}
      >
        Leave out
      </Button>
    ),
  };
  return (
    <>
      <p role="status" className="round-facts">
        {waiting > 0 && `${counted(waiting, 'mail')} on the way.`}
      </p>
      {failed > 0 && (
        <>
          <p className="field-error">
            ▲{' '}
            {[
              unreached.length > 0 && `${counted(unreached.length, 'invitation')} could not be sent`,
              reminders > 0 && `${counted(reminders, 'reminder')} could not be sent`,
            ]
              .filter(Boolean)
              .join(', ')}
            . Who has no link does not count as asked.
            {round.isOver && ' The round is over, so they stay unsent.'}
          </p>
          {unreached.length > 0 && (
            <DataTable
              caption="People whom no mail has reached"
              hideCaption
              label="People whom no mail has reached"
              rows={unreached}
              rowKey={({ email }) => email}
              columns={[
                { id: 'email', header: 'Address', rowHeader: true, cell: ({ email }) => email },
                { id: 'area', header: 'Area', cell: ({ area }) => area },
                { id: 'why', header: 'Why', cell: ({ message }) => message },
                ...(round.isOver ? [] : [leftOut]),
              ]}
            />
          )}
          {!round.isOver && (
            <div className="actions">
              <Button busy={retry.isPending} onClick={() => retry.mutate()}>
                Send {counted(failed, 'mail')} again
              </Button>
            </div>
          )}
        </>
      )}
      {error && (
        <p role="alert" className="field-error">
          ▲ {error.message}
        </p>
      )}
    </>
  );
}

/** For links that were not handed out, and people who were asked by mistake. */
export function TakeBack({ round, mailConfigured }: { round: Round; mailConfigured: boolean }) {
  const client = useQueryClient();
  const take = useMutation({
    mutationFn: (lines: readonly string[]) =>
      withdraw(round.code, {
        emails: lines.filter((line) => line.includes('@')),
        links: lines.filter((line) => !line.includes('@')),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: roundsQuery.queryKey }),
  });
  const errors = useMemo(() => sentencesOf(take.error), [take.error]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    take.mutate(
      String(form.get('back') ?? '')
        .split(/[\s,;]+/)
        .filter(Boolean),
    );
  };
  const id = `back-${round.code}`;
  return (
    <details className="voice-comments">
      <summary>Take invitations back</summary>
      <form className="stakeholder-form" onSubmit={submit}>
        <ErrorSummary title="Nothing was taken back" errors={errors} />
        <div className="field">
          <label htmlFor={id}>{mailConfigured ? 'Links or addresses' : 'Links'}</label>
          <p className="field-help" id={`${id}-help`}>
            One a line: links that you did not hand out{mailConfigured && ', people who were asked by mistake'}. They
            stop working. Who was sent a mail still counts as asked: else the number would tell who has answered. What
            was answered stays.
          </p>
          <textarea className="input textarea" id={id} name="back" rows={3} required aria-describedby={`${id}-help`} />
        </div>
        <div className="actions">
          <Button type="submit" busy={take.isPending}>
            Take back
          </Button>
        </div>
        <p role="status">
          {take.data &&
            `${counted(take.data.withdrawn, 'invitation')} taken back${
              take.data.left > 0 ? `; ${take.data.left} left alone: links that were used, or not of this round` : ''
            }.`}
        </p>
      </form>
    </details>
  );
}
