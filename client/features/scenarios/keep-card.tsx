import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { scenario as scenarioSchema, type Scenario } from '../../../server/contract/scenario.js';
import { currentOfError } from '../../lib/current';
import { instant } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { Field } from '../../ui/field';
import { ConfirmDialog } from '../../ui/overlays';
import { keepScope } from '../../app/places';
import { changeScenario, createScenario, deleteScenario, scenarioQuery } from './api';
import type { Changes } from './use-changes';
import { summaryOf } from './words';

interface KeepCardProps {
  /** What is saved; null for a new one. */
  saved: Scenario | null;
  changes: Changes;
}

/** Name, note and who may see it; saving, copying and deleting. Of another's scenario one saves a copy. */
export function KeepCard({ saved, changes }: KeepCardProps) {
  const mine = saved?.isMine ?? true;
  const navigate = useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState(saved ? (mine ? saved.name : `Copy of ${saved.name}`) : '');
  const [note, setNote] = useState(saved?.note ?? '');
  const [isShared, setShared] = useState(mine && saved !== null && saved.shared);
  const [wrong, setWrong] = useState<string>();
  const [theirs, setTheirs] = useState<Scenario | null>(null);
  const [isAsked, setAsked] = useState(false);
  const given = () => ({ name: name.trim(), note: note.trim() === '' ? null : note.trim(), shared: isShared });
  const refused = (error: Error) => {
    const current = currentOfError(scenarioSchema, error);
    if (current) setTheirs(current);
    else setWrong(error.message);
  };
  const keep = async (stored: Scenario) => {
    client.setQueryData(scenarioQuery(stored.id).queryKey, stored);
    await client.invalidateQueries({ queryKey: ['scenarios', 'list'] });
  };
  const create = useMutation({
    mutationFn: () => createScenario({ ...given(), changes: [...changes.list] }),
    onSuccess: async (stored) => {
      await keep(stored);
      await navigate({ to: '/scenarios/$id', params: { id: stored.id }, search: keepScope });
    },
    onError: refused,
  });
  const change = useMutation({
    mutationFn: (version: number) => changeScenario(saved!.id, version, { ...given(), changes: [...changes.list] }),
    onSuccess: async (stored) => {
      await keep(stored);
      changes.discard();
    },
    onError: refused,
  });
  const remove = useMutation({
    mutationFn: () => deleteScenario(saved!.id, saved!.version),
    onSuccess: async () => {
      client.removeQueries({ queryKey: scenarioQuery(saved!.id).queryKey });
      await client.invalidateQueries({ queryKey: ['scenarios', 'list'] });
      await navigate({ to: '/scenarios', search: keepScope });
    },
    onError: (error) => {
      setAsked(false);
      refused(error);
    },
  });
  const isBusy = create.isPending || change.isPending || remove.isPending;
  const named = (send: () => void) => () => {
    setWrong(name.trim() === '' ? 'Give it a name.' : undefined);
    if (name.trim() !== '' && !isBusy) send();
  };
  const takeTheirs = () => {
    if (theirs) client.setQueryData(scenarioQuery(theirs.id).queryKey, theirs);
    changes.discard();
  };
  const isRenamed =
    saved !== null &&
    mine &&
    (name.trim() !== saved.name || note.trim() !== (saved.note ?? '') || isShared !== saved.shared);
  const isDirty = changes.isEdited || isRenamed;
  return (
    <section className="card scenario-keep" aria-labelledby="scenario-keep">
      <h2 id="scenario-keep">{saved === null ? 'Keep it' : mine ? 'Name and share' : 'Keep a copy'}</h2>
      {theirs && (
        <div className="notice" role="alert">
          <p>
            This scenario was changed elsewhere on {instant(theirs.updatedAt)}: now “{theirs.name}”,{' '}
            {summaryOf(theirs.changes)}.
          </p>
          <div className="actions">
            <Button onClick={takeTheirs}>Take that, drop mine</Button>
            <Button onClick={() => change.mutate(theirs.version)}>Put mine in its place</Button>
          </div>
        </div>
      )}
      <Field
        label="Name"
        id="scenario-name"
        maxLength={120}
        autoComplete="off"
        value={name}
        error={wrong}
        onChange={({ target }) => setName(target.value)}
      />
      <div className="field">
        <label htmlFor="scenario-note">Note</label>
        <textarea
          id="scenario-note"
          className="input"
          rows={3}
          maxLength={2000}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </div>
      <label className="choice">
        <input type="checkbox" checked={isShared} onChange={({ target }) => setShared(target.checked)} />
        <span>Share it: everybody who reads the chain can see and copy it; only you can change it</span>
      </label>
      <div className="actions">
        {saved !== null && mine && (
          <Button
            look={isDirty ? 'primary' : 'normal'}
            busy={isBusy}
            onClick={named(() => change.mutate(saved.version))}
          >
            Save
          </Button>
        )}
        <Button
          look={saved === null || !mine ? 'primary' : 'normal'}
          busy={isBusy}
          onClick={named(() => create.mutate())}
        >
          {saved === null ? 'Save' : mine ? 'Save as another' : 'Save a copy'}
        </Button>
        {saved !== null && changes.isEdited && <Button onClick={changes.discard}>Undo unsaved changes</Button>}
        {saved !== null && mine && (
          <Button look="danger" onClick={() => setAsked(true)}>
            Delete
          </Button>
        )}
      </div>
      <p className="about" role="status">
        {saved === null
          ? 'Not saved. The address of this page holds the changes, so it can be sent as it is.'
          : isDirty
            ? 'Not all is saved.'
            : mine
              ? `Saved ${instant(saved.updatedAt)}. ${saved.shared ? 'Shared.' : 'Only you can see it.'}`
              : `By ${saved.owner}, saved ${instant(saved.updatedAt)}.`}
      </p>
      <ConfirmDialog title="Delete this scenario?" isOpen={isAsked} onClose={() => setAsked(false)}>
        <p>“{saved?.name}” goes for everybody. No record changes.</p>
        <div className="actions">
          <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            Delete
          </Button>
          <Button look="primary" onClick={() => setAsked(false)}>
            Keep it
          </Button>
        </div>
      </ConfirmDialog>
    </section>
  );
}
