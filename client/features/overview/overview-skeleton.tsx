import { Skeleton } from '../../ui/query-state';

/** Panels before their figures: the same cards, in the same places and of the same height. */

export const ledgerSkeleton = (
  <div className="overview-split">
    <div className="card">
      <Skeleton rows={7} />
    </div>
    <div className="card">
      <Skeleton rows={6} />
    </div>
  </div>
);

export const panelSkeleton = (
  <div className="card">
    <Skeleton rows={9} />
  </div>
);

export const reachSkeleton = (
  <div className="card">
    <Skeleton rows={7} />
  </div>
);
