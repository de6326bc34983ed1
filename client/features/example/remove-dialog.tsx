import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import type { SessionInfo } from '../../../server/contract/access.js';
import { ApiError } from '../../lib/http';
import { counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { Field } from '../../ui/field';
import { ConfirmDialog } from '../../ui/overlays';
import { exampleQuery, removeExample } from './api';
import { SIGN_INS_KEY } from './sign-ins-key';

const SHORTEST_PASSWORD = 12;
const TOO_SHORT = `A password has at least ${SHORTEST_PASSWORD} characters. Leave it blank to keep the present one.`;

interface RemoveDialogProps {
  session: SessionInfo;
  onClose: () => void;
}

/** Asks before the example goes; says what goes, and with what to sign in afterwards. */
export function RemoveDialog({ session, onClose }: RemoveDialogProps) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [error, setError] = useState<string>();
  const example = useQuery(exampleQuery);
  // Until it is known, nobody is asked for a password that would be somebody else's.
  const goesToo = example.data?.signIns.some(({ email }) => email === session.user.email) ?? false;
  const removal = useMutation({ mutationFn: removeExample });

  const close = async () => {
    if (!removal.data) return onClose();
    if (goesToo) {
      // The page for signing in must not find the list as it was.
      queryClient.removeQueries({ queryKey: SIGN_INS_KEY });
      await navigate({ to: '/sign-in', search: {} });
      queryClient.clear();
      return;
    }
    onClose();
    await navigate({ to: '/', search: {} });
    await queryClient.invalidateQueries();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('new-password') ?? '');
    const isShort = password !== '' && password.length < SHORTEST_PASSWORD;
    setError(isShort ? TOO_SHORT : undefined);
    if (!isShort && !removal.isPending) removal.mutate(password === '' ? {} : { password });
  };

  if (removal.data)
    return (
      <ConfirmDialog title="The example is gone" isOpen onClose={() => void close()}>
        <p role="status">
          {counted(removal.data.records, 'record')} and the sign-ins went. From now on sign in as{' '}
          <strong>{removal.data.administrator}</strong>.
        </p>
        <div className="actions">
          <Button look="primary" autoFocus onClick={() => void close()}>
            {goesToo ? 'Go to the sign-in' : 'Begin with your own'}
          </Button>
        </div>
      </ConfirmDialog>
    );
  return (
    <ConfirmDialog title="Remove the example?" isOpen onClose={() => void close()}>
      <p>What goes, at once and for good:</p>
      <ul className="example-goes">
        <li>every record of the example, and whatever was entered on its records</li>
        <li>its sign-ins{goesToo ? ', yours too' : ''}</li>
      </ul>
      <p>Records, people and settings of your own stay. The audit trail keeps what happened.</p>
      <form onSubmit={submit} noValidate className="example-form">
        {goesToo && (
          <Field
            name="new-password"
            type="password"
            label="New password for the first administrator"
            help="The one whom the first start named. Leave it blank if you know the password."
            autoComplete="new-password"
            error={error}
          />
        )}
        {removal.error && <Refusal error={removal.error} />}
        <div className="actions">
          <Button type="submit" look="danger" busy={removal.isPending || example.isPending}>
            {removal.isPending ? 'Removing' : 'Remove the example'}
          </Button>
          <Button onClick={() => void close()}>Keep it</Button>
        </div>
      </form>
    </ConfirmDialog>
  );
}

/** Why it stays, with each record that has to be moved first. */
function Refusal({ error }: { error: Error }) {
  const reasons = error instanceof ApiError ? error.errors : [];
  return (
    <div className="failure" role="alert">
      <p>
        <span aria-hidden="true">▲ </span>
        {error.message}
      </p>
      {reasons.length > 0 && (
        <ul className="reasons">
          {reasons.map(({ pointer, message }) => (
            <li key={`${pointer} ${message}`}>{message}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
