import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { ReviewShare } from '../../../server/contract/review-after.js';
import type { Review } from '../../../server/contract/review.js';
import { copyText } from '../../lib/clipboard';
import { Button } from '../../ui/button';
import { Field } from '../../ui/field';
import { ConfirmDialog } from '../../ui/overlays';
import { Failure } from '../../ui/query-state';
import { makeShare, revokeShare, sharesQuery } from './agreed-api';
import { instantWords } from './words';
import './share.css';

/** Links by which people without an account read the published review: made, shown once, listed, revoked. */
export function ShareDialog({ review }: { review: Pick<Review, 'code' | 'state'> }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{review.state === 'published' ? 'Share' : 'Links'}</Button>
      <ConfirmDialog
        title={review.state === 'published' ? `Share ${review.code} by a link` : `Links to ${review.code}`}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
      >
        <Sharing review={review.code} isLive={review.state === 'published'} onClose={() => setOpen(false)} />
      </ConfirmDialog>
    </>
  );
}

function Sharing({ review, isLive, onClose }: { review: string; isLive: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const links = useQuery(sharesQuery(review));
  const [said, setSaid] = useState('');
  const readAgain = () => client.invalidateQueries({ queryKey: sharesQuery(review).queryKey });
  const making = useMutation({
    mutationFn: (given: { days: number; passphrase: string | null }) => makeShare(review, given),
    onSuccess: readAgain,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSaid('');
    const form = new FormData(event.currentTarget);
    making.mutate({ days: Number(form.get('days')), passphrase: String(form.get('passphrase') ?? '') || null });
  };
  const { data: made } = making;
  return (
    <div className="share">
      <p>
        {isLive
          ? 'Whoever has the link reads exactly what was frozen, without signing in, until it ends or you revoke it.'
          : 'A newer version stands in the place of this review, so no new link is made. Those made before still show it, and say so, until they end or you revoke them.'}
      </p>
      {links.data?.items.length === 0 && !isLive && <p>No link was made.</p>}
      {isLive && (
        <form onSubmit={submit} className="share-form">
          <Field label="Ends after, in days" name="days" type="number" min={1} max={365} defaultValue={30} required />
          <Field
            label="Passphrase (optional)"
            name="passphrase"
            type="text"
            minLength={8}
            maxLength={200}
            autoComplete="off"
            help="At least 8 characters. Tell it by another way than the link."
          />
          <Button look="primary" type="submit" busy={making.isPending}>
            Make a link
          </Button>
        </form>
      )}
      {making.error && <p role="alert">▲ {making.error.message}</p>}
      {made && (
        <div className="notice">
          <Field
            label="The link, shown this once"
            readOnly
            value={made.url}
            onFocus={({ target }) => target.select()}
          />
          <div className="actions">
            <Button
              onClick={() =>
                void copyText(made.url).then((isCopied) =>
                  setSaid(isCopied ? 'Link copied' : 'Select the link and copy it by hand'),
                )
              }
            >
              Copy link
            </Button>
            <span role="status" className="caption">
              {said}
            </span>
          </div>
        </div>
      )}
      {links.error && <Failure error={links.error} what="the links" retry={() => void links.refetch()} />}
      {links.data && links.data.items.length > 0 && (
        <>
          <h3>Links made so far</h3>
          <ul className="share-list">
            {links.data.items.map((link) => (
              <Made key={link.id} {...{ review, link }} onRevoked={readAgain} />
            ))}
          </ul>
        </>
      )}
      <div className="actions">
        <Button onClick={onClose}>Close</Button>
      </div>
    </div>
  );
}

function Made({ review, link, onRevoked }: { review: string; link: ReviewShare; onRevoked: () => Promise<void> }) {
  const revoking = useMutation({ mutationFn: () => revokeShare(review, link.id), onSuccess: onRevoked });
  const { createdAt, createdBy, expiresAt, hasPassphrase, revokedAt, lastReadAt } = link;
  return (
    <li>
      <p>
        Made {instantWords(createdAt)} by {createdBy}
        <span className="caption share-about">
          {[
            revokedAt === null ? `ends ${instantWords(expiresAt)}` : `revoked ${instantWords(revokedAt)}`,
            hasPassphrase && 'asks for a passphrase',
            lastReadAt === null ? 'not opened yet' : `last opened ${instantWords(lastReadAt)}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </p>
      {revokedAt === null && (
        <Button
          look="danger"
          busy={revoking.isPending}
          aria-label={`Revoke the link made ${instantWords(createdAt)}`}
          onClick={() => revoking.mutate()}
        >
          Revoke
        </Button>
      )}
      {revoking.error && <p role="alert">▲ {revoking.error.message}</p>}
    </li>
  );
}
