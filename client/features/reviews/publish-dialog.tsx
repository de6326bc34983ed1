import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Review } from '../../../server/contract/review.js';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/overlays';
import { publishReview, reviewQuery, reviewsQuery } from './api';
import { refusalWords } from './words';

/** Publishes a frozen review, after saying who may read it then. */
export function PublishDialog({ review }: { review: Review }) {
  const [isOpen, setOpen] = useState(false);
  const client = useQueryClient();
  const publishing = useMutation({
    mutationFn: () => publishReview(review),
    onSuccess: async (published) => {
      setOpen(false);
      client.setQueryData(reviewQuery(review.code).queryKey, published);
      await client.invalidateQueries({ queryKey: reviewsQuery.queryKey });
    },
  });
  return (
    <>
      <Button
        look="primary"
        onClick={() => {
          publishing.reset();
          setOpen(true);
        }}
      >
        Publish
      </Button>
      <ConfirmDialog title={`Publish ${review.code}?`} isOpen={isOpen} onClose={() => setOpen(false)}>
        <p>Everybody who signs in may read it then, stakeholders too, and it can be shared by a link.</p>
        {review.supersedes !== null && <p>The review that it corrects, {review.supersedes}, is then superseded.</p>}
        <p>It cannot be taken back; a correction is a new revision.</p>
        {publishing.error && <p role="alert">▲ {refusalWords(publishing.error)}</p>}
        <div className="actions">
          <Button look="primary" busy={publishing.isPending} onClick={() => publishing.mutate()}>
            Publish it
          </Button>
          <Button onClick={() => setOpen(false)}>Not yet</Button>
        </div>
      </ConfirmDialog>
    </>
  );
}
