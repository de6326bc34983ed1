import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { IndicatorTrend } from '../../../server/contract/indicator.js';
import { FAMILIES } from '../../../server/contract/metric.js';
import { keepScope } from '../../lib/address';
import { day } from '../../../server/contract/format.js';
import { localised } from '../../../server/contract/locale-number.js';
import { periodLabel } from '../../lib/period';
import { Button } from '../../ui/button';
import { DataTable } from '../../ui/data-table';
import { SparkLine } from '../../charts/spark-line';
import { variationWord, VariationMark } from '../../ui/variation';
import { TargetStatus } from '../../ui/target-status';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { Provisional } from '../../ui/provisional';
import { sessionQuery } from '../access/api';
import '../proof/proof.css';
import { indicatorsQuery } from './api';
import { IndicatorForm } from './indicator-form';
import { IndicatorNum } from './indicator-num';
import { IndicatorMonths } from './indicator-values';
import { NoTarget } from './marks';
import { Serves } from './serves';
import { messageOf } from './words';
import './indicators.css';

const QUESTION = 'What do we measure ourselves, and which value does it serve?';

/** Own indicators: what is measured beside the metrics, what each serves, and its values by month. */
export function IndicatorsPage() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  if (session.reads.includes('indicator')) return <Readable mayWrite={session.writes.includes('indicator')} />;
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader title="Own indicators" question={QUESTION} message="Not for your role." />
      <Empty action={<Link to="/benefits">See benefits</Link>}>Own indicators are read by the staff of IT.</Empty>
    </main>
  );
}

type Form = { of: IndicatorTrend | null };

function Readable({ mayWrite }: { mayWrite: boolean }) {
  const page = usePageScope();
  const query = useQuery(indicatorsQuery(page));
  const isPart = page.portfolio !== undefined || page.orgUnit !== undefined;
  const { show } = useSearch({ strict: false }) as { show?: string };
  const [form, setForm] = useState<Form | null>(null);
  const shown = query.data?.items.find(({ code }) => code === show);
  const define = mayWrite && (
    <Button look="primary" onClick={() => setForm({ of: null })}>
      Define an indicator
    </Button>
  );
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader
        title="Own indicators"
        question={QUESTION}
        message={query.data ? messageOf(query.data.items, isPart) : '\u00a0'}
        actions={form === null && define}
      >
        {page.scopeName} · the latest month of {periodLabel(page.period, page.fiscalYearStartMonth)}
      </PageHeader>
      {form && <IndicatorForm key={form.of?.code ?? ''} of={form.of} onClose={() => setForm(null)} />}
      <QueryState query={query} what="the own indicators" rows={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>
              {page.portfolio !== undefined
                ? 'Own indicators belong to no portfolio. Look at all of IT, or at an org unit.'
                : page.orgUnit !== undefined
                  ? 'No own indicator serves an outcome or a capability of this unit.'
                  : 'An own indicator is a series that you enter by month, or import, beside the metrics. It names the outcome or capability that it serves.'}
            </Empty>
          ) : (
            <section className="card" aria-label="Own indicators with their latest value">
              <IndicatorTable items={items} mayWrite={mayWrite} onChange={(of) => setForm({ of })} />
            </section>
          )
        }
      </QueryState>
      {query.data && show !== undefined && !shown && (
        <Empty>
          {isPart
            ? `${show} is no indicator of ${page.scopeName}. Look at all of IT.`
            : `There is no own indicator ${show}.`}
        </Empty>
      )}
      {shown && <IndicatorMonths key={shown.code} indicator={shown} mayWrite={mayWrite} />}
    </main>
  );
}

const familyName = (id: IndicatorTrend['family']): string =>
  FAMILIES.find((family) => family.id === id)?.name ?? 'None';

interface TableProps {
  items: readonly IndicatorTrend[];
  mayWrite: boolean;
  onChange: (of: IndicatorTrend) => void;
}

function IndicatorTable({ items, mayWrite, onChange }: TableProps) {
  return (
    <DataTable
      label="Own indicators"
      hideCaption
      caption="Own indicators with their latest value"
      columns={[
        {
          id: 'name',
          header: 'Indicator',
          rowHeader: true,
          cell: ({ code, name }: IndicatorTrend) => (
            <Link to="/indicators" search={(current) => ({ ...keepScope(current), show: code })} hash="values">
              {name}
            </Link>
          ),
        },
        { id: 'family', header: 'Family', cell: ({ family }: IndicatorTrend) => familyName(family) },
        { id: 'serves', header: 'Serves', cell: ({ serves }: IndicatorTrend) => <Serves serves={serves} /> },
        {
          id: 'value',
          header: 'Value',
          numeric: true,
          cell: (item: IndicatorTrend) => (
            <>
              <IndicatorNum indicator={item} value={item.value} />
              {item.value !== null && item.provisional && <Provisional />}
            </>
          ),
        },
        { id: 'unit', header: 'Unit', cell: ({ unit }: IndicatorTrend) => unit ?? '' },
        {
          id: 'month',
          header: 'Month',
          className: 'nowrap',
          cell: ({ month }: IndicatorTrend) => (month === null ? '' : day(month)),
        },
        {
          id: 'target',
          header: 'Target',
          numeric: true,
          cell: ({ code, name, target }: IndicatorTrend) =>
            target === null ? (
              <NoTarget />
            ) : (
              <Link
                to="/indicators"
                search={(current) => ({ ...keepScope(current), show: code })}
                hash="values"
                className="num"
                aria-label={`Target of ${name}: ${localised(String(target))}`}
              >
                {localised(String(target))}
              </Link>
            ),
        },
        {
          id: 'status',
          header: 'Status',
          cell: ({ status }: IndicatorTrend) => status && <TargetStatus status={status} />,
        },
        {
          id: 'previous',
          header: 'Quarter before',
          numeric: true,
          cell: (item: IndicatorTrend) => (
            <IndicatorNum indicator={item} value={item.previous} period={item.trend.at(-2)!.period} />
          ),
        },
        {
          id: 'trend',
          header: '12 quarters',
          cell: ({ name, trend, signal }: IndicatorTrend) => (
            <SparkLine {...{ trend, signal }} description={`${name} over 12 quarters: ${variationWord(signal)}`} />
          ),
        },
        {
          id: 'variation',
          header: 'Variation',
          cell: ({ trend, signal }: IndicatorTrend) => <VariationMark {...{ trend, signal }} />,
        },
        ...(mayWrite
          ? [
              {
                id: 'change',
                header: 'Change',
                hideHeader: true,
                cell: (item: IndicatorTrend) => (
                  <Button look="plain" onClick={() => onChange(item)}>
                    Change<span className="visually-hidden"> {item.name}</span>
                  </Button>
                ),
              },
            ]
          : []),
      ]}
      rows={items}
      rowKey={({ id }) => id}
    />
  );
}
