import { PROBLEM_TITLES, type ProblemType } from '../contract/problem-types.js';

export type { ProblemType };

/** One thing that is wrong, and where: `pointer` is a JSON pointer into the body, or the name of a query or path parameter. */
export interface ProblemError {
  pointer: string;
  code: string;
  message: string;
}

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
    this.title = PROBLEM_TITLES[type];
  }
}

/** The same words whether the record is missing or out of sight, so that the answer tells nothing. */
export const notFound = (): Problem =>
  new Problem(404, 'not-found', 'There is no such record, or it is not visible to you.');

export const forbidden = (detail = 'Your role does not permit this.'): Problem => new Problem(403, 'forbidden', detail);

/** What somebody entered is judged by somebody else. */
export const fourEyes = (detail: string): Problem => new Problem(403, 'four-eyes', detail);

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
