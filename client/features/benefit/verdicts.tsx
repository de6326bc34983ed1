import { useQuery } from '@tanstack/react-query';
import type { Verdicts as Said } from '../../../server/contract/confirmation.js';
import { counted, day, instant } from '../../../server/contract/format.js';
import { AsEntered } from '../../ui/as-entered';
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

const columnsOf = (code: string): readonly TableColumn<Verdict>[] => [
  { id: 'month', header: 'Month', rowHeader: true, className: 'nowrap', cell: ({ month }) => day(month) },
  { id: 'verdict', header: 'Verdict', className: 'nowrap', cell: ({ verdict }) => WORDS[verdict] },
  {
    id: 'amount',
    header: 'Of the amount',
    numeric: true,
    className: 'nowrap',
    cell: ({ month, number, verdict, amount, currency, unit }) => (
      <AsEntered
        trace={{ figure: 'value.verdict', type: 'benefit', ref: code, month, version: String(number) }}
        name={`Of ${day(month)}, ${verdict}`}
        value={amount}
        unit={currency ?? unit}
        withUnit
      />
    ),
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
              columns={columnsOf(code)}
              rows={items}
              rowKey={({ month, number }) => `${month} ${number}`}
              scrolls
            />
          )
        }
      </QueryState>
    </section>
  );
}
