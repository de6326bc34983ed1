import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ChangeBenefitValues } from '../../../server/contract/benefit.js';
import { day } from '../../lib/format';
import type { TableColumn } from '../../ui/data-table';
import { monthAmount } from './month-cell';
import { changeValues, valuesQuery } from './months-api';
import { needsReason, replans, type MonthField, type MonthRow } from './month-values';
import { MonthsSection } from './months-section';

const fieldsOf = (isPlanFixed: boolean): readonly MonthField[] => [
  { name: 'month', label: 'Month', kind: 'month', isKey: true },
  { name: 'planned', label: 'Planned', kind: 'amount' },
  { name: 'forecast', label: 'Forecast', kind: 'amount' },
  { name: 'realised', label: 'Realised', kind: 'amount' },
  { name: 'evidence', label: 'Evidence', kind: 'text', help: 'What proves the realised value: a sentence or a link.' },
  {
    name: 'reason',
    label: 'Reason for the change',
    kind: 'text',
    isShown: (typed, row) => needsReason(typed, row) || (isPlanFixed && replans(typed, row)),
  },
];

const COLUMNS: readonly TableColumn<MonthRow>[] = [
  { id: 'month', header: 'Month', rowHeader: true, className: 'nowrap', cell: ({ month }) => day(month) },
  monthAmount('planned', 'Planned'),
  monthAmount('forecast', 'Forecast'),
  monthAmount('realised', 'Realised', true),
  { id: 'evidence', header: 'Evidence', className: 'wide', cell: (row) => String(row['evidence'] ?? '') },
  {
    id: 'confirmed',
    header: 'Confirmed',
    cell: (row) =>
      row['confirmed'] === null
        ? ''
        : `by ${String(row['confirmedBy'] ?? 'finance')}${row['confirmedHow'] === 'attestation' ? ', as imported' : ''}`,
  },
];

/** Planned, forecast and realised value of a benefit by month. */
export function BenefitMonths({ code, mayWrite }: { code: string; mayWrite: boolean }) {
  const months = useQuery(valuesQuery(code));
  const queryClient = useQueryClient();
  const unit = months.data?.currency ?? months.data?.unit ?? 'its own unit';
  return (
    <MonthsSection
      id="values"
      heading="Values by month"
      query={{ ...months, data: months.data?.items }}
      columns={COLUMNS}
      fields={fieldsOf(months.data?.isPlanFixed ?? false)}
      send={(item) => changeValues(code, { items: [item as ChangeBenefitValues['items'][number]] })}
      reread={async () => (await queryClient.fetchQuery({ ...valuesQuery(code), staleTime: 0 })).items}
      empty="No month has a value yet. Plan values first; what was realised is measured against the plan."
      {...{ unit, mayWrite }}
    />
  );
}
