import { useQuery } from '@tanstack/react-query';
import type { PlanVersions as Versions } from '../../../server/contract/plan.js';
import { counted, instant } from '../../../server/contract/format.js';
import { AsEntered } from '../../ui/as-entered';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { QueryState } from '../../ui/query-state';
import { OwnerName } from '../records/owner-name';
import { versionsQuery } from './api';

type Version = Versions['items'][number];

/** Each save of the plan: when, by whom, why, what it added up to, and which one the approval fixed. */
export function PlanVersions({ code }: { code: string }) {
  const versions = useQuery(versionsQuery(code));
  return (
    <section className="card" id="plan-versions" aria-labelledby="versions-head">
      <h2 id="versions-head">Versions of the plan</h2>
      <QueryState query={versions} what="the versions of the plan" rows={2}>
        {(data) =>
          data.items.length === 0 ? (
            <p>Nothing is planned yet.</p>
          ) : (
            <DataTable
              label="Versions of the plan"
              caption={`${counted(data.items.length, 'version')}, newest first, over all months, in ${data.currency ?? data.unit ?? 'its own unit'}`}
              columns={columnsOf(data)}
              rows={[...data.items].reverse()}
              rowKey={({ number }) => String(number)}
            />
          )
        }
      </QueryState>
    </section>
  );
}

const columnsOf = (data: Versions): TableColumn<Version>[] => [
  {
    id: 'number',
    header: 'Version',
    rowHeader: true,
    className: 'nowrap',
    cell: ({ number, isBaseline, isCurrent }) => (
      <>
        {number}
        {(isBaseline || isCurrent) && (
          <span className="benefit-second">
            {[isBaseline && 'baseline plan', isCurrent && 'current plan'].filter(Boolean).join(', ')}
          </span>
        )}
      </>
    ),
  },
  {
    id: 'total',
    header: 'Planned in all',
    numeric: true,
    className: 'nowrap',
    cell: ({ number, total }) =>
      total === null ? (
        <abbr title="its months are not added up">z</abbr>
      ) : (
        <AsEntered
          trace={{ figure: 'node.plan_version', type: 'benefit', ref: data.benefitCode, version: String(number) }}
          name={`Planned by version ${number}`}
          value={total}
          unit={data.currency ?? data.unit}
        />
      ),
  },
  {
    id: 'change',
    header: 'Than before',
    numeric: true,
    className: 'nowrap',
    cell: ({ number, change }) =>
      change && (
        <AsEntered
          trace={{ figure: 'node.plan_change', type: 'benefit', ref: data.benefitCode, version: String(number) }}
          name={`Version ${number} than the one before`}
          value={change}
          unit={data.currency ?? data.unit}
          isSigned
        />
      ),
  },
  {
    id: 'by',
    header: 'Saved',
    cell: ({ by, at, importId }) => (
      <>
        <OwnerName address={by} />
        <span className="benefit-second">
          {instant(at)}
          {importId !== null && ' · import'}
        </span>
      </>
    ),
  },
  {
    id: 'reason',
    header: 'Why',
    className: 'wide',
    cell: ({ reason, number }) =>
      reason ?? <span className="caption">{number === 1 ? 'first plan' : 'not stated'}</span>,
  },
];
