/** One thing that is wrong, and where: `pointer` is a JSON pointer into the body, or the name of a query or path parameter. */
export interface ProblemError {
  pointer: string;
  code: string;
  message: string;
}

const TITLES = {
  'malformed-request': 'The request could not be read',
  unauthenticated: 'Sign in first',
  forbidden: 'Not permitted',
  'cross-site': 'The request came from another site',
  'not-found': 'Not found',
  'method-not-allowed': 'This address does not take that method',
  conflict: 'In conflict with what is stored',
  duplicate: 'Already there',
  'idempotency-in-progress': 'The same request is still running',
  'idempotency-key-reused': 'The Idempotency-Key was used for another request',
  'precondition-failed': 'The record was changed by someone else',
  'precondition-required': 'If-Match is missing',
  'payload-too-large': 'Too large',
  'unsupported-media-type': 'Not a media type that this address takes',
  'validation-failed': 'The content is not right',
  'rule-broken': 'A rule forbids this',
  'rate-limited': 'Too many attempts',
  'dependency-unavailable': 'The database is away',
  'mail-failed': 'The mail could not be sent',
  'query-timeout': 'The database took too long',
  'storage-full': 'The disk of the database is full',
  internal: 'Something went wrong on our side',
} as const;
export type ProblemType = keyof typeof TITLES;

/** A refusal, as RFC 9457 wants it said. Thrown anywhere in the server; the filter writes it. */
export class Problem extends Error {
  readonly title: string;

  constructor(
    readonly status: number,
    readonly type: ProblemType,
    /** A sentence that says what to do. No SQL, no path, no secret. */
    readonly detail: string,
    readonly errors: readonly ProblemError[] = [],
    /** Added to the body, such as the current record beside a 412. */
    readonly extra: Readonly<Record<string, unknown>> = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.title = TITLES[type];
  }
}

/** The same words whether the record is missing or out of sight, so that the answer tells nothing. */
export const notFound = (): Problem =>
  new Problem(404, 'not-found', 'There is no such record, or it is not visible to you.');

export const forbidden = (detail = 'Your role does not permit this.'): Problem => new Problem(403, 'forbidden', detail);

export const invalid = (errors: readonly ProblemError[]): Problem =>
  new Problem(
    422,
    'validation-failed',
    errors.length === 1 ? errors[0]!.message : `${errors.length} things are wrong; each is listed in errors.`,
    errors,
  );

/** One wrong field. */
export const invalidField = (pointer: string, code: string, message: string): Problem =>
  invalid([{ pointer, code, message }]);
