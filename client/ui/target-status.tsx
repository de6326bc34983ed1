import type { ReactNode } from 'react';
import type { Metric } from '../../server/contract/metric.js';

type Status = NonNullable<Metric['status']>;

/** Computed from target and tolerance: word, shape and tone. Near is neither good nor bad. */
const STATUSES: Record<Status, { word: string; tone: string; shape: ReactNode }> = {
  met: { word: 'met', tone: 'good', shape: <circle cx="6" cy="6" r="4.5" /> },
  near: {
    word: 'near',
    tone: 'neutral',
    shape: (
      <>
        <circle cx="6" cy="6" r="4.5" className="hollow" />
        <path d="M6 1.5a4.5 4.5 0 0 1 0 9Z" />
      </>
    ),
  },
  missed: { word: 'missed', tone: 'bad', shape: <path d="M1 2h10L6 11Z" /> },
};

export const targetStatusWord = (status: Metric['status']): string | null => status && STATUSES[status].word;

/** Whether a metric meets its target; nothing where it has none, no value, or no better way. */
export function TargetStatus({ status }: { status: Metric['status'] }) {
  if (status === null) return null;
  const { word, tone, shape } = STATUSES[status];
  return (
    <span className={`status status-${tone}`} data-status={status}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {shape}
      </svg>
      {word}
    </span>
  );
}
