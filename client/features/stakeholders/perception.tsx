import type { Stakeholders } from '../../../server/contract/stakeholder.js';
import { count } from '../../lib/format';
import { DataTable } from '../../ui/data-table';
import { letterOf, metricNull, metricNumber } from '../../ui/metric-text';
import { nameOf, unitOf } from './words';

type Line = NonNullable<Stakeholders['perception']>[number];
type Side = Line['it'];

const Told = ({ question, side }: { question: Line['question']; side: Side }) =>
  side.value === null ? (
    <span title={metricNull(side.nullReason)}>{letterOf(side.nullReason)}</span>
  ) : (
    <>
      {metricNumber(side.value, unitOf(question))} <span className="caption">n {count(side.n)}</span>
    </>
  );

/** What IT says of itself beside what the business says: the gap is what IT does not see. */
export function Perception({ lines }: { lines: readonly Line[] }) {
  return (
    <section className="card" aria-labelledby="gap-head">
      <h2 id="gap-head">What IT says of itself, and what the business says</h2>
      <DataTable
        caption="IT’s own answers beside those of the business"
        hideCaption
        label="IT’s own answers beside those of the business"
        rows={lines}
        rowKey={({ question }) => question}
        columns={[
          { id: 'question', header: 'Question', rowHeader: true, cell: ({ question }) => nameOf(question) },
          {
            id: 'it',
            header: 'IT itself',
            numeric: true,
            cell: ({ question, it }) => <Told question={question} side={it} />,
          },
          {
            id: 'business',
            header: 'Business',
            numeric: true,
            cell: ({ question, business }) => <Told question={question} side={business} />,
          },
        ]}
      />
      <p className="caption">
        Means of 1 to 5; recommending in points. IT’s areas are those marked in the round. Told only where no group
        below 5 can be worked out.
      </p>
    </section>
  );
}
