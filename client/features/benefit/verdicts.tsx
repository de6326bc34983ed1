import { useQuery } from '@tanstack/react-query';
import type { Verdicts as Said } from '../../../server/contract/confirmation.js';
import { counted, day, inFull, instant } from '../../lib/format';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { QueryState } from '../../ui/query-state';
import { OwnerName } from '../records/owner-name';
import { verdictsQuery } from './api';

type Verdict = Said['items'][number];

const WORDS: Record<Verdict['verdict'], string> = {
  confirmed: '✓ confirmed',
  attested: '✓ confirmed, as imported',
  rejected: '▲ rejected',
  withdrawn: '○ withdrawn',
};

const COLUMNS: readonly TableColumn<Verdict>[] = [
  { id: 'month', header: 'Month', rowHeader: true, className: 'nowrap', cell: ({ month }) => day(month) },
  { id: 'verdict', header: 'Verdict', className: 'nowrap', cell: ({ verdict }) => WORDS[verdict] },
  {
    id: 'amount',
    header: 'Of the amount',
    numeric: true,
    className: 'nowrap',
    cell: ({ amount, currency }) => inFull(amount, currency ?? ''),
  },
  {
    id: 'by',
    header: 'By',
    cell: ({ by, at }) => (
      <>
        <OwnerName address={by} />
        <span className="benefit-second">{instant(at)}</span>
      </>
    ),
  },
  { id: 'note', header: 'Note', className: 'wide', cell: ({ note }) => note },
];

/** What finance said of its values, newest first; nothing of it is ever changed. */
export function Verdicts({ code }: { code: string }) {
  const verdicts = useQuery(verdictsQuery(code));
  return (
    <section className="card" aria-labelledby="verdicts-head">
      <h2 id="verdicts-head">What finance said</h2>
      <QueryState query={verdicts} what="the verdicts" rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p>Nobody has confirmed or rejected a value of it yet.</p>
          ) : (
            <DataTable
              label="What finance said"
              caption={`${counted(items.length, 'verdict')}, newest first`}
              columns={COLUMNS}
              rows={items}
              rowKey={({ month, version, verdict, at }) => `${month} ${version} ${verdict} ${at}`}
              scrolls
            />
          )
        }
      </QueryState>
    </section>
  );
}
