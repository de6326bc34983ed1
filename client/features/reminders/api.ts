import { queryOptions } from '@tanstack/react-query';
import type { Digest } from '../../../server/contract/reminder.js';
import { call, callForNothing } from '../../lib/http';

/** Fetched beside the call: every page counts what is due, and none waits for it. */
const schemas = () => import('../../../server/contract/reminder.js');

const COUNT_STALE_MS = 5 * 60_000;

/** What is due for the signed-in person, 30 days ahead. */
export const remindersQuery = queryOptions({
  queryKey: ['reminders'],
  queryFn: ({ signal }) =>
    call(
      '/reminders',
      schemas().then(({ reminders }) => reminders),
      { signal },
    ),
  staleTime: COUNT_STALE_MS,
});

export const reminderSettingsQuery = queryOptions({
  queryKey: ['reminder settings'],
  queryFn: ({ signal }) =>
    call(
      '/reminders/settings',
      schemas().then(({ reminderSettings }) => reminderSettings),
      { signal },
    ),
});

export const changeDigest = (digest: Digest) =>
  call(
    '/reminders/settings',
    schemas().then(({ reminderSettings }) => reminderSettings),
    { method: 'PATCH', body: { digest } },
  );

/** @throws ApiError 409 where mail is not set up, 429, 502 where the mail server did not take it */
export const sendTestDigest = () =>
  call(
    '/reminders/digest/test',
    schemas().then(({ testDigest }) => testDigest),
    { method: 'POST' },
  );

/** The address is in the answer and nowhere else. */
export const makeFeed = () =>
  call(
    '/reminders/feed',
    schemas().then(({ reminderFeed }) => reminderFeed),
    { method: 'POST' },
  );

export const removeFeed = () => callForNothing('/reminders/feed', { method: 'DELETE' });
