import type { NextFunction, Request, Response } from 'express';
import type { OpenAPIObject } from '@nestjs/swagger';
import * as p from '../contract/primitives.js';
import { invalidField, type Problem } from './problem.js';
import { withReason } from './request-context.js';

/** The header in which any request that changes something may say why. */
const CHANGE_REASON = 'Change-Reason';
const CHANGING = ['post', 'put', 'patch', 'delete'] as const;

const refused = (code: string, message: string): Problem => invalidField(CHANGE_REASON, code, message);

/**
 * The reason that a header holds, as reasons in a body are read; null of a blank one.
 * @throws Problem 422 where it is not percent-encoded, or no text that can be kept
 */
export const readReason = (header: string): string | null => {
  const read = p.reason.safeParse(decoded(header));
  if (read.success) return read.data || null;
  throw refused('change_reason.text', `${CHANGE_REASON}: ${read.error.issues[0]!.message}`);
};

/** What a header holds outside ASCII arrives as other letters than were sent: it is refused, not guessed. */
const decoded = (header: string): string => {
  try {
    if (/^[\x20-\x7e]*$/.test(header)) return decodeURIComponent(header);
  } catch {
    // Told below.
  }
  throw refused(
    'change_reason.encoding',
    `Send ${CHANGE_REASON} as UTF-8, percent-encoded (encodeURIComponent): “5 % für Müller” is 5%20%25%20f%C3%BCr%20M%C3%BCller.`,
  );
};

/** Takes the reason of a request that changes something; every event of the audit that it makes tells it. */
export const changeReason = (request: Request, _response: Response, next: NextFunction): void => {
  const header = request.headers[CHANGE_REASON.toLowerCase()];
  const isChanging = (CHANGING as readonly string[]).includes(request.method.toLowerCase());
  const reason = isChanging && typeof header === 'string' ? readReason(header) : null;
  if (reason === null) next();
  else withReason(reason, next);
};

/** Describes the header at every call that changes something. */
export const withReasonHeader = (document: OpenAPIObject): OpenAPIObject => {
  for (const path of Object.values(document.paths))
    for (const call of CHANGING.flatMap((method) => path[method] ?? []))
      (call.parameters ??= []).push({
        ...{ name: CHANGE_REASON, in: 'header', required: false, schema: { type: 'string' } },
        description: `Why: told by the audit, and by reviews of what it changes. At most ${p.MOST_REASON} characters, as UTF-8, percent-encoded (encodeURIComponent).`,
      });
  return document;
};
