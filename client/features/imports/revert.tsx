import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportReport } from '../../../server/contract/import.js';
import { ApiError } from '../../lib/http';
import { count, counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/overlays';
import { ReasonField } from '../../ui/reason-field';
import { importQuery, revertImport } from './api';
import { totalsOf } from './totals';

/** Takes an import back, after asking. What stands in the way is named. */
export function RevertButton({ report }: { report: ImportReport }) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const queryClient = useQueryClient();
  const revert = useMutation({
    mutationFn: () => revertImport(report.id, reason),
    onSuccess: async (reverted) => {
      queryClient.setQueryData(importQuery(report.id).queryKey, reverted);
      setOpen(false);
      await queryClient.invalidateQueries();
      // The button is gone with what it could do; what it did is said at the top. Only now: the dialog kept the focus until it was gone.
      scrollTo({ top: 0 });
      document.getElementById('content')?.focus();
    },
  });
  const { created, updated } = totalsOf(report.tables);
  const open = () => {
    revert.reset();
    setOpen(true);
  };
  return (
    <>
      <Button look="danger" onClick={open}>
        Revert this import
      </Button>
      <ConfirmDialog title="Revert this import?" isOpen={isOpen} onClose={() => setOpen(false)}>
        <p>
          {counted(created, 'record')} that it made {created === 1 ? 'is' : 'are'} archived and{' '}
          {counted(updated, 'record')} that it changed {updated === 1 ? 'goes' : 'go'} back to what{' '}
          {updated === 1 ? 'it was' : 'they were'}. The history keeps both.
        </p>
        <ReasonField value={reason} onChange={setReason} />
        {revert.error && <Refusal error={revert.error} />}
        <div className="actions">
          <Button look="danger" busy={revert.isPending} onClick={() => revert.mutate()}>
            Revert
          </Button>
          <Button onClick={() => setOpen(false)}>Keep it</Button>
        </div>
      </ConfirmDialog>
    </>
  );
}

const SHOWN = 10;

function Refusal({ error }: { error: Error }) {
  const reasons = error instanceof ApiError ? error.errors : [];
  const rest = reasons.length - SHOWN;
  return (
    <div className="failure" role="alert">
      <p>
        <span aria-hidden="true">▲ </span>
        {error.message}
      </p>
      {reasons.length > 0 && (
        <ul className="reasons">
          {reasons.slice(0, SHOWN).map(({ pointer, message }) => (
            <li key={`${pointer} ${message}`}>{message}</li>
          ))}
          {rest > 0 && <li>and {count(rest)} more</li>}
        </ul>
      )}
      {error instanceof ApiError && error.requestId && (
        <p className="caption">
          Reference <code>{error.requestId}</code>
        </p>
      )}
    </div>
  );
}
