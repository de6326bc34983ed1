import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { day } from '../../../server/contract/format.js';
import type { Review } from '../../../server/contract/review.js';
import { CLASSIFICATION_WORDS, identityOf } from '../../../server/contract/review-identity.js';
import { markedTitle } from '../../../server/contract/review-marks.js';
import { keepScope, type PageSearch } from '../../lib/address';
import { useAddressChoice } from '../../lib/address-choice';
import { useFrozenPage } from '../../lib/frozen-page';
import { usePrintedFoot } from '../../lib/printed-foot';
import { ApiError } from '../../lib/http';
import { PageHeader } from '../../ui/page-header';
import { Empty, Failure, QueryState } from '../../ui/query-state';
import { may, readsChain, sessionQuery } from '../access/api';
import { columnsQuery, restatementQuery, reviewQuery } from './api';
import { Agreed } from './agreed';
import { Cover } from './cover';
import { ConflictDialog } from './editor/conflict-dialog';
import { CoverForm } from './editor/cover-form';
import { LeftWords } from './editor/left-words';
import { SaveBar } from './editor/save-bar';
import { SectionEditor } from './editor/section-editor';
import { useEarlier } from './editor/use-earlier';
import { useEditing } from './editor/use-editing';
import { FigurePanel } from './figure-panel';
import { MarkedText } from './marked-text';
import { PresentedReview } from './presented-review';
import { COLUMNS, ReadingProvider } from './reading';
import { RestatedList } from './restated-list';
import { ReviewActions } from './review-actions';
import { SectionView } from './section-view';
import { Standing } from './standing';
import { Strip } from './strip';
import { frozenWords, shortHash, STATE_WORDS } from './words';
import './reviews.css';
import './editor/editor.css';

const QUESTION = 'What do we tell the board, exactly as it was, and what has changed since?';

/** A review: what was frozen, in its three columns; or the draft that is being written. */
export function ReviewPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const query = useQuery(reviewQuery(id));
  const { data: review, error } = query;
  const client = useQueryClient();
  const navigate = useNavigate();
  // One address for one review, whichever name it was asked for by.
  const code = review?.code;
  useEffect(() => {
    if (code === undefined || code === id) return;
    client.setQueryData(reviewQuery(code).queryKey, review);
    void navigate({
      to: '/reviews/$id',
      params: { id: code },
      search: (current: object) => current,
      hash: true,
      replace: true,
    });
  }, [client, navigate, review, code, id]);
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
  if (review && code === id) return <Opened key={review.id} review={review} />;
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
  const isWriter = may(session, 'reviews');
  const editing = useEditing(review, session.user.id);
  const isWritten = isDraft && isWriter;
  const earlier = useEarlier(review, session.user.id, isWritten);
  const client = useQueryClient();
  // Records, and what they say today, are for those who read them.
  const isCompared = !isDraft && readsChain(session);
  const restatement = useQuery({ ...restatementQuery(review.id), enabled: isCompared });
  const columns = useQuery({ ...columnsQuery(review.id), enabled: isCompared && column !== 'frozen' });
  const isThere = restatement.data !== undefined && columns.data !== undefined;
  const compared = { column, restatement: restatement.data, columns: columns.data };
  useFrozenPage(document.frozen === null ? null : `${day(document.frozen.at)} · ${document.review.periodName}`);
  usePrintedFoot(identityOf(document, sha256));
  const headline = document.sections.find(({ id }) => id === 'headline');
  const { code, revision, periodName, organisation } = document.review;
  const hasCover = document.sections.some(({ id }) => id === 'cover');
  const cover = isWritten ? (
    <CoverForm cover={document.cover} editing={editing} />
  ) : (
    <Cover document={document} sha256={sha256} />
  );
  if (search.present !== undefined)
    return (
      <ReadingProvider document={document} isLinked={false} {...compared}>
        <PresentedReview
          {...{ review, isWriter }}
          coming={isCompared && !isThere && column !== 'frozen' ? column : null}
        />
      </ReadingProvider>
    );
  return (
    <ReadingProvider document={document} {...compared}>
      <main id="content" className="page review-page" tabIndex={-1}>
        <PageHeader
          title={`${periodName} value review`}
          question={QUESTION}
          message={headline ? <MarkedText parts={markedTitle(headline)} /> : `${periodName} value review`}
          actions={<ReviewActions review={review} isWriter={isWriter} isEdited={editing.isEdited} />}
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
        <Standing review={review} restatement={isCompared ? restatement : null} onToday={() => setColumn('today')} />
        {!isDraft && editing.isEdited && <LeftWords document={document} editing={editing} />}
        <Strip document={document} {...(isCompared ? { column, onColumn: setColumn } : {})} isThere={isThere} />
        {columns.error && columns.data === undefined && (
          <Failure error={columns.error} what="the other columns" retry={() => void columns.refetch()} />
        )}
        {column === 'today' && restatement.data && <RestatedList restatement={restatement.data} />}
        {column === 'previous' && restatement.data?.previous === null && (
          <p className="notice">No review of the quarter before is frozen, so there is nothing to compare with.</p>
        )}
        {!hasCover && (
          <section className="card" aria-label="Cover">
            {cover}
          </section>
        )}
        {document.sections.map((section) => (
          <SectionView
            key={section.id}
            section={section}
            head={section.id === 'cover' ? cover : undefined}
            narrative={isWritten ? <SectionEditor {...{ section, editing, earlier }} /> : undefined}
          />
        ))}
        <Agreed review={review} isWriter={isWriter} />
        {isWritten && (
          <>
            <SaveBar
              editing={editing}
              version={review.version}
              onReload={() => void client.invalidateQueries({ queryKey: reviewQuery(review.code).queryKey })}
            />
            <ConflictDialog editing={editing} />
          </>
        )}
      </main>
      {search.figure !== undefined && search.trace === undefined && (
        <FigurePanel review={review} figure={search.figure} />
      )}
    </ReadingProvider>
  );
}
