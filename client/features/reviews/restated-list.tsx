import { useState } from 'react';
import { count } from '../../../server/contract/format.js';
import type { Restatement, RestatedFigure } from '../../../server/contract/review-after.js';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { PrintedCell } from './printed-cell';
import { columnWord, useReading } from './reading';
import { ReasonsList } from './restated-reasons';
import { inOrderOfPages, restatedOf } from './words';

/** Figures that are listed at once; the rest on request. */
const FIRST = 15;

/**
 * The figures that are others today, in their three columns side by side, and who changed what: those of the headline first, then as the pages name
 * them. Long lists begin with the first ones, and each figure with what moved it most; the whole of it is in its panel.
 */
export function RestatedList({ restatement }: { restatement: Restatement }) {
  const { document, restated } = useReading();
  const [isAll, setAll] = useState(false);
  const figures = inOrderOfPages(
    document,
    restatedOf(restatement).map((figure) => restated.get(figure.key) ?? figure),
  );
  const shown = isAll ? figures : figures.slice(0, FIRST);
  if (figures.length === 0) return null;
  return (
    <section className="card" id="restated" aria-labelledby="restated-title">
      <h2 id="restated-title">What has changed since it was frozen</h2>
      <DataTable
        label="Figures restated since the review was frozen"
        caption="Figures restated since the review was frozen"
        hideCaption
        stacks
        className="restated-list"
        rows={shown}
        rowKey={({ key }) => key}
        columns={columnsOf(restatement)}
      />
      {figures.length > FIRST && (
        <p className="table-more">
          <Button onClick={() => setAll(!isAll)} aria-expanded={isAll}>
            {isAll ? `Show the first ${FIRST} only` : `Show all ${count(figures.length)} figures`}
          </Button>
        </p>
      )}
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
  {
    id: 'frozen',
    header: 'As frozen',
    numeric: true,
    cell: ({ frozen }) => <PrintedCell cell={{ ...frozen, figure: null }} />,
  },
  {
    id: 'today',
    header: 'Restated today',
    numeric: true,
    cell: ({ today, frozen }) => <PrintedCell cell={today} was={frozen.text} />,
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
    cell: (figure) => <ReasonsList figure={figure} />,
  },
];
