import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MOST_STANDINGS, type ReviewStandings } from '../../../server/contract/review-standing.js';
import type { ReviewSummary } from '../../../server/contract/review.js';
import { keepScope } from '../../lib/address';
import { periodLabel } from '../../lib/period';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState, type Reading } from '../../ui/query-state';
import { may, readsChain, sessionQuery } from '../access/api';
import { reviewsQuery } from './api';
import { PacksMenu } from './packs-menu';
import { standingQuery } from './standing-api';
import { StartButton } from './start-button';
import { ReviewState } from './state';
import { instantWords, shortHash } from './words';
import './reviews.css';

/** The reviews of all quarters, the newest first. */
export function ReviewsPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const query = useQuery(reviewsQuery);
  const standing = useQuery({ ...standingQuery(MOST_STANDINGS, 'frozen'), enabled: readsChain(session) });
  const page = usePageScope();
  const writes = may(session, 'reviews');
  const label = (period: string) => periodLabel(period, page.fiscalYearStartMonth);
  const isStarted = query.data?.items.some(({ period }) => period === page.period) ?? true;
  const start = (
    <StartButton period={page.period}>{`Start the review of ${label(page.period).replace(/\s/g, ' ')}`}</StartButton>
  );
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader
        title="Reviews"
        question="What do we tell the board, exactly as it was, and what has changed since?"
        message={query.data ? messageOf(query.data.items, label) : '\u00a0'}
        actions={writes && !isStarted && query.data?.items.length !== 0 ? start : undefined}
      >
        A frozen review never changes; a correction is a new revision that points to the one before
      </PageHeader>
      <section className="card" aria-label="Reviews">
        <QueryState query={query} what="the reviews" rows={4}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty action={writes ? start : undefined}>
                {writes
                  ? `No review yet – start from ${label(page.period)}: its figures are filled in.`
                  : 'No review has been published yet.'}
              </Empty>
            ) : (
              <DataTable
                label="Reviews"
                caption="Reviews, the newest quarter first"
                hideCaption
                rows={items}
                rowKey={({ id }) => id}
                columns={columnsOf(items, label, readsChain(session) ? standing : null)}
              />
            )
          }
        </QueryState>
      </section>
    </main>
  );
}

function messageOf(items: readonly ReviewSummary[], label: (period: string) => string): string {
  const told = items.find(({ state, isOfExample }) => state === 'published' && !isOfExample);
  const draft = items.find(({ state }) => state === 'draft');
  if (items.length === 0) return 'Nothing has been told yet';
  return [
    told ? `${label(told.period)} is the last that was published` : 'None has been published yet',
    draft && `${label(draft.period)} is being written`,
  ]
    .filter(Boolean)
    .join('; ');
}

function columnsOf(
  items: readonly ReviewSummary[],
  label: (period: string) => string,
  standing: Reading<ReviewStandings> | null,
): readonly TableColumn<ReviewSummary>[] {
  const hasLinks = items.some(({ supersedes, supersededBy }) => supersedes !== null || supersededBy !== null);
  const link = (code: string) => (
    <Link to="/reviews/$id" params={{ id: code }} search={keepScope}>
      {code}
    </Link>
  );
  return [
    {
      id: 'quarter',
      header: 'Quarter',
      rowHeader: true,
      className: 'nowrap',
      cell: ({ code, period }) => (
        <Link to="/reviews/$id" params={{ id: code }} search={keepScope} aria-label={`${label(period)}, ${code}`}>
          {label(period)}
        </Link>
      ),
    },
    {
      id: 'state',
      header: 'State',
      cell: ({ state, isOfExample }) => (
        <>
          <ReviewState state={state} />
          {isOfExample && <span className="caption review-second">of the example</span>}
        </>
      ),
    },
    { id: 'revision', header: 'Revision', numeric: true, cell: ({ revision }) => `v${revision}` },
    {
      id: 'frozen',
      header: 'Frozen',
      cell: ({ frozenAt, frozenBy, createdBy, state }) =>
        frozenAt === null ? (
          <span className="caption">{state === 'draft' ? `draft by ${createdBy}` : ''}</span>
        ) : (
          <>
            <span className="nowrap">{instantWords(frozenAt)}</span>
            <span className="caption review-second">{frozenBy}</span>
          </>
        ),
    },
    ...(hasLinks
      ? [
          {
            id: 'links',
            header: 'Correction',
            cell: ({ supersedes, supersededBy }: ReviewSummary) => (
              <>
                {supersedes !== null && <>of {link(supersedes)}</>}
                {supersedes !== null && supersededBy !== null && ', '}
                {supersededBy !== null && <>corrected by {link(supersededBy)}</>}
              </>
            ),
          },
        ]
      : []),
    ...(standing !== null && items.some(({ state }) => stands(state))
      ? [
          {
            id: 'since',
            header: 'Headline today',
            cell: (review: ReviewSummary) =>
              stands(review.state) && !review.isOfExample && <Since standing={standing} review={review} />,
          },
        ]
      : []),
    {
      id: 'hash',
      header: 'SHA-256',
      cell: ({ sha256 }) => (sha256 === null ? '' : <code title={sha256}>{shortHash(sha256)}</code>),
    },
    {
      id: 'packs',
      header: 'Hand out',
      cell: (review) => (review.state === 'draft' ? '' : <PacksMenu review={review} />),
    },
  ];
}

/** What is compared with today: what a later revision corrected need not hold any more. */
const stands = (state: ReviewSummary['state']): boolean => state === 'published' || state === 'frozen';

interface SinceProps {
  standing: Reading<ReviewStandings>;
  review: ReviewSummary;
}

/** Whether what was published or frozen still holds, leading to what is other today. */
function Since({ standing: { data, error }, review: { id, code, state } }: SinceProps) {
  if (data === undefined) return <span className="caption">{error ? 'cannot be compared now' : 'comparing'}</span>;
  const found = data.items.find((each) => each.id === id);
  const restated = found?.restated.length ?? 0;
  return (
    <Link
      to="/reviews/$id"
      params={{ id: code }}
      search={(current: object) => ({ ...keepScope(current), column: 'today' })}
      aria-label={`${code} as it is restated today`}
    >
      {found === undefined
        ? 'compare'
        : restated === 0
          ? `as ${state}`
          : `${restated} of ${found.headline} figures restated`}
    </Link>
  );
}
