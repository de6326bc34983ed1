import { useBlocker } from '@tanstack/react-router';
import type { PageSearch } from '../../lib/address';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/overlays';

interface LeaveGuardProps {
  isDirty: () => boolean;
  /** Where a draft outlives the page: what becomes of it. Then whoever must sign in again is not asked. */
  kept?: string;
  /** What is typed is of the page's period: another one asks, too. */
  isOfPeriod?: boolean;
}

const periodOf = (search: object): string | undefined => (search as PageSearch).period;

/** Asks before what was typed is lost. Opening a trace keeps the page and asks nothing; so does another period, where what is typed is not of it. */
export function LeaveGuard({ isDirty, kept, isOfPeriod = false }: LeaveGuardProps) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isDirty() &&
      (current.pathname !== next.pathname || (isOfPeriod && periodOf(current.search) !== periodOf(next.search))) &&
      !(kept !== undefined && next.pathname === '/sign-in'),
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  const isAsking = blocker.status === 'blocked';
  return (
    <ConfirmDialog title="Leave without saving?" isOpen={isAsking} onClose={() => blocker.reset?.()}>
      <p>{kept ?? 'What you changed here is not saved yet, and would be lost.'}</p>
      <div className="actions">
        <Button look="danger" onClick={() => blocker.proceed?.()}>
          Leave
        </Button>
        <Button look="primary" onClick={() => blocker.reset?.()}>
          Stay
        </Button>
      </div>
    </ConfirmDialog>
  );
}
