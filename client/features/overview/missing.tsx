import { ApiError } from '../../lib/http';
import { Button } from '../../ui/button';

interface MissingProps {
  /** For the sentence: `the signs`. */
  what: string;
  error: Error;
  retry: () => unknown;
}

/** An answer of one line that could not be read; the rest of its panel stays. */
export function Missing({ what, error, retry }: MissingProps) {
  return (
    <span className="stale" role="alert">
      <span aria-hidden="true">⚠ </span>
      {what.charAt(0).toUpperCase()}
      {what.slice(1)} cannot be shown.{' '}
      {error instanceof ApiError && error.requestId && (
        <>
          Reference <code>{error.requestId}</code>{' '}
        </>
      )}
      <Button look="plain" onClick={() => void retry()}>
        Try again
      </Button>
    </span>
  );
}
