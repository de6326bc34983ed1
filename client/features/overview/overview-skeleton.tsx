import { Skeleton } from '../../ui/query-state';

/** The overview before its figures: the same cards, in the same places. */
export function OverviewSkeleton() {
  return (
    <div className="overview-grid">
      <div className="overview-column">
        <div className="card">
          <Skeleton rows={8} />
        </div>
        <div className="card">
          <Skeleton rows={7} />
        </div>
      </div>
      <div className="overview-column">
        <div className="card">
          <Skeleton rows={9} />
        </div>
        <div className="card">
          <Skeleton rows={6} />
        </div>
      </div>
    </div>
  );
}
