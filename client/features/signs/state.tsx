import type { ReactNode } from 'react';
import type { SignState } from '../../../server/contract/sign.js';
import { STATE_WORDS } from './words';

const SHAPES: Record<SignState, ReactNode> = {
  present: <path d="M6 .8 11.4 11H.6Z" />,
  watch: <path d="M6 .8 11.2 6 6 11.2.8 6Z" className="hollow" />,
  clear: <circle cx="6" cy="6" r="4.5" className="hollow" />,
  unknown: <circle cx="6" cy="6" r="4.5" className="hollow" strokeDasharray="2 1.6" />,
};

/** The state of a sign: word and shape; colour says nothing by itself. */
export function SignStateMark({ state }: { state: SignState }) {
  return (
    <span className={`status sign-state sign-${state}`} data-state={state}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {SHAPES[state]}
      </svg>
      {STATE_WORDS[state]}
    </span>
  );
}
