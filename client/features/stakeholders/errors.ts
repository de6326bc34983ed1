import { ApiError } from '../../lib/http';

const NOTHING: readonly never[] = [];

/** Each thing that is wrong, as a sentence; the same list for the same error only if it is kept. */
export const sentencesOf = (error: Error | null): readonly { message: string }[] => {
  if (error === null) return NOTHING;
  if (error instanceof ApiError && error.errors && error.errors.length > 1)
    return [...new Set(error.errors.map(({ message }) => message))].map((message) => ({ message }));
  return [{ message: error.message }];
};
