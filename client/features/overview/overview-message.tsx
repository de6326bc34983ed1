import type { Overview } from '../../../server/contract/overview.js';
import { periodLabel } from '../../lib/period';
import type { PageScope } from '../../ui/page-scope';
import { measuredNote, overviewMessage } from './message';
import { scaleOf } from './printing';
import { Sentence } from './traced';

/** What the figures say, in two sentences. */
export function OverviewMessage({ overview, page }: { overview: Overview; page: PageScope }) {
  if (overview.isEmpty) return 'Nothing is recorded here yet.';
  const label = (period: string) => periodLabel(period, page.fiscalYearStartMonth);
  return <Sentence parts={overviewMessage(overview, label)} scale={scaleOf(overview)} />;
}

/** How far the figures can be trusted: how many of the benefits that are due have been measured. */
export function Measured({ overview }: { overview: Overview }) {
  const note = measuredNote(overview);
  if (note === null) return null;
  return (
    <>
      {' · '}
      <span className={note.isPartial ? 'partial' : ''}>
        {note.isPartial && <span aria-hidden="true">⚠ </span>}
        <Sentence parts={note.parts} scale={scaleOf(overview)} />
      </span>
    </>
  );
}
