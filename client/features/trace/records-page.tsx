import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { Trace, TraceRecords } from '../../../server/contract/trace.js';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { Num } from '../../ui/num';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import { PageHeader } from '../../ui/page-header';
import { full, unitWord } from '../../ui/quantity';
import { Empty, QueryState } from '../../ui/query-state';
import { useShownPages } from '../../ui/shown-rows';
import { RECORDS_A_PAGE as STEP, traceQuery, traceRecordsQuery } from '../../ui/trace-api';
import { compare } from '../../../server/contract/decimal.js';
import { count, counted, day, inFull } from '../../../server/contract/format.js';
import { nullSentence } from '../../../server/contract/null-words.js';
import { isPeriod, periodLabel } from '../../lib/period';
import type { RegisterType } from '../../lib/registers';
import { readStep, type TraceStep } from '../../lib/trace-path';
import { CodeLink } from '../records/code-link';

type RecordRow = TraceRecords['items'][number];

const QUESTION = 'Which records stand behind this number?';

/** The records behind one figure; what its footer adds up to is the figure. */
export function RecordsPage() {
  const { of } = useSearch({ strict: false }) as { of?: string };
  const step = readStep(of ?? '');
  if (step === null)
    return (
      <main id="content" className="page" tabIndex={-1}>
        <PageHeader title="Records" question={QUESTION} message="There is no such figure" />
        <Empty>The address names no figure that exists. Open a number and choose “View records”.</Empty>
      </main>
    );
  return <Records step={step} />;
}

function Records({ step }: { step: TraceStep }) {
  const page = usePageScope();
  const trace = useQuery(traceQuery(step, page));
  const records = useInfiniteQuery(traceRecordsQuery(step, page));
  const { rows, isFetchingMore, showMore } = useShownPages(records, STEP);
  const first = records.data?.pages[0];
  const title = trace.data?.title ?? 'the figure';
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader title="Records" question={QUESTION} message={trace.data ? headline(trace.data) : '\u00a0'}>
        {trace.data && `${whenAndWhose(step, page)}. ${trace.data.formula.text}`}
      </PageHeader>
      <section className="card">
        <QueryState query={{ ...records, data: first }} what="the records" rows={10}>
          {(found) =>
            found.total.count === 0 ? (
              <Empty>No record is behind this figure in this scope and period.</Empty>
            ) : (
              <>
                <DataTable
                  label={`Records behind ${title}`}
                  caption={`${count(rows.length)} of ${counted(found.total.count, 'record')} shown`}
                  columns={columnsFor(found, step, trace.data?.unit === found.unit, rows.length === found.total.count)}
                  rows={rows}
                  rowKey={(row, index) => `${row.type} ${row.code} ${row.at ?? ''} ${index}`}
                  scrolls
                />
                {rows.length < found.total.count && (
                  <p className="table-more">
                    <Button onClick={showMore} busy={isFetchingMore}>
                      Show {counted(Math.min(STEP, found.total.count - rows.length), 'more record')}
                    </Button>
                  </p>
                )}
              </>
            )
          }
        </QueryState>
      </section>
    </main>
  );
}

/** The figure itself, as its trace prints it. */
const headline = ({ title, value, unit, nullReason }: Trace): string =>
  `${title}: ${value === null ? `x, ${nullSentence(nullReason)}` : full(value, unit)}`;

const SPANS: Record<string, (quarter: string, until: string | null) => string> = {
  period: (quarter) => `in ${quarter}`,
  later: (quarter, until) => `after ${quarter}${until === null ? '' : `, to the end of ${until}`}`,
  life: (_quarter, until) => (until === null ? 'over all months' : `all months to the end of ${until}`),
};

/** `All IT · to the end of 2026 Q3`; a step may be about another quarter or scope than the page. */
function whenAndWhose(step: TraceStep, page: PageScope): string {
  const label = (period: string) => (isPeriod(period) ? periodLabel(period, page.fiscalYearStartMonth) : period);
  const [quarter, until] = [label(step.period ?? page.period), step.until === undefined ? null : label(step.until)];
  const own = step.portfolio ?? step.orgUnit;
  const whose = own === undefined ? page.scopeName : own === '' ? 'All IT' : own;
  return `${whose} · ${SPANS[step.span ?? '']?.(quarter, until) ?? `to the end of ${quarter}`}`;
}

function columnsFor(
  found: TraceRecords,
  step: TraceStep,
  isFigure: boolean,
  isComplete: boolean,
): TableColumn<RecordRow>[] {
  const sortable = (by: (row: RecordRow) => string) => (isComplete ? { sortBy: by } : {});
  const columns: TableColumn<RecordRow>[] = [
    {
      id: 'code',
      header: 'Code',
      className: 'nowrap',
      cell: (row) => <RecordOf row={row} />,
      rowHeader: true,
      footer: 'Total',
      ...sortable((row) => row.code),
    },
    {
      id: 'name',
      header: 'Name',
      cell: (row) => row.name,
      className: 'wide',
      footer: `${found.title}, ${counted(found.total.count, 'record')}`,
      ...sortable((row) => row.name),
    },
    {
      id: 'at',
      header: 'When',
      className: 'nowrap',
      cell: (row) => (row.at === null ? '' : day(row.at)),
      ...sortable((row) => row.at ?? ''),
    },
    {
      id: 'amount',
      header: isFigure ? 'Amount' : 'Numerator',
      unit: unitWord(found.unit),
      numeric: true,
      cell: (row) => amountOf(row.amount, found.unit),
      // Of a share the records add up to its numerator, which is another figure.
      footer: isFigure ? (
        <Num trace={step} label={`${found.title}, total ${full(found.total.amount, found.unit)}`}>
          {amountOf(found.total.amount, found.unit)}
        </Num>
      ) : (
        amountOf(found.total.amount, found.unit)
      ),
      ...(isComplete ? { compare: (a: RecordRow, b: RecordRow) => compare(a.amount, b.amount) } : {}),
    },
    {
      id: 'entered',
      header: 'As entered',
      numeric: true,
      cell: (row) => (row.entered === null ? '' : inFull(row.entered, row.enteredUnit ?? '')),
    },
    {
      id: 'type',
      header: 'Record',
      className: 'nowrap',
      cell: (row) => row.type.replaceAll('_', ' '),
      ...sortable((row) => row.type),
    },
    { id: 'note', header: 'Note', cell: (row) => row.note ?? '', ...sortable((row) => row.note ?? '') },
  ];
  return columns.filter(({ id }) => id !== 'note' || found.items.some(({ note }) => note !== null));
}

/** Where a month is entered: on the page of what it belongs to. */
const MONTHS: Record<string, { type: RegisterType; hash: string }> = {
  investment_cost: { type: 'investment', hash: 'costs' },
  benefit_value: { type: 'benefit', hash: 'values' },
};

function RecordOf({ row: { type, code } }: { row: RecordRow }) {
  const month = MONTHS[type];
  return <CodeLink type={month?.type ?? type} code={code} {...(month ? { hash: month.hash } : {})} />;
}

/** The unit stands in the header. */
const amountOf = (amount: string, unit: string): string => (unit === 'share' ? full(amount, unit) : inFull(amount));
