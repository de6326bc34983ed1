import type { z } from 'zod';
import type { ProblemBody } from '../../server/contract/primitives.js';

/**
 * One way to the server: fetch, then parse with the schema of the contract. The schemas may still be on their way when the call starts,
 * so that signing in does not wait for them.
 */

const BASE = '/api/v1';

export type Query = Record<string, string | undefined>;

/** A refusal (RFC 9457), or a failure on the way (`status` 0). The message is a sentence for people. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly requestId: string | null = null,
    readonly errors: ProblemBody['errors'] = [],
    readonly retryAfterSeconds: number | null = null,
    /** What the refusal holds beside the fields of every problem; to be parsed by whoever knows it. */
    readonly body: unknown = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

interface Call {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  query?: Query;
  /** JSON, or a form with files. */
  body?: unknown;
  /** What is changed, as it was read: refused where somebody changed it since. */
  of?: { readonly version: number } | undefined;
  /** Such as `Idempotency-Key`. */
  headers?: Record<string, string>;
  /** Why something is changed, as it was typed; a blank one is not sent. */
  reason?: string | undefined;
  signal?: AbortSignal;
}

export const apiPath = (path: string, query: Query = {}): string => {
  const stated = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${BASE}${path}${stated.length === 0 ? '' : `?${new URLSearchParams(stated)}`}`;
};

/**
 * Calls the server. An answer in the shape of the schema is returned whatever its status: an import that was rejected
 * answers 422 with its report, and says so by `application/json`.
 * @param schema of the contract, or the promise of it
 * @throws ApiError for a refusal, an unreachable server, or an answer that breaks the contract
 */
export async function call<S extends z.ZodType>(
  path: string,
  schema: S | Promise<S>,
  options: Call = {},
): Promise<z.output<S>> {
  const response = await send(path, options);
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('application/json')) throw await refusal(response, type);
  const parsed = (await schema).safeParse(await response.json());
  if (parsed.success) return parsed.data;
  console.error(`The answer of ${path} breaks the contract`, parsed.error);
  const detail = 'The server answered in a form that this page does not know. Reload the page; it may be out of date.';
  throw new ApiError(response.status, detail, response.headers.get('x-request-id'));
}

/** Calls the server where a success has no body. */
export async function callForNothing(path: string, options: Call): Promise<void> {
  const response = await send(path, options);
  if (!response.ok) throw await refusal(response, response.headers.get('content-type') ?? '');
}

/**
 * Fetches a file as it is.
 * @throws ApiError as every call
 */
export async function fetchFile(path: string): Promise<{ blob: Blob; name: string | null; headers: Headers }> {
  const response = await send(path, { headers: { accept: '*/*' } });
  if (!response.ok) throw await refusal(response, response.headers.get('content-type') ?? '');
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? null;
  return { blob: await response.blob(), name, headers: response.headers };
}

async function send(path: string, call: Call): Promise<Response> {
  const { method = 'GET', query, body, of, headers, reason, signal } = call;
  const isForm = body instanceof FormData;
  try {
    return await fetch(apiPath(path, query), {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...(of && { 'if-match': `"v${of.version}"` }),
        ...reasonHeader(reason),
        ...headers,
      },
      body: body === undefined ? null : isForm ? body : JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(0, 'The server cannot be reached. Check the connection, then try again.');
  }
}

/** Says why something is changed; a blank reason is not sent. */
export const reasonHeader = (reason: string | undefined): Record<string, string> =>
  reason?.trim() ? { 'change-reason': encodeURIComponent(storable(reason)) } : {};

/** Half a sign, as a field that is full leaves one, can be neither encoded nor kept. */
const storable = (text: string): string => text.replace(/\p{Surrogate}/gu, '');

async function refusal(response: Response, type: string): Promise<ApiError> {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const wait = Number.isFinite(retryAfter) ? retryAfter : null;
  const { problem } = await import('../../server/contract/primitives.js');
  const stated: unknown = type.includes('json') ? await response.json().catch(() => null) : null;
  const body = problem.safeParse(stated);
  if (body.success) {
    const { detail, requestId, errors } = body.data;
    return new ApiError(response.status, detail, requestId, errors, wait, stated);
  }
  const requestId = response.headers.get('x-request-id');
  return new ApiError(response.status, `The server answered ${response.status}. Try again.`, requestId, [], wait);
}
