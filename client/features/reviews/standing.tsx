import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { counted } from '../../../server/contract/format.js';
import type { Restatement } from '../../../server/contract/review-after.js';
import type { Review } from '../../../server/contract/review.js';
import { keepScope } from '../../lib/address';
import { copyText } from '../../lib/clipboard';
import { Button } from '../../ui/button';
import { Failure, type Reading } from '../../ui/query-state';
import { verificationQuery } from './api';
import { ReviewState } from './state';
import { frozenWords, instantWords, restatedOf } from './words';

interface StandingProps {
  review: Review;
  /** Null where nothing is compared. */
  restatement: Reading<Restatement> | null;
  onToday: () => void;
}

/** Where the review stands, what proves that it is what was frozen, and whether it still holds. */
export function Standing({ review, restatement, onToday }: StandingProps) {
  const { state, sha256, publishedAt, publishedBy, document } = review;
  const isDraft = state === 'draft';
  return (
    <section className="card review-standing" aria-label="Where the review stands">
      <p>
        <ReviewState state={state} />
        {isDraft ? (
          ': figures follow the records until it is frozen.'
        ) : (
          <>
            {' '}
            · {frozenWords(review)}
            {publishedAt !== null &&
              ` · published ${instantWords(publishedAt)}${publishedBy === null ? '' : ` by ${publishedBy}`}`}
            . Its content never changes.
          </>
        )}
      </p>
      {document.frozen?.reason && <p>Frozen with open points because: {document.frozen.reason}</p>}
      {review.isOfExample && <p>It is of the example enterprise, which is removed: none of its figures is yours.</p>}
      <Neighbours review={review} />
      {sha256 !== null && <Proof review={review} sha256={sha256} />}
      {restatement !== null && <Since restatement={restatement} onToday={onToday} />}
    </section>
  );
}

function Neighbours({ review: { supersedes, supersededBy } }: { review: Review }) {
  const link = (code: string) => (
    <Link to="/reviews/$id" params={{ id: code }} search={keepScope}>
      {code}
    </Link>
  );
  return (
    <>
      {supersedes !== null && <p>It corrects {link(supersedes)}, which stays as it was.</p>}
      {supersededBy !== null && (
        <p>
          <span aria-hidden="true">⚠ </span>A later revision corrects it: {link(supersededBy)}.
        </p>
      )}
    </>
  );
}

function Proof({ review, sha256 }: { review: Review; sha256: string }) {
  const verification = useQuery(verificationQuery(review.id));
  const [said, setSaid] = useState('');
  const { data, error, isFetching } = verification;
  return (
    <div className="review-proof">
      <p className="review-hash">
        SHA-256 <code>{sha256}</code>
      </p>
      <div className="actions">
        <Button
          onClick={() =>
            void copyText(sha256).then((isCopied) => setSaid(isCopied ? 'Copied' : 'The browser refused to copy'))
          }
        >
          Copy
        </Button>
        <Button busy={isFetching} onClick={() => void verification.refetch()}>
          {isFetching ? 'Verifying' : 'Verify'}
        </Button>
        <span role="status" className="caption">
          {said}
        </span>
      </div>
      <div role="status">
        {data && !isFetching && (
          <p className={data.isIntact ? 'review-intact' : 'review-broken'}>
            {data.isIntact ? (
              <>
                ✓ Intact: document, records and the audit chain are what was frozen
                {data.seq !== null && `, as event ${data.seq} of the audit says`}.
              </>
            ) : (
              '▲ Not what was frozen:'
            )}
          </p>
        )}
        {data && !isFetching && data.findings.length > 0 && (
          <ul>
            {data.findings.map(({ about, message }) => (
              <li key={`${about} ${message}`}>{message}</li>
            ))}
          </ul>
        )}
      </div>
      {error && !isFetching && <Failure error={error} what="the verification" />}
    </div>
  );
}

interface SinceProps {
  restatement: Reading<Restatement>;
  onToday: () => void;
}

/** Whether today's records still say what was frozen. */
function Since({ restatement: { data, error, refetch }, onToday }: SinceProps) {
  if (data === undefined)
    return error ? (
      <Failure error={error} what="what has changed since" retry={() => void refetch()} />
    ) : (
      <p className="caption">Comparing with the records of today</p>
    );
  const restated = restatedOf(data).length;
  return (
    <>
      {restated === 0 ? (
        <p>Today the records say the same: no figure is restated.</p>
      ) : (
        <p>
          <span aria-hidden="true">⚠ </span>
          {counted(restated, 'figure')} {restated === 1 ? 'is' : 'are'} restated since.{' '}
          <Button look="plain" onClick={onToday}>
            Show them
          </Button>
        </p>
      )}
      {data.calendar !== null && <p>{data.calendar}</p>}
      {data.links !== null && <p>{data.links}</p>}
    </>
  );
}
