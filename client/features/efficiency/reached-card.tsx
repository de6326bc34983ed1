import type { Reaching } from '../../../server/contract/efficiency.js';
import { compare } from '../../../server/contract/decimal.js';
import { day, type Scale, scaleFor, unitOf } from '../../../server/contract/format.js';
import { Amount } from '../../ui/amount';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { usePageScope } from '../../ui/page-scope';
import { Empty } from '../../ui/query-state';
import { RecordLink } from '../records/record-link';

interface ReachedCardProps {
  type: 'capability' | 'outcome';
  /** Null: not known in a portfolio. */
  items: readonly Reaching[] | null;
}

const WORDS = {
  capability: {
    title: 'What each capability cost',
    many: 'capabilities',
    none: 'No capability has a target level yet.',
    unread: 'Levels of capabilities lie in no portfolio: choose all IT or a business area to see what each cost.',
  },
  outcome: {
    title: 'What each outcome cost',
    many: 'outcomes',
    none: 'No outcome has a target yet.',
    unread: 'Measurements of outcomes lie in no portfolio: choose all IT or a business area to see what each cost.',
  },
} as const;

/** Cost to date of what reached its target, and of what is still on the way. */
export function ReachedCard({ type, items }: ReachedCardProps) {
  const { title, many, none, unread } = WORDS[type];
  const scale = scaleFor((items ?? []).map(({ cost }) => cost));
  const reached = (items ?? []).filter(({ reachedOn }) => reachedOn !== null);
  const underWay = (items ?? []).filter(({ reachedOn }) => reachedOn === null);
  return (
    <section className="card" aria-labelledby={`cost-${type}`}>
      <h2 id={`cost-${type}`}>{title}</h2>
      {items === null ? (
        <Empty>{unread}</Empty>
      ) : items.length === 0 ? (
        <Empty>{none}</Empty>
      ) : (
        <div className="efficiency-pair">
          <div>
            <h3>Reached the target</h3>
            {reached.length > 0 ? (
              <Costs {...{ type, scale }} items={reached} label={`Cost of ${many} that reached their target`} />
            ) : (
              <p>None yet.</p>
            )}
          </div>
          <div>
            <h3>Not there yet</h3>
            {underWay.length > 0 ? (
              <Costs
                {...{ type, scale }}
                items={underWay}
                label={`Cost of ${many} that have not reached their target`}
              />
            ) : (
              <p>All have reached it.</p>
            )}
          </div>
        </div>
      )}
    </section>
  );
}

interface CostsProps {
  type: 'capability' | 'outcome';
  items: readonly Reaching[];
  label: string;
  scale: Scale;
}

function Costs({ type, items, label, scale }: CostsProps) {
  const { currency } = usePageScope();
  const hasReached = items.some(({ reachedOn }) => reachedOn !== null);
  const columns: TableColumn<Reaching>[] = [
    {
      id: 'name',
      header: type === 'capability' ? 'Capability' : 'Outcome',
      rowHeader: true,
      cell: ({ code, name }) => (
        <RecordLink {...{ type, code }}>
          <span className="code">{code}</span> {name}
        </RecordLink>
      ),
    },
    ...(hasReached
      ? [
          {
            id: 'reached',
            header: 'Reached on',
            sortBy: ({ reachedOn }: Reaching) => reachedOn ?? '',
            cell: ({ reachedOn, isNew }: Reaching) => (
              <>
                {day(reachedOn!)}
                {isNew && <span className="unit"> this quarter</span>}
              </>
            ),
          },
        ]
      : []),
    {
      id: 'cost',
      header: 'Cost to date',
      unit: unitOf(scale, currency),
      numeric: true,
      compare: (a, b) => compare(a.cost, b.cost),
      cell: ({ code, name, cost }) => (
        <Amount
          amount={cost}
          scale={scale}
          name={`Cost of ${name} to date`}
          trace={{ figure: 'node.cost', type, ref: code }}
        />
      ),
    },
  ];
  return <DataTable caption={label} hideCaption {...{ label, columns }} rows={items} rowKey={({ code }) => code} />;
}
