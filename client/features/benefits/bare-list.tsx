import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { AnyRecord } from '../../../server/contract/records.js';
import { count } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { QueryState } from '../../ui/query-state';
import type { PageScope } from '../../ui/page-scope';
import { useShownPages } from '../../ui/shown-rows';
import { listQuery } from '../records/api';
import { OwnerName } from '../records/owner-name';
import { RecordLink } from '../records/record-link';
import { refOf } from '../records/words';
import { Missing } from './figures';
import { FILTERS, shownColumns, type BenefitSearch, type ChosenColumn } from './search';
import { COLUMN_WORDS } from './words';

/** As many as one call gives. */
const STEP = 50;

/** Whether the records alone can answer: what is filtered by a figure, or lies in units below another, is not known without the figures. */
export const isBareKnown = (search: BenefitSearch, { portfolio, orgUnit }: PageScope): boolean =>
  portfolio === undefined &&
  orgUnit === undefined &&
  FILTERS.every((name) => search[name] === undefined || name === 'q' || name === 'type');

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** What the record itself says; everything else in the table is computed. */
const STATED: Partial<Record<ChosenColumn, (record: AnyRecord) => string | null>> = {
  owner: (record) => text(record['ownerEmail']),
  unit: (record) => text(record['unit']) ?? text(record['currency']),
  portfolio: (record) => text(record['portfolioCode']),
};

const column = (id: ChosenColumn): TableColumn<AnyRecord> => {
  const stated = STATED[id];
  return {
    id,
    header: COLUMN_WORDS[id],
    className: 'nowrap',
    cell: (record) => {
      if (stated === undefined) return <Missing why={`${COLUMN_WORDS[id]} cannot be shown`} />;
      const found = stated(record);
      return found !== null && id === 'owner' ? <OwnerName address={found} /> : (found ?? '');
    },
  };
};

const NAMES: readonly TableColumn<AnyRecord>[] = [
  {
    id: 'name',
    header: 'Name',
    rowHeader: true,
    className: 'wide',
    cell: (record) => (
      <RecordLink type="benefit" code={refOf(record)}>
        {String(record['name'])}
      </RecordLink>
    ),
  },
  { id: 'code', header: 'Code', className: 'nowrap', cell: (record) => String(record['code']) },
];

/** The benefits as they are recorded, where their figures could not be read: nothing reads as none, and each is a click away. */
export function BareList({ search }: { search: BenefitSearch }) {
  const { q, type } = search;
  const list = useInfiniteQuery({
    ...listQuery('benefit', { q, type, sort: 'code' }),
    placeholderData: keepPreviousData,
  });
  const { rows, hasMore, isFetchingMore, showMore } = useShownPages(list, STEP);
  return (
    <QueryState query={{ ...list, data: list.data?.pages[0] }} what="the list of benefits" rows={12}>
      {({ total }) => (
        <>
          <DataTable
            label="Benefits"
            caption={`${count(rows.length)} of ${count(total)} shown, without their figures`}
            className="register-table"
            columns={[...NAMES, ...shownColumns(search).map(column)]}
            rows={rows}
            rowKey={({ id }) => id}
            scrolls
          />
          {hasMore && (
            <p className="table-more">
              <Button busy={isFetchingMore} onClick={showMore}>
                Show more
              </Button>
            </p>
          )}
        </>
      )}
    </QueryState>
  );
}
