import { uuidv7 } from 'uuidv7';
import { ApiError } from '../../lib/http';
import { nextCode } from './words';

const TRIES = 5;

/**
 * Creates a record under the next free code. One that is taken, by somebody else just now or in the archive, is passed over.
 * @throws ApiError what `create` throws, but for a code that is taken
 */
export async function createCoded<Made>(
  benefitCode: string,
  letter: string,
  taken: readonly string[],
  create: (code: string) => Promise<Made>,
): Promise<Made> {
  for (let skip = 0; ; skip += 1) {
    try {
      return await create(nextCode(benefitCode, letter, taken, skip));
    } catch (error) {
      const isTaken = error instanceof ApiError && error.status === 409;
      if (!isTaken || skip >= TRIES) throw error;
    }
  }
}

/** One key for each content: the same again is the same request, anything else another. */
export function tryKeys(): (content: string) => string {
  let last: string | null = null;
  let key = '';
  return (content) => {
    if (content !== last) key = uuidv7();
    last = content;
    return key;
  };
}
