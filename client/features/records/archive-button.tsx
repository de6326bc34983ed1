import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { AnyRecord } from '../../../server/contract/records.js';
import { ApiError } from '../../lib/http';
import type { Register } from '../../lib/registers';
import { Button } from '../../ui/button';
import { ReasonField } from '../../ui/reason-field';
import { ConfirmDialog } from '../../ui/overlays';
import { archiveRecord } from './api';
import { titleOf } from './words';

/** Takes a record out of every register and figure, after asking. What stands in the way is named. */
export function ArchiveButton({ register, record }: { register: Register; record: AnyRecord }) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const archive = useMutation({
    mutationFn: () => archiveRecord(register.type, record, reason),
    onSuccess: async () => {
      setOpen(false);
      await navigate({ to: `/${register.path}` });
      queryClient.removeQueries({ queryKey: ['records', register.type, 'one'] });
      await queryClient.invalidateQueries();
    },
  });
  const open = () => {
    archive.reset();
    setOpen(true);
  };
  return (
    <>
      <Button look="danger" onClick={open}>
        Archive
      </Button>
      <ConfirmDialog title={`Archive ${titleOf(record)}?`} isOpen={isOpen} onClose={() => setOpen(false)}>
        <p>
          It then counts in no figure and stands in no list. Its history stays
          {register.type === 'link' ? '.' : ', and importing its code brings it back.'}
        </p>
        <ReasonField value={reason} onChange={setReason} />
        {archive.error && <Refusal error={archive.error} />}
        <div className="actions">
          <Button look="danger" busy={archive.isPending} onClick={() => archive.mutate()}>
            Archive
          </Button>
          <Button onClick={() => setOpen(false)}>Keep it</Button>
        </div>
      </ConfirmDialog>
    </>
  );
}

function Refusal({ error }: { error: Error }) {
  const isStale = error instanceof ApiError && error.status === 412;
  return (
    <div className="failure" role="alert">
      <p>
        <span aria-hidden="true">▲ </span>
        {isStale ? 'Someone changed it since you opened this page. Reload the page, then decide again.' : error.message}
      </p>
    </div>
  );
}
