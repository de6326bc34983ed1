import { inFull } from '../../../server/contract/format.js';
import type { TableColumn } from '../../ui/data-table';
import type { MonthRow } from './month-values';

const isOver = (month: string): boolean => month < new Date().toISOString().slice(0, 7);

/** The amount of a month as entered. One that was planned, is over and was never reported is `x`; where nothing is expected is nothing. */
export const monthAmount = (name: string, header: string, isReported = false): TableColumn<MonthRow> => ({
  id: name,
  header,
  numeric: true,
  cell: (row) => {
    const amount = row[name] ?? null;
    if (amount !== null) return inFull(String(amount));
    if (!isReported || (row['planned'] ?? null) === null || !isOver(row.month)) return null;
    return (
      <abbr title="planned, and not reported">
        x<span className="visually-hidden"> planned, and not reported</span>
      </abbr>
    );
  },
});
