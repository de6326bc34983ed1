import { Link } from '@tanstack/react-router';
import type { Family, Metrics } from '../../../server/contract/metric.js';
import { DataTable } from '../../ui/data-table';

/** What a family is measured from, as people would enter or import it. */
const SOURCES: Record<Family, string> = {
  alignment:
    'costs of investments by month, links from investments to benefits, priorities and their ranking by quarter',
  decision: 'decisions with the days on which they were raised, needed and made, and their escalations',
  flow: 'work items with their moves through stages; initiatives with planned and actual end',
  capability: 'capabilities marked as strategic, assessments of their maturity, competencies',
  outcome: 'benefits with planned, realised and confirmed values; outcomes with measurements and targets',
  efficiency: 'costs of investments with links to initiatives, capabilities and outcomes',
  quality: 'services with agreed time, downtime, requests, incidents and changes by month',
  stakeholder: 'surveys and their answers; decisions with the moment at which IT was involved',
};

/** A product without data: what is defined, and what would measure it. */
export function NothingMeasured({ families }: { families: Metrics['families'] }) {
  return (
    <section className="card">
      <h2>Defined, not measured</h2>
      <p className="prose">
        Every metric is computed from records: nothing is typed in.{' '}
        <Link to="/import">Import them from your tables</Link>, or enter them one by one.
      </p>
      <DataTable
        label="What each family is measured from"
        hideCaption
        caption="What each family is measured from"
        columns={[
          { id: 'family', header: 'Family', rowHeader: true, cell: ({ name }) => name },
          { id: 'question', header: 'Question', cell: ({ question }) => question },
          { id: 'metrics', header: 'Metrics', cell: ({ metrics }) => metrics.map(({ name }) => name).join(', ') },
          { id: 'from', header: 'Measured from', className: 'wide', cell: ({ id }) => SOURCES[id] },
        ]}
        rows={families}
        rowKey={({ id }) => id}
      />
    </section>
  );
}
