import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Review } from '../../../server/contract/review.js';
import { keepScope } from '../../lib/address';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/overlays';
import { deleteReview, reviewQuery, reviewsQuery } from './api';
import { refusalWords } from './words';

/** Takes a draft away, after asking. */
export function DeleteDraft({ review }: { review: Review }) {
  const [isOpen, setOpen] = useState(false);
  const client = useQueryClient();
  const navigate = useNavigate();
  const deleting = useMutation({
    mutationFn: () => deleteReview(review),
    onSuccess: async () => {
      await navigate({ to: '/reviews', search: keepScope });
      client.removeQueries({ queryKey: reviewQuery(review.code).queryKey });
      await client.invalidateQueries({ queryKey: reviewsQuery.queryKey });
    },
  });
  return (
    <>
      <Button
        onClick={() => {
          deleting.reset();
          setOpen(true);
        }}
      >
        Delete the draft
      </Button>
      <ConfirmDialog title={`Delete the draft ${review.code}?`} isOpen={isOpen} onClose={() => setOpen(false)}>
        <p>What was written in it is gone for everybody. No record changes.</p>
        {deleting.error && <p role="alert">▲ {refusalWords(deleting.error)}</p>}
        <div className="actions">
          <Button look="danger" busy={deleting.isPending} onClick={() => deleting.mutate()}>
            Delete it
          </Button>
          <Button onClick={() => setOpen(false)}>Keep it</Button>
        </div>
      </ConfirmDialog>
    </>
  );
}
