/**
 * Exit codes of a start that did not succeed, after the BSD `sysexits` numbers, so that a service manager can tell
 * "try again later" (75) from "a person must change something" (all others).
 */
export const EXIT = {
  /** What lies in the data directory is not ours, or of another PostgreSQL major. */
  FOREIGN_DATA: 65,
  /** The bundled PostgreSQL cannot run on this system. */
  UNAVAILABLE: 69,
  /** PostgreSQL keeps failing. */
  DATABASE_FAILS: 70,
  /** The data directory cannot be made or written. */
  CANNOT_CREATE: 73,
  /** Another instance uses the data directory. */
  ALREADY_RUNNING: 75,
  /** A setting is wrong. */
  BAD_CONFIG: 78,
} as const;

/** A start that must end: `message` says to a person in one sentence what is wrong and what to do about it. */
export class StartError extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StartError';
  }
}
