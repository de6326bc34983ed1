import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import type { ReminderSettings } from '../../../server/contract/reminder.js';
import { copyText } from '../../lib/clipboard';
import { instant } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { makeFeed, reminderSettingsQuery, removeFeed } from './api';

/** A secret address that calendar programs read. */
export function FeedSection({ settings: { feedMadeAt } }: { settings: ReminderSettings }) {
  const client = useQueryClient();
  const [said, say] = useState('');
  const reread = () => client.invalidateQueries({ queryKey: reminderSettingsQuery.queryKey });
  const make = useMutation({
    mutationFn: makeFeed,
    onSuccess: async () => {
      say(
        feedMadeAt === null ? 'The address is made.' : 'A new address is made; the former one does not work any more.',
      );
      await reread();
    },
  });
  const remove = useMutation({
    mutationFn: removeFeed,
    onSuccess: async () => {
      make.reset();
      say('The address is removed and does not work any more.');
      await reread();
    },
  });
  const busy = make.isPending || remove.isPending;
  const error = make.error ?? remove.error;
  return (
    <div className="reminder-way">
      <p>
        Subscribe to this address in your calendar program, and what is due stands on its day, without amounts.{' '}
        <strong>Whoever has the address can read your list</strong> without signing in: keep it to yourself, and replace
        it if it got about.
      </p>
      {make.data && <Address address={make.data.address} say={say} />}
      {feedMadeAt !== null && !make.data && (
        <p>
          You have an address, made on {instant(feedMadeAt)}. It was shown once; make a new one if you need it again.
        </p>
      )}
      <div className="actions">
        <Button look={feedMadeAt === null ? 'primary' : 'normal'} busy={busy} onClick={() => make.mutate()}>
          {feedMadeAt === null ? 'Make an address' : 'Replace the address'}
        </Button>
        {feedMadeAt !== null && (
          <Button look="danger" busy={busy} onClick={() => remove.mutate()}>
            Remove the address
          </Button>
        )}
      </div>
      <p role="status" className="reminder-said">
        {said}
      </p>
      {error && (
        <p role="alert" className="reminder-failure">
          <span aria-hidden="true">▲ </span>
          {error.message}
        </p>
      )}
    </div>
  );
}

function Address({ address, say }: { address: string; say: (text: string) => void }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  // It is shown this once: the focus goes to where it can be taken.
  useEffect(() => field.current?.select(), [address]);
  return (
    <div className="field">
      <label htmlFor={id}>Your address, shown this once</label>
      <div className="reminder-address">
        <input
          ref={field}
          id={id}
          className="input"
          readOnly
          value={address}
          onFocus={({ target }) => target.select()}
          spellCheck={false}
        />
        <Button
          onClick={() =>
            void copyText(address).then((copied) =>
              say(copied ? 'Address copied.' : 'The address could not be copied.'),
            )
          }
        >
          Copy
        </Button>
      </div>
    </div>
  );
}
