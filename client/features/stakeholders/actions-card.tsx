import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { Stakeholders } from '../../../server/contract/stakeholder.js';
import type { SurveyAction } from '../../../server/contract/survey.js';
import { orgUnitsQuery } from '../../app/scope-api';
import { Button } from '../../ui/button';
import { ErrorSummary, Field } from '../../ui/field';
import { usePageScope } from '../../ui/page-scope';
import { Empty } from '../../ui/query-state';
import { TakeBack } from '../../ui/take-back';
import { ProofForm } from '../proof/proof-form';
import { ACTION_CHOICES, statusOfAction } from '../surveys/words';
import { changeAction, createAction, currentAction, stakeholdersKey, withdrawAction } from './api';
import '../proof/proof.css';

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
            <Entry key={action.id} {...{ action, mayManage }} />
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

/** One theme with its action; whoever writes them mends or takes back what is wrong in its place. */
function Entry({ action, mayManage }: { action: SurveyAction; mayManage: boolean }) {
  const [isEdited, setEdited] = useState(false);
  if (isEdited)
    return (
      <li className="delivered-edit">
        <EditAction action={action} onClose={() => setEdited(false)} />
      </li>
    );
  return (
    <li>
      <strong>{action.theme}</strong>
      <span>
        {action.action}
        {action.area && <span className="caption"> · {action.area.name}</span>}
      </span>
      {mayManage ? (
        <span>
          <StatusChoice action={action} />{' '}
          <Button look="plain" aria-label={`Edit “${action.theme}”`} onClick={() => setEdited(true)}>
            Edit
          </Button>{' '}
          <TakeBack what={`“${action.theme}”`} takeBack={() => withdrawAction(action)}>
            It then stands on no page, and whoever answers is told of it no more. The audit keeps what was said.
          </TakeBack>
        </span>
      ) : (
        <span>{statusOfAction(action.status)}</span>
      )}
    </li>
  );
}

function EditAction({ action, onClose }: { action: SurveyAction; onClose: () => void }) {
  const { data: units } = useQuery(orgUnitsQuery);
  const areas = [...(units?.items ?? []), ...(action.area ? [action.area] : [])];
  const choices = new Map<string, string>([['', 'Everybody'], ...areas.map(({ code, name }) => [code, name] as const)]);
  return (
    <ProofForm<SurveyAction>
      label={`Edit “${action.theme}”`}
      fields={[
        { name: 'theme', label: 'What people said, in a few words', kind: 'text', isRequired: true },
        { name: 'action', label: 'What is done about it', kind: 'long', isRequired: true },
        {
          name: 'area',
          label: 'Area',
          kind: 'choice',
          choices: [...choices].map(([value, label]) => ({ value, label })),
        },
      ]}
      stored={action}
      typedOf={(stored) => ({
        theme: stored?.theme ?? '',
        action: stored?.action ?? '',
        area: stored?.area?.code ?? '',
      })}
      save={({ theme = '', action: done = '', area = '' }, stored) =>
        changeAction(stored!, {
          theme: theme.trim(),
          action: done.trim(),
          // An area that is not asked about stays, be it in the archive by now.
          ...(area === (stored!.area?.code ?? '') ? {} : { area: area === '' ? null : area }),
        })
      }
      currentOf={currentAction}
      saveWord="Save"
      onDone={onClose}
      onCancel={onClose}
    />
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
