import { Link } from '@tanstack/react-router';
import type { Metrics } from '../../../server/contract/metric.js';
import { DataTable } from '../../ui/data-table';
import { SOURCES } from './sources';

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
