import type { z } from 'zod';
import { invalidField } from './problem.js';

/** Where a page ended, as text that a client hands back without reading it. */
export const writeCursor = (place: unknown): string => Buffer.from(JSON.stringify(place), 'utf8').toString('base64url');

/**
 * The place that a cursor names.
 * @throws Problem 422 for anything that we did not write
 */
export const readCursor = <Schema extends z.ZodType>(cursor: string, schema: Schema): z.output<Schema> => {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw invalidField(
      'cursor',
      'cursor.invalid',
      'Send the nextCursor of the page before, with the same question, or none.',
    );
  }
};
