import type { Request } from 'express';
import { Problem } from '../http/problem.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request may change something, by its method. */
export const mayChange = (request: Request): boolean => !SAFE_METHODS.has(request.method);

const isOwn = (origin: string, request: Request, publicUrl: string): boolean => {
  if (origin === publicUrl) return true;
  // `null` (a sandboxed page, a redirect across sites) is no URL and so is nobody's own.
  return URL.canParse(origin) && new URL(origin).host === request.headers.host?.toLowerCase();
};

/**
 * Refuses what a page of another site makes a browser send with our cookie. Browsers say where a request comes from and pages cannot forge it;
 * a request that says nothing comes from no browser of today and carries only the credentials its sender has.
 *
 * @throws Problem 403 `cross-site`
 */
export const refuseCrossSite = (request: Request, publicUrl: string): void => {
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  const isForeign =
    site !== undefined
      ? site !== 'same-origin' && site !== 'none'
      : origin !== undefined && !isOwn(origin, request, publicUrl);
  if (isForeign)
    throw new Problem(
      403,
      'cross-site',
      'The request came from a page of another site. Do this from the pages of Throughline.',
    );
};
