import { Link } from '@tanstack/react-router';
import type { ImportReport } from '../../../server/contract/import.js';
import { instant } from '../../../server/contract/format.js';

/** Whether the same content was imported before: when, by whom and why, so that nobody believes that a new reason took the place of that one. */
export function Earlier({ report: { earlier } }: { report: Pick<ImportReport, 'earlier'> }) {
  if (earlier === null) return null;
  return (
    <p className="notice">
      The same content was{' '}
      <Link to="/import/$id" params={{ id: earlier.id }}>
        imported
      </Link>{' '}
      on {instant(earlier.at)} by {earlier.by},{' '}
      {earlier.reason === null ? 'without a reason' : `with the reason “${earlier.reason}”`}.
    </p>
  );
}
