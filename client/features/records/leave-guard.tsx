import { useBlocker } from '@tanstack/react-router';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/overlays';

interface LeaveGuardProps {
  isDirty: () => boolean;
  /** Where a draft outlives the page: what becomes of it. Then whoever must sign in again is not asked. */
  kept?: string;
}

/** Asks before what was typed is lost. Opening a trace or changing the period keeps the page, and asks nothing. */
export function LeaveGuard({ isDirty, kept }: LeaveGuardProps) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isDirty() && current.pathname !== next.pathname && !(kept !== undefined && next.pathname === '/sign-in'),
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
