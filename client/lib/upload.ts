import type { z } from 'zod';
import { problem } from '../../server/contract/primitives.js';
import { ApiError, apiPath, reasonHeader } from './http';

interface UploadOptions {
  /** Why something is changed, as it was typed. */
  reason: string;
  /** Called with the part that has been sent, from 0 to 1. */
  onProgress: (part: number) => void;
}

/**
 * Sends a form and tells how much of it has gone, which `fetch` cannot.
 * @throws ApiError for a refusal, an unreachable server, or an answer that breaks the contract
 */
export const upload = <S extends z.ZodType>(
  path: string,
  schema: S,
  form: FormData,
  { reason, onProgress }: UploadOptions,
): Promise<z.output<S>> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', apiPath(path));
    request.setRequestHeader('accept', 'application/json');
    for (const [name, value] of Object.entries(reasonHeader(reason))) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total, lengthComputable }) =>
      lengthComputable && total > 0 && onProgress(loaded / total);
    request.onerror = () =>
      reject(new ApiError(0, 'The server cannot be reached. Check the connection, then send it again.'));
    request.onload = () => {
      const stated = jsonOf(request.responseText);
      const parsed = request.status < 300 ? schema.safeParse(stated) : null;
      if (parsed?.success) return resolve(parsed.data);
      reject(refusalOf(request, stated));
    };
    request.send(form);
  });

const refusalOf = (request: XMLHttpRequest, stated: unknown): ApiError => {
  const body = problem.safeParse(stated);
  if (body.success)
    return new ApiError(request.status, body.data.detail, body.data.requestId, body.data.errors, null, stated);
  const detail = `The server answered ${request.status}. Send it again.`;
  return new ApiError(request.status, detail, request.getResponseHeader('x-request-id'));
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
