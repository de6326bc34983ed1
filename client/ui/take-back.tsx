import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ApiError } from '../lib/http';
import { Button } from './button';
import { ConfirmDialog } from './overlays';
import { ReasonField } from './reason-field';

interface TakeBackProps {
  /** What is taken back: `the assessment of 1 Aug 2026`. */
  what: string;
  takeBack: (reason: string) => Promise<void>;
  /** It moves figures: why can be said. */
  asksReason?: boolean;
  /** What follows from it. */
  children?: ReactNode;
  /** Where it is not said of a fact but of a thing: `Drop` `this indicator`, spelled out on the button. */
  verb?: string;
}

/** Takes a fact out of every figure, after asking; the audit keeps it. */
export function TakeBack({ what, takeBack, asksReason = false, children, verb }: TakeBackProps) {
  const named = `${verb ?? 'Take back'} ${what}`;
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const queryClient = useQueryClient();
  const taking = useMutation({
    mutationFn: () => takeBack(reason),
    onSuccess: async () => {
      setOpen(false);
      await queryClient.invalidateQueries();
    },
  });
  const open = () => {
    taking.reset();
    setOpen(true);
  };
  const isStale = taking.error instanceof ApiError && taking.error.status === 412;
  return (
    <>
      <Button look="plain" onClick={open} aria-label={named}>
        {verb === undefined ? 'Take back' : named}
      </Button>
      <ConfirmDialog title={`${named}?`} isOpen={isOpen} onClose={() => setOpen(false)}>
        <p>
          {children ??
            'It then counts in no figure, of earlier quarters neither. The audit keeps what was said, and by whom.'}
        </p>
        {asksReason && <ReasonField value={reason} onChange={setReason} />}
        {taking.error && (
          <p role="alert">
            ▲{' '}
            {isStale
              ? 'Somebody changed it since you opened this page. Close this, read it, then decide again.'
              : taking.error.message}
          </p>
        )}
        <div className="actions">
          <Button look="danger" busy={taking.isPending} onClick={() => taking.mutate()}>
            {verb === undefined ? 'Take it back' : `${verb} it`}
          </Button>
          <Button onClick={() => setOpen(false)}>Keep it</Button>
        </div>
      </ConfirmDialog>
    </>
  );
}
