import { SetMetadata } from '@nestjs/common';
import type { Request } from 'express';
import { Problem } from '../http/problem.js';

/** Metadata key of handlers that take files. */
export const UPLOADS = 'throughline:uploads';

/** Says that a handler takes multipart/form-data. All others take JSON only, so that no plain HTML form can reach them. */
export const Uploads = (): MethodDecorator => SetMetadata(UPLOADS, true);

const FORMS: ReadonlySet<string> = new Set(['multipart/form-data']);
const JSON_TYPES: ReadonlySet<string> = new Set(['application/json', 'application/merge-patch+json']);

/**
 * Refuses a body that is neither JSON nor, where the handler takes files, a multipart form. No body is fine.
 *
 * @throws Problem 415
 */
export const refuseOtherMediaTypes = (request: Request, takesFiles: boolean): void => {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (!hasBody) return;
  const mediaType = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if ((takesFiles ? FORMS : JSON_TYPES).has(mediaType)) return;
  throw new Problem(
    415,
    'unsupported-media-type',
    takesFiles ? 'Send the file as multipart/form-data.' : 'Send the body as application/json.',
  );
};
