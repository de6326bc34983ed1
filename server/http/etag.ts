import { createHash } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { Problem } from './problem.js';

/** The ETag of a record: its version, which grows with each change and never comes back. */
export const etagOf = (version: number): string => `"v${version}"`;

/**
 * The version that If-Match names.
 * @throws Problem 428 without it, 412 for anything that is not one version (`*` and weak tags included)
 */
export const matchedVersion = (header: string | undefined): number => {
  if (header === undefined || header.trim() === '')
    throw new Problem(428, 'precondition-required', 'Send If-Match with the ETag of the record that you read.');
  const version = /^\s*"v(\d{1,9})"\s*$/.exec(header)?.[1];
  if (version === undefined)
    throw new Problem(412, 'precondition-failed', 'If-Match must be the ETag of the record as you read it.');
  return Number(version);
};

/** An ETag over anything that decides an answer. */
export const etagOver = (...parts: readonly string[]): string =>
  `"${createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 27)}"`;

/** Whether the client has this answer already. */
export const isNotModified = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*');

/**
 * No answer is kept unasked, and none is "not modified" because the version of a record is: what is read with the record (figures of a draft,
 * names, what the reader may see) changes without it, and a browser would show its old copy after every reload.
 */
export const askAgain = (request: Request, response: Response, next: NextFunction): void => {
  response.setHeader('Cache-Control', 'private, no-cache');
  const known = request.headers['if-none-match'];
  if (known !== undefined) {
    const others = known.split(',').filter((tag) => !/^\s*(W\/)?"v\d+"\s*$/.test(tag));
    if (others.length === 0) delete request.headers['if-none-match'];
    else request.headers['if-none-match'] = others.join(',');
  }
  next();
};

/** 412 with the record as it is now and its ETag, so that the client can show both. */
export const stale = (current: { version: number }): Problem =>
  new Problem(
    412,
    'precondition-failed',
    'Someone else changed this since you read it. Read it again and repeat your change.',
    [],
    { current },
    { ETag: etagOf(current.version) },
  );
