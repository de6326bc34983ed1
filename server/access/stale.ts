import { etagOf } from '../http/etag.js';
import { Problem } from '../http/problem.js';

/** 412 with the record as it is now and its ETag, so that the client can show both. */
export const stale = (current: { version: number }): Problem =>
  new Problem(
    412,
    'precondition-failed',
    'Someone else changed this since you read it. Read it again and repeat your change.',
    [],
    { current },
    { ETag: etagOf(current.version) },
  );
