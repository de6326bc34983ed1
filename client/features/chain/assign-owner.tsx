import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import type { Gap } from '../../../server/contract/chain.js';
import { Button } from '../../ui/button';
import { useQuickReason } from '../../ui/quick-reason';
import { assignOwner } from './api';

/** Names the accountable person where the gap stands. What the server refuses is said beside the field. */
export function AssignOwner({ gap, onDone }: { gap: Gap; onDone: (words: string) => void }) {
  const queries = useQueryClient();
  const id = useId();
  const [email, setEmail] = useState('');
  const [missing, setMissing] = useState('');
  const why = useQuickReason(`Assign owner: ${gap.name}`, 'assign');
  const save = useMutation({
    mutationFn: () => assignOwner(gap.type, gap.code, email.trim(), why.reason),
    onSuccess: async () => {
      // Owners stand in figures, lists and the audit alike.
      await queries.invalidateQueries();
      onDone(`${gap.name} is now owned by ${email.trim()}.`);
    },
  });
  const error = missing || save.error?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (save.isPending) return;
    const isMissing = !/^\S+@\S+$/.test(email.trim());
    setMissing(isMissing ? 'Write an e-mail address, such as name@company.example.' : '');
    if (!isMissing) save.mutate();
  };
  return (
    <form className="assign-owner" onSubmit={submit} noValidate>
      <label htmlFor={id} className="visually-hidden">
        Owner of {gap.name}
      </label>
      <input
        id={id}
        className="input"
        type="email"
        autoComplete="off"
        placeholder="e-mail of the owner"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      />
      <Button type="submit" busy={save.isPending} aria-label={`Assign owner: ${gap.name}`}>
        Assign owner
      </Button>
      {why.button}
      {error && (
        <p className="field-error" id={`${id}-error`} role="alert">
          <span aria-hidden="true">▲ </span>
          {error}
        </p>
      )}
      {why.field}
    </form>
  );
}
