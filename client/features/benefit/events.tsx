import { Link } from '@tanstack/react-router';
import type { BenefitProfile } from '../../../server/contract/benefit-page.js';
import { day } from '../../../server/contract/format.js';

type Event = BenefitProfile['events'][number];

const WORDS: Record<Event['kind'], string> = {
  approval: 'Approved: its plan becomes the baseline plan',
  replan: 'Planned anew',
  action: 'Corrective action done',
  decision: 'Decided',
};

/** Where on the page it stands; a decision stands on none. */
const PLACES: Record<Event['kind'], string | null> = {
  approval: 'plan-versions',
  replan: 'plan-versions',
  action: 'actions',
  decision: null,
};

/** What happened to the benefit, by the numbers of the flags in the drawing. */
export function Events({ events }: { events: readonly Event[] }) {
  if (events.length === 0) return null;
  return (
    <section className="card" aria-labelledby="events-head">
      <h3 id="events-head">What happened</h3>
      <ol className="benefit-events">
        {events.map(({ kind, on, code, text, column }, at) => (
          <li key={`${kind} ${on} ${code ?? at}`}>
            <span className="benefit-flag" aria-hidden="true">
              ⚑{at + 1}
            </span>
            <span>
              {day(on)} ·{' '}
              {PLACES[kind] === null ? (
                WORDS[kind]
              ) : (
                <Link to="." search={true} hash={PLACES[kind]}>
                  {WORDS[kind]}
                </Link>
              )}
              {code !== null && ` (${code})`}
              {text !== null && `: ${text}`}
              {column === null && <span className="caption"> · outside the drawing</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
