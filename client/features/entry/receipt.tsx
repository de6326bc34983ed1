import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { EntryReceipt } from '../../../server/contract/entry.js';
import { counted, day, instant } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { useQuickReason } from '../../ui/quick-reason';
import { changedOf, undoEntry } from './api';

interface ReceiptProps {
  receipt: EntryReceipt;
  onUndone: (receipt: EntryReceipt) => void;
  onClose: () => void;
}

/** What was saved in one go, and the way back. */
export function Receipt({ receipt, onUndone, onClose }: ReceiptProps) {
  const queryClient = useQueryClient();
  const why = useQuickReason('Undo this entry', 'undo');
  const undo = useMutation({
    mutationFn: () => undoEntry(receipt.id, why.reason),
    onSuccess: async (undone) => {
      await queryClient.invalidateQueries();
      onUndone(undone);
    },
  });
  const isUndone = receipt.undoneAt !== null;
  const changed = undo.error ? changedOf(undo.error) : [];
  return (
    <div className="entry-receipt">
      <p role="status">
        <span aria-hidden="true">✓ </span>
        {isUndone
          ? `Undone: ${counted(receipt.cells, 'value is', 'values are')} as before.`
          : `${counted(receipt.cells, 'value')} of ${counted(receipt.benefits, 'benefit')} saved on ${instant(receipt.savedAt)}.`}{' '}
        <span className="caption">Entry {receipt.id.slice(-8)}</span>
      </p>
      {undo.error && (
        <p role="alert" className="field-error">
          {undo.error.message}
          {changed.slice(0, 5).map(({ benefit, month, what, by }) => ` ${benefit}, ${day(month)}: ${what} by ${by}.`)}
        </p>
      )}
      <div className="actions">
        {!isUndone && (
          <Button look="plain" busy={undo.isPending} onClick={() => undo.mutate()}>
            {undo.isPending ? 'Undoing' : 'Undo this entry'}
          </Button>
        )}
        {!isUndone && why.button}
        <Button look="plain" onClick={onClose}>
          Close
        </Button>
      </div>
      {!isUndone && why.field}
    </div>
  );
}
