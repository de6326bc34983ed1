import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { isMetric, type Metric, type MetricId, type MetricRecords } from '../../../server/contract/metric.js';
import { csvAddress, type TwinTable } from '../../charts/twin';
import { count, counted, day } from '../../../server/contract/format.js';
import { metricNull } from '../../../server/contract/null-words.js';
import { periodLabel } from '../../lib/period';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { metricText } from '../../ui/metric-text';
import { Num } from '../../ui/num';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { useShownPages } from '../../ui/shown-rows';
import { CodeLink } from '../records/code-link';
import { metricQuery, metricRecordsQuery, RECORDS_A_PAGE as STEP } from './api';
import { cellText, columnUnit, foldedFigure, foldWords } from './record-cells';

type Item = MetricRecords['items'][number];

const QUESTION = 'Which records stand behind this metric?';

/** The records behind one metric; folded as the footer says they give its value. */
export function MetricRecordsPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  if (isMetric(id)) return <Records id={id} />;
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader title="Records" question={QUESTION} message="There is no such metric" />
      <Empty>The address names no metric that exists.</Empty>
    </main>
  );
}

function Records({ id }: { id: MetricId }) {
  const page = usePageScope();
  const metric = useQuery(metricQuery(id, page)).data;
  const records = useInfiniteQuery(metricRecordsQuery(id, page));
  const { rows, isFetchingMore, showMore } = useShownPages(records, STEP);
  const first = records.data?.pages[0];
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader title="Records" question={QUESTION} message={metric ? headline(metric, page.currency) : '\u00a0'}>
        {metric &&
          `${page.scopeName} · ${periodLabel(metric.trend.at(-1)!.period, page.fiscalYearStartMonth)}. ${metric.formula.text}`}
      </PageHeader>
      <section className="card">
        <QueryState query={{ ...records, data: first }} what="the records" rows={10}>
          {(found) => (
            <Listed
              found={found}
              name={metric?.name ?? 'the metric'}
              rows={rows}
              more={{ isBusy: isFetchingMore, show: showMore }}
            />
          )}
        </QueryState>
      </section>
    </main>
  );
}

const headline = ({ id, name, value, unit, nullReason }: Metric, currency: string): string =>
  `${name}: ${value === null ? metricNull(nullReason, id) : metricText(value, unit, currency)}`;

interface ListedProps {
  found: MetricRecords;
  name: string;
  rows: readonly Item[];
  more: { isBusy: boolean; show: () => void };
}

function Listed({ found, name, rows, more }: ListedProps) {
  const { currency, isExample } = usePageScope();
  if (found.total === 0)
    return (
      <Empty>
        {found.nullReason === null
          ? 'No record is behind this metric in this scope and period.'
          : metricNull(found.nullReason, found.metric)}
      </Empty>
    );
  const isComplete = rows.length === found.total;
  return (
    <>
      <DataTable
        label={`Records behind ${name}`}
        caption={
          <>
            {count(rows.length)} of {counted(found.total, 'record')} shown
            {isComplete && (
              <>
                {' · '}
                <a
                  download={`${isExample ? 'example-' : ''}${found.metric.replace('.', '-')}-${found.period}-records.csv`}
                  href={csvAddress(fileOf(found, rows))}
                >
                  CSV
                </a>
              </>
            )}
          </>
        }
        columns={columnsOf(found, currency, isComplete)}
        rows={rows}
        rowKey={(row, index) => `${row.type} ${row.code} ${index}`}
        scrolls
      />
      {!isComplete && (
        <p className="table-more">
          <Button onClick={more.show} busy={more.isBusy}>
            Show {counted(Math.min(STEP, found.total - rows.length), 'more record')}
          </Button>
        </p>
      )}
    </>
  );
}

function columnsOf(found: MetricRecords, currency: string, isComplete: boolean): TableColumn<Item>[] {
  const sortable = (by: (row: Item) => number | string) => (isComplete ? { sortBy: by } : {});
  const figure = foldedFigure(found, currency);
  const value = found.value === null ? 'x' : metricText(found.value, found.unit, currency);
  const at = found.columns.findIndex(({ id }) => id === found.fold.a);
  const total = (
    <Num trace={{ figure: found.metric }} label={figure}>
      {value}
    </Num>
  );
  return [
    {
      id: 'code',
      header: 'Code',
      className: 'nowrap',
      rowHeader: true,
      cell: ({ type, code }) => <CodeLink {...{ type, code }} />,
      ...sortable((row) => row.code),
    },
    {
      id: 'name',
      header: 'Name',
      className: 'wide',
      cell: (row) => row.name,
      // Not under the codes: a number over one of them could not be told from it by a finger.
      footer: (
        <>
          {at < 0 && <>{total} </>}
          {foldWords(found)}, {counted(found.total, 'record')}
        </>
      ),
      ...sortable((row) => row.name),
    },
    ...found.columns.map(({ id, label, unit }, index): TableColumn<Item> => {
      const isNumber = unit !== 'text' && unit !== 'date' && unit !== 'flag';
      const inHeader = columnUnit(unit, currency);
      return {
        id: `cell-${id}`,
        header: label,
        ...(inHeader !== undefined && { unit: inHeader }),
        numeric: isNumber,
        cell: (row) => cellText(row.cells[index] ?? null, unit, day),
        footer: index === at ? total : '',
        ...sortable((row) =>
          isNumber ? Number(row.cells[index] ?? Number.NEGATIVE_INFINITY) : (row.cells[index] ?? ''),
        ),
      };
    }),
    {
      id: 'type',
      header: 'Record',
      className: 'nowrap',
      cell: (row) => row.type.replaceAll('_', ' '),
      ...sortable((row) => row.type),
    },
  ];
}

/** Every digit of every row. */
const fileOf = ({ columns }: MetricRecords, rows: readonly Item[]): TwinTable => ({
  columns: ['Type', 'Code', 'Name', ...columns.map(({ label }) => label)],
  rows: rows.map((row) => [
    { text: row.type },
    { text: row.code },
    { text: row.name },
    ...columns.map(({ unit }, index) => {
      const cell = row.cells[index] ?? null;
      if (cell === null) return null;
      return unit === 'text' || unit === 'date' ? { text: cell } : { number: cell, printed: cell };
    }),
  ]),
});
