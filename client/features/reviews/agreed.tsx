import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { counted, day } from '../../../server/contract/format.js';
import type { ReviewAction, ReviewActions, Rewording } from '../../../server/contract/review-after.js';
import type { Review } from '../../../server/contract/review.js';
import { periodLabel } from '../../lib/period';
import { Button } from '../../ui/button';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { TakeBack } from '../../ui/take-back';
import { agreedQuery, withdrawAction } from './agreed-api';
import { FollowUpForm, RecordForm } from './agreed-form';
import { instantWords } from './words';
import './agreed.css';

interface AgreedProps {
  review: Pick<Review, 'code'>;
  isWriter: boolean;
}

/** What the meeting decided and agreed, and what became of what the one before did. It is no part of the frozen document. */
export function Agreed({ review: { code }, isWriter }: AgreedProps) {
  const query = useQuery(agreedQuery(code));
  const { fiscalYearStartMonth } = usePageScope();
  return (
    <section className="card agreed" id="agreed" aria-labelledby="agreed-head">
      <h2 id="agreed-head">Decisions and actions of the meeting</h2>
      <p className="about">Recorded beside the document, which they never change; the next review follows them up.</p>
      <QueryState query={query} what="what was agreed" rows={3}>
        {({ items, previous, previousPeriod, rewordings }: ReviewActions) => (
          <>
            {previousPeriod !== null && (
              <>
                <h3>
                  Agreed in {periodLabel(previousPeriod, fiscalYearStartMonth)}, and open from before
                  <span className="caption"> {tallied(previous)}</span>
                </h3>
                <Agreements
                  review={code}
                  items={previous}
                  rewordings={rewordings}
                  isWriter={isWriter}
                  from={previousPeriod}
                  empty="Nothing was agreed then."
                />
              </>
            )}
            <h3>Agreed in this review</h3>
            <Agreements
              review={code}
              items={items}
              rewordings={rewordings}
              isWriter={isWriter}
              empty={isWriter ? 'Nothing is recorded yet. In present mode press a or d.' : 'Nothing is recorded yet.'}
            />
          </>
        )}
      </QueryState>
      {isWriter && <Recording review={code} />}
    </section>
  );
}

/** `1 kept, 1 not kept, 2 open`. */
const tallied = (items: readonly ReviewAction[]): string => {
  const of = (outcome: ReviewAction['outcome']) => items.filter((item) => item.outcome === outcome).length;
  return items.length === 0 ? '' : `${of('kept')} kept, ${of('not_kept')} not kept, ${of('open')} open`;
};

interface AgreementsProps {
  review: string;
  items: readonly ReviewAction[];
  rewordings: readonly Rewording[];
  /** The quarter that needs no naming; each other one is named. */
  from?: string;
  isWriter: boolean;
  empty: string;
}

function Agreements({ review, items, rewordings, from, isWriter, empty }: AgreementsProps) {
  const { fiscalYearStartMonth } = usePageScope();
  const [edited, setEdited] = useState<string | null>(null);
  if (items.length === 0) return <Empty>{empty}</Empty>;
  return (
    <ul className="agreed-list" aria-label={counted(items.length, 'decision or action', 'decisions and actions')}>
      {items.map((action) => (
        <li key={action.id}>
          {edited === action.id ? (
            <FollowUpForm {...{ review, action }} onClose={() => setEdited(null)} />
          ) : (
            <>
              <p>
                <b>{action.kind === 'decision' ? 'Decision' : 'Action'}:</b> {action.text}
                <span className="caption agreed-who">
                  {[
                    action.owner,
                    action.dueOn && `by ${day(action.dueOn)}`,
                    from !== undefined &&
                      action.period !== from &&
                      `agreed in ${periodLabel(action.period, fiscalYearStartMonth)}`,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </p>
              <Reworded changes={rewordings.filter(({ action: id }) => id === action.id)} />
              <Outcome action={action} />
              {isWriter && (
                <span className="agreed-do">
                  <Button look="plain" aria-label={`Follow up “${action.text}”`} onClick={() => setEdited(action.id)}>
                    Follow up
                  </Button>
                  {action.isWithdrawable && (
                    <TakeBack what={`“${action.text}”`} takeBack={() => withdrawAction(review, action)}>
                      For what was recorded by mistake: it then stands nowhere. The audit keeps it.
                    </TakeBack>
                  )}
                </span>
              )}
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What was published is not reworded without a trace. */
const Reworded = ({ changes }: { changes: readonly Rewording[] }) =>
  changes.map(({ at, by, text, owner, dueOn }) => (
    <p key={at} className="caption">
      <b>Reworded</b> {instantWords(at)} by {by}; before: “{text}”
      {[owner, dueOn && `by ${day(dueOn)}`].filter(Boolean).map((part) => ` · ${part}`)}
    </p>
  ));

const OUTCOMES = { open: '○ Open', kept: '✓ Kept', not_kept: '✗ Not kept' } as const;

const Outcome = ({ action: { outcome, note } }: { action: ReviewAction }) => (
  <p className={`agreed-outcome agreed-${outcome}`}>
    {OUTCOMES[outcome]}
    {note !== null && <span className="caption">: {note}</span>}
  </p>
);

function Recording({ review }: { review: string }) {
  const [kind, setKind] = useState<ReviewAction['kind'] | null>(null);
  if (kind !== null)
    return <RecordForm {...{ review, kind }} onDone={() => setKind(null)} onCancel={() => setKind(null)} />;
  return (
    <div className="actions">
      <Button onClick={() => setKind('action')}>Record an action</Button>
      <Button onClick={() => setKind('decision')}>Record a decision</Button>
    </div>
  );
}
