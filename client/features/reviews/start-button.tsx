import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { currentIn } from '../../lib/current';
import { ApiError } from '../../lib/http';
import { keepScope } from '../../lib/address';
import { review, type Review } from '../../../server/contract/review.js';
import { Button } from '../../ui/button';
import { reviewQuery, reviewsQuery, startReview } from './api';

interface StartButtonProps {
  period: string;
  children: string;
  look?: 'primary' | 'normal';
}

/** Makes a draft of the quarter and opens it: the first, or the correction of the one that stands. Where a draft is there, it opens that. */
export function StartButton({ period, children, look = 'primary' }: StartButtonProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const open = (id: string) => navigate({ to: '/reviews/$id', params: { id }, search: keepScope });
  const starting = useMutation({
    mutationFn: () => startReview(period),
    onSuccess: async (made: Review) => {
      client.setQueryData(reviewQuery(made.code).queryKey, made);
      await client.invalidateQueries({ queryKey: reviewsQuery.queryKey });
      await open(made.code);
    },
    onError: async (error) => {
      const draft = error instanceof ApiError && currentIn(review.pick({ id: true }), error.body);
      if (draft) await open(draft.id);
    },
  });
  return (
    <>
      <Button look={look} busy={starting.isPending} onClick={() => starting.mutate()}>
        {starting.isPending ? 'Collecting the figures' : children}
      </Button>
      {starting.error && (
        <span role="alert" className="caption">
          ▲ {starting.error.message}
        </span>
      )}
    </>
  );
}
