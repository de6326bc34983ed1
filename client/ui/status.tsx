import type { BenefitStatus } from '../../server/contract/status.js';
import type { ReactNode } from 'react';

/** Word and shape of a benefit's computed status; never colour alone, never set by hand. */
const STATUSES: Record<BenefitStatus, { word: string; tone: 'neutral' | 'bad'; shape: ReactNode }> = {
  on_track: { word: 'On track', tone: 'neutral', shape: <circle cx="6" cy="6" r="4.5" /> },
  at_risk: { word: 'At risk', tone: 'bad', shape: <path d="M6 .8 11.2 6 6 11.2.8 6Z" className="hollow" /> },
  off_track: { word: 'Off track', tone: 'bad', shape: <path d="M1 2h10L6 11Z" /> },
  unmeasured: {
    word: 'Not measured',
    tone: 'neutral',
    shape: <circle cx="6" cy="6" r="4.5" className="hollow" strokeDasharray="2 1.6" />,
  },
  not_due: { word: 'Not due', tone: 'neutral', shape: <circle cx="6" cy="6" r="4.5" className="hollow" /> },
};

export const statusWord = (status: BenefitStatus): string => STATUSES[status].word;

export function Status({ status }: { status: BenefitStatus }) {
  const { word, tone, shape } = STATUSES[status];
  return (
    <span className={`status status-${tone}`}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {shape}
      </svg>
      {word}
    </span>
  );
}
