import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type FormEvent } from 'react';
import {
  type InviteToSurvey,
  MOST_INVITED,
  type SurveyInvited,
  type SurveyRound,
} from '../../../server/contract/survey.js';
import { copyText } from '../../lib/clipboard';
import { counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { ErrorSummary, Field } from '../../ui/field';
import { invite, remind, roundsQuery } from '../surveys/api';
import { sentencesOf } from './errors';

const addressesIn = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);

/** People by mail, or links to hand out; each works once. */
export function InviteForm({ round, mailConfigured }: { round: SurveyRound; mailConfigured: boolean }) {
  const client = useQueryClient();
  const reread = () => client.invalidateQueries({ queryKey: roundsQuery.queryKey });
  const send = useMutation({
    mutationFn: (given: InviteToSurvey) => invite(round.code, given),
    onSuccess: reread,
  });
  const again = useMutation({ mutationFn: () => remind(round.code), onSuccess: reread });
  const error = send.error ?? again.error;
  const errors = useMemo(() => sentencesOf(error), [error]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    send.mutate({
      area: String(form.get('area')),
      emails: addressesIn(String(form.get('emails') ?? '')),
      links: Number(form.get('links') || 0),
      replacing: Number(form.get('replacing') || 0),
    });
  };
  const id = `invite-${round.code}`;
  return (
    <form className="stakeholder-form" onSubmit={submit}>
      <h3>Invite</h3>
      <ErrorSummary title="Nobody was invited" errors={errors} />
      <div className="field">
        <label htmlFor={`${id}-area`}>Area</label>
        <select className="input" id={`${id}-area`} name="area">
          {round.areas.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {mailConfigured ? (
        <div className="field">
          <label htmlFor={`${id}-emails`}>E-mail addresses</label>
          <p className="field-help" id={`${id}-help`}>
            One a line. Erased when the round is closed; who answered what is never stored.
          </p>
          <textarea
            className="input textarea"
            id={`${id}-emails`}
            name="emails"
            rows={3}
            aria-describedby={`${id}-help`}
          />
        </div>
      ) : (
        <p className="caption">Mail is not set up on this server, so links are handed out.</p>
      )}
      <Field
        label="Links to hand out"
        name="links"
        type="number"
        min={0}
        max={MOST_INVITED}
        help="Each counts as somebody who was asked, and is told apart: whoever makes a link can see whether it was used, and could answer by it. Take back those that you do not hand out."
        defaultValue={mailConfigured ? 0 : 10}
      />
      {round.invited > 0 && (
        <Field
          label="Of these, in place of lost links"
          name="replacing"
          type="number"
          min={0}
          max={MOST_INVITED}
          help="Who lost a link of this area was asked before, and counts once."
          defaultValue={0}
        />
      )}
      <p className="caption">
        Ask five people or more of an area: of fewer, the number of answers tells who has answered.
        {mailConfigured && ' A reminder goes to all who were sent a mail: nobody can see who has answered.'}
      </p>
      <div className="actions">
        <Button look="primary" type="submit" busy={send.isPending}>
          Invite
        </Button>
        {mailConfigured && round.mayRemind && (
          <Button busy={again.isPending} onClick={() => again.mutate()}>
            Remind {counted(round.remindable, 'person', 'people')}
          </Button>
        )}
      </div>
      {again.data && !again.isPending && <Invited invited={again.data} />}
      {send.data && !send.isPending && <Invited invited={send.data} />}
    </form>
  );
}

function Invited({ invited: { links, waiting, known } }: { invited: SurveyInvited }) {
  const [isCopied, setCopied] = useState(false);
  const all = links.join('\n');
  return (
    <div role="status" className="stakeholder-form">
      {waiting > 0 && <p>{counted(waiting, 'mail')} on the way.</p>}
      {known.length > 0 && (
        <p>Invited before, of this area or of another one in which they stay, and left alone: {known.join(', ')}.</p>
      )}
      {links.length > 0 && (
        <>
          <label htmlFor="made-links">
            {counted(links.length, 'link')}, shown once. Each works for one answer; give each to one person.
          </label>
          <textarea className="input textarea round-links" id="made-links" readOnly rows={6} value={all} />
          <div className="actions">
            <Button onClick={() => void copyText(all).then(setCopied)}>{isCopied ? 'Copied' : 'Copy all'}</Button>
          </div>
        </>
      )}
    </div>
  );
}
