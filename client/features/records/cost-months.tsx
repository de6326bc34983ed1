import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ChangeInvestmentCosts } from '../../../server/contract/benefit.js';
import { day } from '../../../server/contract/format.js';
import type { TableColumn } from '../../ui/data-table';
import { monthAmount } from './month-cell';
import { changeCosts, costsQuery } from './months-api';
import type { MonthField, MonthRow } from './month-values';
import { MonthsSection } from './months-section';

const FIELDS: readonly MonthField[] = [
  { name: 'month', label: 'Month', kind: 'month', isKey: true },
  { name: 'kind', label: 'Kind', kind: 'text', isKey: true, choices: ['capex', 'opex', 'skills'] },
  { name: 'planned', label: 'Planned', kind: 'amount' },
  { name: 'actual', label: 'Actual', kind: 'amount' },
  { name: 'reason', label: 'Reason', kind: 'text' },
];

const COLUMNS: readonly TableColumn<MonthRow>[] = [
  { id: 'month', header: 'Month', rowHeader: true, className: 'nowrap', cell: ({ month }) => day(month) },
  { id: 'kind', header: 'Kind', cell: (row) => String(row['kind']) },
  monthAmount('planned', 'Planned'),
  monthAmount('actual', 'Actual', true),
];

/** Planned and actual cost of an investment by month and kind. */
export function CostMonths({ code, mayWrite }: { code: string; mayWrite: boolean }) {
  const months = useQuery(costsQuery(code));
  const queryClient = useQueryClient();
  return (
    <MonthsSection
      id="costs"
      heading="Costs by month"
      unit={months.data?.currency ?? 'its currency'}
      query={{ ...months, data: months.data?.items }}
      columns={COLUMNS}
      fields={FIELDS}
      send={({ reason, ...item }) =>
        changeCosts(code, { items: [item as ChangeInvestmentCosts['items'][number]] }, reason as string | undefined)
      }
      reread={async () => (await queryClient.fetchQuery({ ...costsQuery(code), staleTime: 0 })).items}
      empty="No cost is entered yet."
      {...{ mayWrite }}
    />
  );
}
