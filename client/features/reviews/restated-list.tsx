import type { Restatement, RestatedFigure } from '../../../server/contract/review-after.js';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { FigureLink } from './figure-link';
import { PrintedCell } from './printed-cell';
import { columnWord } from './reading';
import { restatedOf, whyRestated } from './words';

/** Every figure that is another today, in its three columns side by side, and who changed what. */
export function RestatedList({ restatement }: { restatement: Restatement }) {
  const figures = restatedOf(restatement);
  if (figures.length === 0) return null;
  return (
    <section className="card" id="restated" aria-labelledby="restated-title">
      <h2 id="restated-title">What has changed since it was frozen</h2>
      <DataTable
        label="Figures restated since the review was frozen"
        caption="Figures restated since the review was frozen"
        hideCaption
        rows={figures}
        rowKey={({ key }) => key}
        columns={columnsOf(restatement)}
      />
    </section>
  );
}

const columnsOf = ({ previous: before }: Restatement): readonly TableColumn<RestatedFigure>[] => [
  { id: 'figure', header: 'Figure', rowHeader: true, className: 'wide', cell: ({ title }) => title },
  ...(before === null
    ? []
    : [
        {
          id: 'previous',
          header: columnWord('previous', before),
          numeric: true,
          cell: ({ previous, previousPeriod }: RestatedFigure) => (
            <>
              <PrintedCell cell={previous} />
              {previousPeriod !== before.periodName && <span className="caption"> {previousPeriod}</span>}
            </>
          ),
        },
      ]),
  { id: 'frozen', header: 'As frozen', numeric: true, cell: ({ frozen }) => frozen.text },
  {
    id: 'today',
    header: 'Restated today',
    numeric: true,
    cell: ({ key, today }) => (
      <>
        <FigureLink figure={key} text={today.text} remark="restated" />
        <abbr title="restated"> r</abbr>
      </>
    ),
  },
  {
    id: 'change',
    header: 'Δ',
    numeric: true,
    cell: ({ restatement }) => (restatement === null ? '' : <PrintedCell cell={{ ...restatement, figure: null }} />),
  },
  {
    id: 'why',
    header: 'Why',
    className: 'wide',
    cell: (figure) => (
      <ul className="review-why">
        {whyRestated(figure).map((why) => (
          <li key={why}>{why}</li>
        ))}
      </ul>
    ),
  },
];
