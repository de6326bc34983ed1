import { impossibleParts, type ServiceHistory } from '../../../server/contract/service-level.js';
import { count, counted, day } from '../../../server/contract/format.js';
import type { TableColumn } from '../../ui/data-table';
import type { MonthField, MonthRow } from '../records/month-values';

const AMOUNTS = [
  { name: 'agreedMinutes', label: 'Agreed minutes', help: 'How long it was agreed to be there.' },
  { name: 'downtimeMinutes', label: 'Downtime minutes', help: 'Of these, how long it was not.' },
  { name: 'requests', label: 'Requests' },
  { name: 'requestsWithinTarget', label: 'Requests within target' },
  { name: 'changes', label: 'Changes' },
  { name: 'failedChanges', label: 'Failed changes' },
  { name: 'incidents', label: 'Incidents' },
] as const;

/** The form for one month. */
export const MONTH_FIELDS: readonly MonthField[] = [
  { name: 'month', label: 'Month', kind: 'month', isKey: true },
  ...AMOUNTS.map((field): MonthField => ({ ...field, kind: 'amount' })),
  { name: 'reason', label: 'Reason', kind: 'text' },
];

/** @param inPeriod months of the period: those behind its figures */
export const monthColumns = (inPeriod: ReadonlySet<string>): readonly TableColumn<MonthRow>[] => [
  {
    id: 'month',
    header: 'Month',
    rowHeader: true,
    className: 'nowrap',
    cell: ({ month }) =>
      inPeriod.has(month) ? (
        <strong data-in-period>
          {day(month)}
          <span className="visually-hidden"> of the quarter</span>
        </strong>
      ) : (
        <span className="service-month-before">{day(month)}</span>
      ),
  },
  ...AMOUNTS.map(({ name, label }): TableColumn<MonthRow> => ({
    id: name,
    header: label,
    numeric: true,
    cell: (row) => {
      const amount = row[name];
      const wrong = impossibleParts(row).find(({ field }) => field === name);
      return typeof amount === 'number' ? (
        <>
          {wrong && (
            <abbr className="gap-flag" title={wrong.message}>
              ▲<span className="visually-hidden"> {wrong.message}</span>
            </abbr>
          )}{' '}
          {count(amount)}
        </>
      ) : (
        <abbr title="not stated">
          x<span className="visually-hidden"> not stated</span>
        </abbr>
      );
    },
  })),
];

/** What the table says of itself. */
export const monthsCaption = ({ months }: Pick<ServiceHistory, 'months'>, rows: number): string =>
  `${counted(rows, 'month')} of the last 24, the latest first, as recorded. ${
    months.length === 0 ? 'None lies in the quarter.' : 'Bold: the months of the quarter, behind its figures.'
  } x: not stated, so the month counts in no figure that needs it.`;
