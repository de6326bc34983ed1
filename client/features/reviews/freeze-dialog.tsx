import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { printed } from '../../../server/contract/narrative.js';
import type { Review, ReviewCheck } from '../../../server/contract/review.js';
import { changesBetween } from '../../../server/contract/review-changes.js';
import { keepScope, parseSearch } from '../../lib/address';
import { ApiError } from '../../lib/http';
import { Button } from '../../ui/button';
import { FormField } from '../../ui/form-field';
import { ConfirmDialog } from '../../ui/overlays';
import { freezeReview, reviewQuery, reviewsQuery } from './api';
import { refusalWords } from './words';

interface FreezeDialogProps {
  review: Review;
  isEdited: boolean;
}

/** What is looked at before freezing; where something is open, freezing needs a reason, which the document keeps. */
export function FreezeDialog({ review, isEdited }: FreezeDialogProps) {
  // In the address, so that it can be opened from elsewhere.
  const isOpen = 'freeze' in useSearch({ strict: false });
  const navigate = useNavigate();
  const setOpen = (open: boolean) =>
    void navigate({
      to: '.',
      search: (current: Record<string, unknown>): Record<string, unknown> => ({
        ...current,
        freeze: open ? '1' : undefined,
      }),
      hash: true,
      replace: true,
      resetScroll: false,
    });
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        Freeze
      </Button>
      <ConfirmDialog title={`Freeze ${review.code}?`} isOpen={isOpen} onClose={() => setOpen(false)}>
        {isEdited ? (
          <>
            <p>You have edits that are not saved. Save or drop them first: only what is saved is frozen.</p>
            <div className="actions">
              <Button onClick={() => setOpen(false)}>Go back to them</Button>
            </div>
          </>
        ) : (
          isOpen && <Freezing review={review} onClose={() => setOpen(false)} />
        )}
      </ConfirmDialog>
    </>
  );
}

function Freezing({ review: { code, ...opened }, onClose }: { review: Review; onClose: () => void }) {
  const client = useQueryClient();
  // As it would be frozen now: since the page was opened somebody may have entered a value.
  const query = useQuery({ ...reviewQuery(code), refetchOnMount: 'always' });
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [attempt, setAttempt] = useState(newAttempt);
  // What stood on the page: what is frozen in its place is told first.
  const [read] = useState(opened.document);
  const review = query.data!;
  const changes = changesBetween(read, review.document);
  const { checklist, figures } = review.document;
  const open = checklist.filter(({ isOpen }) => isOpen);
  const freezing = useMutation({
    mutationFn: () => freezeReview(review, reason.trim() === '' ? null : reason.trim(), attempt),
    onSuccess: async (frozen) => {
      onClose();
      client.setQueryData(reviewQuery(code).queryKey, frozen);
      await client.invalidateQueries({ queryKey: reviewsQuery.queryKey });
    },
    onError: async (error) => {
      if (!(error instanceof ApiError && error.status === 412)) return;
      setAttempt(newAttempt());
      await query.refetch();
    },
  });
  const submit = () => {
    const isMissing = open.length > 0 && reason.trim() === '';
    setWrong(isMissing ? 'Say why it is frozen with open points.' : undefined);
    if (!isMissing) freezing.mutate();
  };
  return (
    <>
      <p>
        What is frozen never changes: figures, records, words. A correction is a new revision that points to this one.
      </p>
      <ul className="freeze-checks" aria-label="Checklist" aria-busy={query.isFetching || undefined}>
        {checklist.map((check) => (
          <Check key={check.id} check={check} figures={figures} />
        ))}
      </ul>
      {changes.length > 0 && (
        <div className="notice" role="group" aria-label="Changed since you read it">
          <p>
            <span aria-hidden="true">⚠ </span>Changed since you opened this page. What is frozen is as it stands now:
          </p>
          <ul className="caption">
            {changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </div>
      )}
      <FormField
        label={open.length > 0 ? 'Why it is frozen all the same' : 'Remark, if there is one'}
        isRequired={open.length > 0}
        error={wrong}
        help={open.length > 0 ? 'It stands in the review and in the audit.' : undefined}
      >
        {(control) => (
          <textarea
            {...control}
            className="input"
            rows={2}
            maxLength={1000}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        )}
      </FormField>
      {freezing.error && <p role="alert">▲ {freezeRefusal(freezing.error)}</p>}
      <div className="actions">
        <Button look="primary" busy={freezing.isPending || query.isFetching} onClick={submit}>
          {freezing.isPending ? 'Freezing' : open.length > 0 ? 'Freeze anyway' : 'Freeze it'}
        </Button>
        <Button onClick={onClose}>Not yet</Button>
      </div>
    </>
  );
}

interface CheckProps {
  check: ReviewCheck;
  /** Of the document: sentences that are named have chips. */
  figures: Review['document']['figures'];
}

function Check({ check: { title, text, isOpen, examples, link }, figures }: CheckProps) {
  const [path = '', search] = (link ?? '').split('?');
  return (
    <li data-open={isOpen || undefined}>
      <span>
        <span aria-hidden="true">{isOpen ? '⚠ ' : '✓ '}</span>
        <span className="visually-hidden">{isOpen ? 'Open: ' : 'Done: '}</span>
        {link === null ? (
          title
        ) : (
          <Link
            to={path}
            search={(current: Record<string, string>) => ({ ...keepScope(current), ...parseSearch(search ?? '') })}
          >
            {title}
          </Link>
        )}
      </span>
      <span className="figures">{text}</span>
      {examples.length > 0 && (
        <details>
          <summary className="caption">Which</summary>
          <ul className="caption">
            {examples.map((example) => (
              <li key={example}>{printed(example, figures)}</li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

/** The draft or its figures changed in this moment: both are read again, and what has changed stands above. */
const freezeRefusal = (error: Error): string =>
  error instanceof ApiError && error.status === 412
    ? 'Nothing is frozen: the draft changed in this moment. It is read again; look at what has changed above, then freeze it.'
    : refusalWords(error);

/** Names an attempt at freezing; `randomUUID` is withheld where the page is served without TLS. */
const newAttempt = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
