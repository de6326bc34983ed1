import { Problem, type ProblemType } from '../http/problem.js';
import type { UnreadableFile } from './reading/unreadable-file.js';

const TYPES: Record<number, ProblemType> = {
  413: 'payload-too-large',
  415: 'unsupported-media-type',
  422: 'validation-failed',
};

/** An upload that cannot be read, as a refusal of the request. */
export const unreadable = (error: UnreadableFile): Problem =>
  new Problem(error.status, TYPES[error.status]!, error.detail, [
    { pointer: '/file', code: error.code, message: error.detail },
  ]);
