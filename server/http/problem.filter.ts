import {
  Catch,
  HttpException,
  Inject,
  NotFoundException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import type { ProblemBody } from '../contract/primitives.js';
import { databaseProblem } from './database-problem.js';
import { LOGGER } from './logger.js';
import { Problem, type ProblemType } from './problem.js';
import { requestIdOf } from './request-context.js';

const BY_STATUS: Record<number, [ProblemType, string]> = {
  400: ['malformed-request', 'The request could not be read. Send valid JSON and a valid path.'],
  401: ['unauthenticated', 'Sign in, or send an API token.'],
  403: ['forbidden', 'Your role does not permit this.'],
  404: ['not-found', 'There is no such record, or it is not visible to you.'],
  405: ['method-not-allowed', 'This address does not take that method.'],
  409: ['conflict', 'In conflict with what is stored.'],
  413: ['payload-too-large', 'The request is larger than this address takes.'],
  415: ['unsupported-media-type', 'Send application/json, or multipart/form-data where a file is uploaded.'],
  422: ['validation-failed', 'The content is not right.'],
  429: ['rate-limited', 'Too many attempts. Wait and try again.'],
  503: ['dependency-unavailable', 'The database is not reachable. Try again in a moment.'],
};

/** Errors of the body parsers and of multer carry a status, or a code that stands for one. */
const statusOf = (error: unknown): number => {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof URIError) return 400;
  const { status, statusCode, code } = error as { status?: number; statusCode?: number; code?: string };
  if (code === 'LIMIT_FILE_SIZE') return 413;
  if (typeof code === 'string' && code.startsWith('LIMIT_')) return 422;
  if (/Unexpected end of form|Malformed part|Multipart: Boundary/.test((error as Error)?.message ?? '')) return 400;
  const stated = status ?? statusCode;
  return typeof stated === 'number' && stated >= 400 && stated < 600 ? stated : 500;
};

/** What a body that is too large says: how large it may be, where the parser tells. */
const tooLarge = (limit: unknown): string =>
  typeof limit === 'number'
    ? `The request is larger than the ${sizeOf(limit)} that this address takes.`
    : BY_STATUS[413]![1];

const sizeOf = (bytes: number): string =>
  bytes >= 1024 * 1024 ? `${Math.floor(bytes / 1024 / 1024)} MB` : `${Math.floor(bytes / 1024)} kB`;

/** Any error as a problem; what nobody foresaw becomes a 500 that says nothing but its request id. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  const fromDatabase = databaseProblem(error);
  if (fromDatabase) return fromDatabase;
  const status = statusOf(error);
  const known = BY_STATUS[status];
  if (status === 413) return new Problem(413, known![0], tooLarge((error as { limit?: unknown }).limit));
  if (known) return new Problem(status, known[0], known[1]);
  if (status < 500) return new Problem(400, 'malformed-request', BY_STATUS[400]![1]);
  return new Problem(500, 'internal', 'Something went wrong on our side. The request id helps to find it in the log.');
};

interface RouteLayer {
  route?: { path: unknown; methods: Record<string, boolean> };
  match(path: string): boolean;
}

/** Nest answers 404 where the address exists for another method; 405 says which. Null where the address does not exist at all. */
export const methodProblem = (request: Request): Problem | null => {
  const layers = (request.app.router as unknown as { stack: RouteLayer[] }).stack;
  const allowed = new Set<string>();
  // Nest mounts its 404 under the prefix, and `request.path` is then what follows it.
  const path = request.baseUrl + request.path;
  for (const layer of layers) {
    const methods = Object.keys(layer.route?.methods ?? {});
    // Middleware of Nest's modules stands here too, as a route of every method that there is, and the client's page as a pattern.
    if (methods.length > 1 || typeof layer.route?.path !== 'string' || !layer.match(path)) continue;
    for (const method of methods) allowed.add(method.toUpperCase());
  }
  if (allowed.size === 0 || allowed.has(request.method)) return null;
  const list = [...allowed].sort().join(', ');
  return new Problem(405, 'method-not-allowed', `This address takes ${list}.`, [], {}, { Allow: list });
};

/** Writes every error as problem+json. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = (error instanceof NotFoundException && methodProblem(request)) || problemOf(error);
    if (problem.status >= 500) this.logger.error({ requestId: requestIdOf(), err: error }, 'request failed');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    writeProblem(request, response, problem);
  }
}

/** Writes one problem; also used before Nest is reached. */
export const writeProblem = (request: Request, response: Response, problem: Problem): void => {
  const body: ProblemBody & Record<string, unknown> = {
    ...problem.extra,
    type: `urn:problem:${problem.type}`,
    title: problem.title,
    status: problem.status,
    detail: problem.detail,
    instance: request.originalUrl.split('?')[0]!,
    requestId: requestIdOf(),
    errors: [...problem.errors],
  };
  response.removeHeader('ETag');
  response.status(problem.status);
  for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
  if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="throughline"');
  response.setHeader('Cache-Control', 'no-store');
  response.type('application/problem+json').send(JSON.stringify(body));
};
