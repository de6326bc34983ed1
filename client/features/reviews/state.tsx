import type { ReactNode } from 'react';
import type { ReviewState as State } from '../../../server/contract/review.js';
import { STATE_WORDS } from './words';

const SHAPES: Record<State, ReactNode> = {
  draft: <circle cx="6" cy="6" r="4.5" className="hollow" strokeDasharray="2 1.6" />,
  frozen: <rect x="1.5" y="1.5" width="9" height="9" className="hollow" />,
  published: <rect x="1.5" y="1.5" width="9" height="9" />,
  superseded: <path d="M1.5 1.5h9v9h-9Zm0 9 9-9" className="hollow" />,
};

/** Word and shape of where a review stands; never colour alone. */
export const ReviewState = ({ state }: { state: State }) => (
  <span className="status status-neutral" data-state={state}>
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      {SHAPES[state]}
    </svg>
    {STATE_WORDS[state]}
  </span>
);
