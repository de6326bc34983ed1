import type { Overview } from '../../../server/contract/overview.js';
import { periodLabel } from '../../lib/period';
import type { PageScope } from '../../ui/page-scope';
import type { Scale } from '../../../server/contract/format.js';
import { measuredNote, overviewMessage, unreportedNote, type Part } from './message';
import { scaleOf } from './printing';
import { Sentence } from './traced';

/** What the figures say, in two sentences. */
export function OverviewMessage({ overview, page }: { overview: Overview; page: PageScope }) {
  if (overview.isEmpty) return 'Nothing is recorded here yet.';
  const label = (period: string) => periodLabel(period, page.fiscalYearStartMonth);
  return <Sentence parts={overviewMessage(overview, label)} scale={scaleOf(overview)} />;
}

/** How far the figures can be trusted: how many of the benefits that are due have been measured, and how many planned costs have no actual. */
export function Measured({ overview }: { overview: Overview }) {
  const scale = scaleOf(overview);
  const measured = measuredNote(overview);
  const unreported = unreportedNote(overview);
  return (
    <>
      {measured && <Note isPartial={measured.isPartial} parts={measured.parts} scale={scale} />}
      {unreported && <Note isPartial parts={unreported} scale={scale} />}
    </>
  );
}

const Note = ({ isPartial, parts, scale }: { isPartial: boolean; parts: readonly Part[]; scale: Scale }) => (
  <>
    {' · '}
    <span className={isPartial ? 'partial' : ''}>
      {isPartial && <span aria-hidden="true">⚠ </span>}
      <Sentence parts={parts} scale={scale} />
    </span>
  </>
);
