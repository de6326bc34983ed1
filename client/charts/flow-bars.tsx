import type { ReactNode } from 'react';
import './charts.css';
import './flow.css';

export interface ShareBar {
  key: string;
  name: string;
  /** In place of the name: it leads to the items. */
  head?: ReactNode;
  /** 0 to 1: its part of the whole. */
  share: number;
  /** What it is: two solid tints, for outline and hatch mean plan and forecast. */
  tone: 'active' | 'waiting';
  printed: string;
}

/** Parts of a whole as lines, each as long as its part. */
export function ShareBars({ bars, description }: { bars: readonly ShareBar[]; description: string }) {
  return (
    <div className="share-bars">
      <div className="visually-hidden" role="img" aria-label={description} />
      {bars.map(({ key, name, head, share, tone, printed }) => (
        <div key={key} className="share-row">
          <span className="share-name">{head ?? name}</span>
          <svg className="share-bar" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 10">
            <rect className="share-ground" width="100" height="10" />
            <rect className={`share-part share-${tone}`} data-mark width={share * 100} height="10" />
          </svg>
          <span className="share-printed">{printed}</span>
        </div>
      ))}
    </div>
  );
}

interface CountColumnsProps {
  columns: readonly { label: string; count: number }[];
  description: string;
}

/** A distribution: a column for each number. */
export function CountColumns({ columns, description }: CountColumnsProps) {
  const most = Math.max(1, ...columns.map(({ count }) => count));
  return (
    <div className="count-columns" role="img" aria-label={description}>
      {columns.map(({ label, count }) => (
        <div key={label} className="count-column" aria-hidden="true">
          <span>{count.toLocaleString('en-GB')}</span>
          <svg className="count-bar" preserveAspectRatio="none" viewBox="0 0 10 100">
            <rect
              className="mark-ac"
              data-mark
              y={100 - (count / most) * 100}
              width="10"
              height={(count / most) * 100}
            />
          </svg>
          <span className="columns-period">{label}</span>
        </div>
      ))}
    </div>
  );
}
