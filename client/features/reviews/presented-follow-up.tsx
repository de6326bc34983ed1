import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { day } from '../../../server/contract/format.js';
import { useShortcuts } from '../../lib/shortcuts';
import { agreedQuery } from './agreed-api';
import { KeptForm } from './agreed-form';

interface FollowUpProps {
  /** Code of the review. */
  review: string;
  /** Tells what became of it. */
  say: (words: string) => void;
  onClose: () => void;
}

/**
 * What was agreed before and is open, one after the other on the wall: `k` kept, `x` not kept, `s` leaves it open and shows the next. Why is a line
 * and Enter; of what was kept Enter alone is enough.
 */
export function FollowUp({ review, say, onClose }: FollowUpProps) {
  const { data, isError } = useQuery(agreedQuery(review));
  const [skipped, setSkipped] = useState<readonly string[]>([]);
  const [outcome, setOutcome] = useState<'kept' | 'not_kept' | null>(null);
  const open = data?.previous.filter((each) => each.outcome === 'open') ?? [];
  const waiting = open.filter(({ id }) => !skipped.includes(id));
  const action = waiting[0];
  const asked = action !== undefined && outcome === null;
  useShortcuts(
    {
      k: asked ? { label: 'It was kept', run: () => setOutcome('kept') } : undefined,
      x: asked ? { label: 'It was not kept', run: () => setOutcome('not_kept') } : undefined,
      s: asked ? { label: 'Leave it open', run: () => setSkipped([...skipped, action.id]) } : undefined,
      Escape: outcome === null ? { label: 'Follow up no more', run: onClose } : undefined,
    },
    'Follow-up',
    'panel',
  );
  if (action === undefined)
    return (
      <p className="presented-record" role="status">
        {isError
          ? 'What was agreed could not be read.'
          : data === undefined
            ? 'What was agreed is on its way.'
            : open.length === 0
              ? 'Nothing that was agreed before is open.'
              : 'The rest stays open.'}{' '}
        <span className="caption">Escape: back to the page</span>
      </p>
    );
  const who = [action.owner, action.dueOn && `by ${day(action.dueOn)}`].filter(Boolean).join(' · ');
  return (
    <div className="presented-record" role="region" aria-label="Follow-up">
      <p role="status">
        <b>{action.kind === 'decision' ? 'Decision' : 'Action'}:</b> {action.text}
        {who !== '' && <span className="caption"> · {who}</span>}
        <span className="caption"> · {waiting.length} open</span>
      </p>
      {outcome === null ? (
        <p className="caption">Was it kept? k: kept · x: not kept · s: leave it open · Escape: back to the page</p>
      ) : (
        <KeptForm
          key={`${action.id} ${outcome}`}
          {...{ review, action, outcome }}
          onDone={() => {
            say(outcome === 'kept' ? 'Kept' : 'Not kept');
            setOutcome(null);
          }}
          onCancel={() => setOutcome(null)}
        />
      )}
    </div>
  );
}
