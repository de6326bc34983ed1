import { useBlocker } from '@tanstack/react-router';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/overlays';

/** Asks before what was typed is lost. Opening a trace or changing the period keeps the page, and asks nothing. */
export function LeaveGuard({ isDirty }: { isDirty: () => boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty() && current.pathname !== next.pathname,
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  const isAsking = blocker.status === 'blocked';
  return (
    <ConfirmDialog title="Leave without saving?" isOpen={isAsking} onClose={() => blocker.reset?.()}>
      <p>What you changed here is not saved yet, and would be lost.</p>
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
