import type { Request, Response } from 'express';
import { SESSION_ABSOLUTE_MS } from './credentials.js';

const isSecure = (publicUrl: string): boolean => publicUrl.startsWith('https://');

/**
 * Name of the session cookie. `__Host-` makes the browser refuse one that another host or a plain connection set, and needs `Secure`; a plain
 * http://localhost could never send it.
 */
export const sessionCookieName = (publicUrl: string): string =>
  isSecure(publicUrl) ? '__Host-throughline' : 'throughline';

/** The secret in the session cookie of a request, or null. */
export const sessionSecretOf = (request: Request, publicUrl: string): string | null => {
  const name = sessionCookieName(publicUrl);
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim() || null;
  }
  return null;
};

const setCookie = (response: Response, publicUrl: string, value: string, maxAgeSeconds: number): void => {
  const secure = isSecure(publicUrl) ? '; Secure' : '';
  response.append(
    'Set-Cookie',
    `${sessionCookieName(publicUrl)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure}`,
  );
};

/** Hands the secret of a new session to the browser. */
export const giveSessionCookie = (response: Response, publicUrl: string, secret: string): void =>
  setCookie(response, publicUrl, secret, SESSION_ABSOLUTE_MS / 1000);

/** Takes the session cookie back. */
export const takeSessionCookie = (response: Response, publicUrl: string): void => setCookie(response, publicUrl, '', 0);
