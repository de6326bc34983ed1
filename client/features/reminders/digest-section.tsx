import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Digest, ReminderSettings } from '../../../server/contract/reminder.js';
import { instant } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { ChoiceField } from '../../ui/field';
import { changeDigest, reminderSettingsQuery, sendTestDigest } from './api';

const CHOICES = [
  { value: 'off', label: 'Off' },
  { value: 'daily', label: 'Each day', help: 'at 7:00' },
  { value: 'weekly', label: 'Each week', help: 'on Monday at 7:00' },
] as const satisfies readonly { value: Digest; label: string; help?: string }[];

/** A mail with what is due; none where nothing is. */
export function DigestSection({ settings }: { settings: ReminderSettings }) {
  const client = useQueryClient();
  const [said, say] = useState('');
  const change = useMutation({
    mutationFn: changeDigest,
    onMutate: () => say(''),
    onSuccess: (changed) => {
      client.setQueryData(reminderSettingsQuery.queryKey, changed);
      say(
        changed.digest === 'off'
          ? 'The digest is off.'
          : `Saved: ${CHOICES.find(({ value }) => value === changed.digest)!.label.toLowerCase()}.`,
      );
    },
  });
  const test = useMutation({
    mutationFn: sendTestDigest,
    onMutate: () => say(''),
    onSuccess: ({ to }) => say(`A test was sent to ${to}.`),
  });
  if (!settings.mailConfigured)
    return (
      <p className="reminder-way">
        Mail is not set up on this server, so no digest can be sent. Whoever runs it sets SMTP_URL, SMTP_FROM and
        PUBLIC_URL.
      </p>
    );
  const shown = change.isPending ? change.variables : settings.digest;
  const error = change.error ?? test.error;
  return (
    <div className="reminder-way">
      <p>
        A digest of what is due goes to {settings.email}; on days without anything due, none. Times are those of{' '}
        {settings.timeZone}.
      </p>
      <ChoiceField<Digest>
        legend="Send a digest"
        choices={CHOICES}
        value={shown}
        onChange={(digest) => change.mutate(digest)}
      />
      <p className="caption">{stateWords(settings)}</p>
      {settings.lastFailure && (
        <p className="reminder-failure">
          <span aria-hidden="true">▲ </span>
          The digest of {instant(settings.lastFailure.at)} failed: {settings.lastFailure.message}
        </p>
      )}
      <div className="actions">
        <Button busy={test.isPending} onClick={() => test.mutate()}>
          Send me a test
        </Button>
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

const stateWords = ({ lastSentAt, nextDigestAt }: ReminderSettings): string =>
  [
    lastSentAt === null ? 'None was sent yet.' : `Last sent ${instant(lastSentAt)}.`,
    ...(nextDigestAt === null ? [] : [`The next is looked for ${instant(nextDigestAt)}.`]),
  ].join(' ');
