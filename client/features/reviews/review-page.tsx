import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { day } from '../../../server/contract/format.js';
import type { Review } from '../../../server/contract/review.js';
import { keepScope, type PageSearch } from '../../lib/address';
import { useAddressChoice } from '../../lib/address-choice';
import { useFrozenPage } from '../../lib/frozen-page';
import { ApiError } from '../../lib/http';
import { PageHeader } from '../../ui/page-header';
import { Empty, QueryState } from '../../ui/query-state';
import { may, sessionQuery } from '../access/api';
import { restatementQuery, reviewQuery } from './api';
import { Cover } from './cover';
import { FigurePanel } from './figure-panel';
import { PrintedText } from './figure-link';
import { COLUMNS, ReadingProvider } from './reading';
import { RestatedList } from './restated-list';
import { ReviewActions } from './review-actions';
import { SectionView } from './section-view';
import { Standing } from './standing';
import { Strip } from './strip';
import { CLASSIFICATION_WORDS, frozenWords, shortHash, STATE_WORDS } from './words';
import './reviews.css';

const QUESTION = 'What do we tell the board, exactly as it was, and what has changed since?';

/** A review: what was frozen, in its three columns; or the draft that is being written. */
export function ReviewPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const query = useQuery(reviewQuery(id));
  const { data: review, error } = query;
  if (error instanceof ApiError && error.status === 404)
    return (
      <main id="content" className="page" tabIndex={-1}>
        <PageHeader title="Review" question={QUESTION} message="There is no such review" />
        <Empty
          action={
            <Link to="/reviews" search={keepScope} className="button">
              See the reviews
            </Link>
          }
        >
          It was a draft that somebody deleted, or it is not published yet.
        </Empty>
      </main>
    );
  if (review) return <Opened key={review.id} review={review} />;
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader title="Review" question={QUESTION} message={'\u00a0'} />
      <QueryState query={query} what="the review" rows={12}>
        {() => null}
      </QueryState>
    </main>
  );
}

function Opened({ review }: { review: Review }) {
  const { document, state, sha256 } = review;
  const { data: session } = useSuspenseQuery(sessionQuery);
  const search = useSearch({ strict: false }) as PageSearch & { figure?: string };
  const [column, setColumn] = useAddressChoice('column', COLUMNS, 'frozen');
  const isDraft = state === 'draft';
  const restatement = useQuery({ ...restatementQuery(review.id), enabled: !isDraft });
  useFrozenPage(document.frozen === null ? null : `${day(document.frozen.at)} · ${document.review.periodName}`);
  const headline = document.sections.find(({ id }) => id === 'headline');
  const { code, revision, periodName, organisation } = document.review;
  const hasCover = document.sections.some(({ id }) => id === 'cover');
  return (
    <ReadingProvider document={document} column={column} restatement={restatement.data}>
      <main id="content" className="page review-page" tabIndex={-1}>
        <PageHeader
          title={`${periodName} value review`}
          question={QUESTION}
          message={headline ? <PrintedText text={headline.title} /> : `${periodName} value review`}
          actions={<ReviewActions review={review} isWriter={may(session, 'reviews')} />}
        >
          {[
            `${periodName} value review`,
            organisation,
            code,
            `v${revision}`,
            isDraft ? STATE_WORDS[state] : frozenWords(review),
            sha256 === null ? null : shortHash(sha256),
            CLASSIFICATION_WORDS[document.cover.classification],
          ]
            .filter(Boolean)
            .join(' · ')}
        </PageHeader>
        <Standing review={review} restatement={restatement} onToday={() => setColumn('today')} />
        <Strip document={document} {...(isDraft ? {} : { column, onColumn: setColumn })} />
        {column === 'today' && restatement.data && <RestatedList restatement={restatement.data} />}
        {column === 'previous' && restatement.data?.previous === null && (
          <p className="notice">No review of the quarter before is frozen, so there is nothing to compare with.</p>
        )}
        {!hasCover && <Cover cover={document.cover} />}
        {document.sections.map((section) => (
          <SectionView
            key={section.id}
            section={section}
            head={section.id === 'cover' ? <Cover cover={document.cover} /> : undefined}
          />
        ))}
      </main>
      {search.figure !== undefined && search.trace === undefined && (
        <FigurePanel review={review} figure={search.figure} />
      )}
    </ReadingProvider>
  );
}
