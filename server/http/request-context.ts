import { AsyncLocalStorage } from 'node:async_hooks';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { uuidv7 } from 'uuidv7';

interface Context {
  readonly requestId: string;
  /** Why the request changes what it changes; null where nobody said. */
  readonly reason: string | null;
}
const NO_REQUEST: Context = { requestId: 'none', reason: null };

const storage = new AsyncLocalStorage<Context>();
const contextOf = (): Context => storage.getStore() ?? NO_REQUEST;

/** Id of the request being answered; a fixed word outside of requests, as in start-up. */
export const requestIdOf = (): string => contextOf().requestId;

/** Why the request being answered changes what it changes, as it says itself; null where it does not. */
export const reasonOf = (): string | null => contextOf().reason;

/** Goes on with a request that says why it changes what it changes. */
export const withReason = (reason: string, next: () => void): void => storage.run({ ...contextOf(), reason }, next);

/** The address of a calendar, of a survey for one person, or of a shared review is its secret. */
const loggedPath = (path: string): string => path.replace(/(\/calendar\/|^\/[rs]\/)[^/]+/i, '$1[redacted]');

/** Gives each request an id, in the log line and in the answer. A client's own id is not taken: it could be anything. */
export const requestContext =
  (logger: Logger) =>
  (request: Request, response: Response, next: NextFunction): void => {
    const requestId = uuidv7();
    const started = process.hrtime.bigint();
    response.setHeader('X-Request-Id', requestId);
    response.on('finish', () => {
      const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
      // The path without its query: a query may hold what should not stand in a log.
      logger.info(
        {
          requestId,
          method: request.method,
          path: loggedPath(request.path),
          status: response.statusCode,
          milliseconds: Math.round(milliseconds * 10) / 10,
        },
        'request',
      );
    });
    storage.run({ requestId, reason: null }, next);
  };
