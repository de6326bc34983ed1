import { queryOptions } from '@tanstack/react-query';
import type { SessionInfo, SignIn } from '../../../server/contract/access.js';
import { call, callForNothing } from '../../lib/http';

/** Fetched beside the call, not before it: the page that asks for a password needs no schema. */
const schemas = () => import('./schemas');
const session = () => schemas().then((found) => found.session);
const settings = () => schemas().then((found) => found.settings);

/** Who is signed in; 401 where nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => call('/session', session(), { signal }),
  staleTime: 5 * 60_000,
  retry: false,
});

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => call('/settings', settings(), { signal }),
  staleTime: 5 * 60_000,
});

/** @throws ApiError 401 for a wrong e-mail or password, 429 with the seconds to wait */
export const signIn = (credentials: SignIn): Promise<SessionInfo> =>
  call('/session', session(), { method: 'POST', body: credentials });

export const signOut = (): Promise<void> => callForNothing('/session', { method: 'DELETE' });

/** Whether the session permits it; for what is shown only, the server decides at each call. */
export const may = (
  who: SessionInfo,
  permission: 'import' | 'export' | 'settings' | 'audit' | 'confirm' | 'surveys' | 'signs' | 'reviews',
): boolean => who.permissions.includes(permission);

/** The chain and its gaps are for those who read links. */
export const readsChain = (who: SessionInfo): boolean => who.reads.includes('link');
