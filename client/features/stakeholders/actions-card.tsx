import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { Stakeholders } from '../../../server/contract/stakeholder.js';
import type { SurveyAction } from '../../../server/contract/survey.js';
import { orgUnitsQuery } from '../../app/scope-api';
import { Button } from '../../ui/button';
import { ErrorSummary, Field } from '../../ui/field';
import { usePageScope } from '../../ui/page-scope';
import { Empty } from '../../ui/query-state';
import { ACTION_CHOICES, statusOfAction } from '../surveys/words';
import { changeAction, createAction, stakeholdersKey } from './api';

interface ActionsCardProps extends Pick<Stakeholders, 'actions' | 'comments' | 'commentsTotal'> {
  mayManage: boolean;
}

/** Theme, action, how far it is; entered by those who read the comments. */
export function ActionsCard({ actions, comments, commentsTotal, mayManage }: ActionsCardProps) {
  return (
    <section className="card" aria-labelledby="did-head">
      <h2 id="did-head">What we did about it</h2>
      {actions.length === 0 ? (
        <Empty>Nothing is recorded about what people said.</Empty>
      ) : (
        <ul className="delivered">
          {actions.map((action) => (
            <li key={action.id}>
              <strong>{action.theme}</strong>
              <span>
                {action.action}
                {action.area && <span className="caption"> · {action.area.name}</span>}
              </span>
              {mayManage ? <StatusChoice action={action} /> : <span>{statusOfAction(action.status)}</span>}
            </li>
          ))}
        </ul>
      )}
      {mayManage && <NewAction />}
      {mayManage && (
        <details className="voice-comments">
          <summary>Comments</summary>
          {comments === null ? (
            <p>Comments are shown of ten answers or more only, and where fewer cannot be told apart.</p>
          ) : comments.length === 0 ? (
            <p>Nobody wrote a comment in this quarter.</p>
          ) : (
            <>
              {commentsTotal !== null && commentsTotal > comments.length && (
                <p>
                  {comments.length} of {commentsTotal} comments, in the order of their words.
                </p>
              )}
              <ul>
                {comments.map((comment, at) => (
                  <li key={`${at} ${comment}`}>{comment}</li>
                ))}
              </ul>
            </>
          )}
        </details>
      )}
    </section>
  );
}

function StatusChoice({ action }: { action: SurveyAction }) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (status: SurveyAction['status']) => changeAction(action, { status }),
    onSettled: () => client.invalidateQueries({ queryKey: stakeholdersKey }),
  });
  return (
    <span>
      <select
        className="input"
        aria-label={`How far: ${action.theme}`}
        value={change.isPending ? change.variables : action.status}
        onChange={({ target }) => change.mutate(target.value as SurveyAction['status'])}
      >
        {ACTION_CHOICES.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      {change.error && (
        <span role="alert" className="field-error">
          ▲ {change.error.message}
        </span>
      )}
    </span>
  );
}

const NOTHING: readonly never[] = [];

function NewAction() {
  const client = useQueryClient();
  const { orgUnit } = usePageScope();
  const { data: units } = useQuery(orgUnitsQuery);
  const [isOpen, setOpen] = useState(false);
  const create = useMutation({
    mutationFn: createAction,
    onSuccess: async () => {
      setOpen(false);
      await client.invalidateQueries({ queryKey: stakeholdersKey });
    },
  });
  if (!isOpen)
    return (
      <Button
        onClick={() => {
          create.reset();
          setOpen(true);
        }}
      >
        Add what is done
      </Button>
    );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string): string => String(form.get(name) ?? '').trim();
    create.mutate({ theme: text('theme'), action: text('action'), area: text('area') || null, status: 'open' });
  };
  return (
    <form className="stakeholder-form" onSubmit={submit}>
      <ErrorSummary title="Not saved" errors={create.error ? [{ message: create.error.message }] : NOTHING} />
      <Field label="What people said, in a few words" name="theme" maxLength={120} required autoFocus />
      <Field label="What is done about it" name="action" maxLength={400} required />
      <div className="field">
        <label htmlFor="action-area">Area</label>
        <select className="input" id="action-area" name="area" defaultValue={orgUnit ?? ''}>
          <option value="">Everybody</option>
          {units?.items.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div className="actions">
        <Button look="primary" type="submit" busy={create.isPending}>
          Save
        </Button>
        <Button onClick={() => setOpen(false)}>Cancel</Button>
      </div>
    </form>
  );
}
