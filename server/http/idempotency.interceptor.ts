import { createHash } from 'node:crypto';
import { Injectable, SetMetadata, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { lastValueFrom, of, type Observable } from 'rxjs';
import type { AuthenticatedRequest } from '../access/allow.js';
import { canonicalJson } from '../audit/write.js';
import { IdempotencyKeys, type KeptAnswer, type KeyedRequest } from './idempotency-keys.js';
import { invalidField, Problem } from './problem.js';
import { reasonOf } from './request-context.js';
import { RETURNS } from './returns.js';

const NOT_KEPT = 'throughline:answer-not-kept';

/** For answers that hold a secret: they are done once, and are not stored to be given again. */
export const AnswerNotKept = (): MethodDecorator => SetMetadata(NOT_KEPT, true);

/** Headers that belong to the answer of a record. */
const KEPT_HEADERS = ['Location', 'ETag', 'Content-Type'] as const;

/**
 * The Idempotency-Key of a request, or undefined where it has none.
 * @throws Problem 422 where it has another form
 */
export const keyOf = (request: Request): string | undefined => {
  const key = request.headers['idempotency-key'];
  if (key === undefined || (typeof key === 'string' && /^[\x20-\x7e]{1,200}$/.test(key))) return key;
  throw invalidField(
    'Idempotency-Key',
    'idempotency_key.format',
    'An Idempotency-Key has 1 to 200 printable ASCII characters.',
  );
};

/** The same request again: same method, same address with its query, same content however its JSON was spaced or ordered, same reason. */
const requestHashOf = (request: Request): Buffer =>
  createHash('sha256')
    .update(`${request.method}\n${request.originalUrl}\n${canonicalJson(request.body)}${reasonOf() ?? ''}`)
    .digest();

/** Runs a POST with an `Idempotency-Key` once, and answers its repetitions with what the first was answered. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: IdempotencyKeys,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (!this.isKeyed(context, request)) return next.handle();
    const response = context.switchToHttp().getResponse<Response>();
    const isSecret = this.reflector.get<boolean | undefined>(NOT_KEPT, context.getHandler()) === true;
    const keyed: KeyedRequest = {
      userId: request.principal!.userId,
      key: keyOf(request)!,
      requestHash: requestHashOf(request),
    };
    let fresh: unknown;
    const answer = await this.keys.once(keyed, async () => {
      fresh = await lastValueFrom(next.handle(), { defaultValue: undefined });
      return answerOf(response, isSecret ? undefined : fresh);
    });
    if (!answer.replayed) return of(fresh);
    if (isSecret)
      throw new Problem(
        409,
        'conflict',
        'This was done already, and the secret in its answer is shown once only. Revoke it and make another.',
      );
    response.status(answer.status);
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
    response.setHeader('Idempotency-Replayed', 'true');
    return of(answer.body);
  }

  /** Forms with files are left to their handlers: what the files hold is not known here. So are answers that are streamed. */
  private isKeyed(context: ExecutionContext, request: AuthenticatedRequest): boolean {
    if (request.method !== 'POST' || request.headers['idempotency-key'] === undefined || !request.principal)
      return false;
    const returns = this.reflector.get<string | undefined>(RETURNS, context.getHandler());
    return (
      (returns === 'schema' || returns === 'nothing') && !/^multipart\//i.test(request.headers['content-type'] ?? '')
    );
  }
}

/** An answer to keep, as the handler left it in `response`. */
export const answerOf = (response: Response, body: unknown): KeptAnswer => {
  const headers: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = response.getHeader(name);
    if (typeof value === 'string') headers[name] = value;
  }
  return { status: response.statusCode, headers, body };
};
