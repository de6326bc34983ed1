import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { Gap, GapKind, Gaps } from '../../../server/contract/chain.js';
import { compare } from '../../../server/contract/decimal.js';
import { count, counted, scaleFor, unitOf, type Scale } from '../../../server/contract/format.js';
import { recordPath } from '../../lib/registers';
import { Amount } from '../../ui/amount';
import { Button } from '../../ui/button';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { useShownRows } from '../../ui/shown-rows';
import { Empty, QueryState } from '../../ui/query-state';
import { gapRecordsQuery } from './api';
import { FixAction } from './fix-action';
import { Owner } from './owner';
import { GAPS, NO_STAKE, NOT_ONE_SUM, STAKES_VALUE } from './words';
import './gap-records.css';

const STEP = 200;

/** All records with one kind of gap, each with what repairs it. */
export function GapRecords({ kind, gaps }: { kind: GapKind; gaps: Gaps }) {
  const page = usePageScope();
  const records = useQuery(gapRecordsQuery(page, kind));
  const { shown, showMore } = useShownRows(STEP);
  const [done, setDone] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const repaired = (words: string) => {
    setDone(words);
    heading.current?.focus();
  };
  return (
    <section className="card gap-records" aria-labelledby="gap-title">
      <h2 id="gap-title" ref={heading} tabIndex={-1}>
        <span aria-hidden="true">▲ </span>
        {GAPS[kind].title}
      </h2>
      <GapSum kind={kind} gaps={gaps} />
      <p role="status" className="done">
        {done}
      </p>
      <QueryState query={records} what="the records" rows={4}>
        {(items) =>
          items.length === 0 ? (
            <Empty>No record has this gap any more. Press the chip again to see the whole chain.</Empty>
          ) : (
            <>
              <DataTable
                label={`${GAPS[kind].title}: records`}
                caption={`${counted(Math.min(shown, items.length), 'record')} of ${count(items.length)} shown`}
                hideCaption={items.length <= shown}
                rows={items.slice(0, shown)}
                rowKey={({ type, code }) => `${type}:${code}`}
                columns={columnsFor(
                  kind,
                  scaleFor(items.map(({ amountAtStake }) => amountAtStake)),
                  page.currency,
                  repaired,
                )}
                scrolls={items.length > 8}
              />
              {items.length > shown && (
                <p className="table-more">
                  <Button onClick={showMore}>
                    Show {counted(Math.min(STEP, items.length - shown), 'more record')}
                  </Button>
                </p>
              )}
            </>
          )
        }
      </QueryState>
    </section>
  );
}

/** How many, and what is at stake in all of them. */
function GapSum({ kind, gaps }: { kind: GapKind; gaps: Gaps }) {
  const found = gaps.counts.find((counted) => counted.kind === kind);
  if (!found) return null;
  const { title } = GAPS[kind];
  const unclear = NOT_ONE_SUM[kind] ?? (found.noStake === null ? undefined : NO_STAKE[found.noStake]);
  return (
    <p>
      <Num trace={{ figure: 'gap', kind }} label={`${title}: ${count(found.count)}`}>
        {count(found.count)}
      </Num>{' '}
      {found.count === 1 ? 'record' : 'records'}
      {unclear ? (
        <span className="about"> · money at stake {unclear.reason}</span>
      ) : (
        <>
          , at stake{' '}
          <Amount
            amount={found.amountAtStake}
            scale={scaleFor([found.amountAtStake])}
            name={`${title}, at stake`}
            trace={{ figure: 'gap_at_stake', kind }}
            withUnit
          />{' '}
          to date
        </>
      )}
    </p>
  );
}

/** Why a record has nothing in money at stake; undefined where it has. */
const noStakeOf = ({ kind, noStake }: Gap): string | undefined => {
  if (kind === 'benefit_without_plan') return 'no value is planned';
  return noStake === null ? undefined : NO_STAKE[noStake].reason;
};

function columnsFor(
  kind: GapKind,
  scale: Scale,
  currency: string,
  repaired: (words: string) => void,
): TableColumn<Gap>[] {
  const byValue = ({ type }: Gap): boolean => type === 'benefit' || STAKES_VALUE.has(kind);
  return [
    {
      id: 'name',
      header: 'Record',
      rowHeader: true,
      className: 'wide',
      sortBy: ({ name }) => name,
      cell: ({ type, code, name }) => <Link to={recordPath(type, code)}>{name}</Link>,
    },
    { id: 'code', header: 'Code', className: 'nowrap', sortBy: ({ code }) => code, cell: ({ code }) => code },
    { id: 'type', header: 'Layer', sortBy: ({ type }) => type, cell: ({ type }) => type },
    {
      id: 'owner',
      header: 'Owner',
      sortBy: ({ owner }) => owner ?? '',
      cell: ({ owner }) => (owner !== null ? <Owner email={owner} /> : <span className="variance-bad">▲ none</span>),
    },
    {
      id: 'stake',
      header: 'At stake',
      unit: unitOf(scale, currency),
      numeric: true,
      compare: (a, b) => compare(a.amountAtStake, b.amountAtStake),
      cell: (row) =>
        noStakeOf(row) ? (
          <abbr title={noStakeOf(row)}>
            x<span className="visually-hidden"> {noStakeOf(row)}</span>
          </abbr>
        ) : (
          <Amount
            amount={row.amountAtStake}
            scale={scale}
            name={`${row.name}, ${byValue(row) ? 'planned to date' : 'spend to date'}`}
            trace={{ figure: byValue(row) ? 'node.planned' : 'node.cost', type: row.type, ref: row.code }}
          />
        ),
    },
    {
      id: 'fix',
      header: 'Repair',
      className: 'fix-cell',
      cell: (row) => <FixAction gap={row} onDone={repaired} />,
    },
  ];
}
