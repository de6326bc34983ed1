import type { MetricPage } from '../../../server/contract/metric-page.js';
import { Bar } from '../../charts/bars';
import { DataTable } from '../../ui/data-table';
import { metricText } from '../../ui/metric-text';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';

type Told = MetricPage['beside'][number];
type Part = NonNullable<Told['parts']>[number];

/** What the formula says stands beside the value: single figures, and tables of shares. */
export function Beside({ metric: { id, beside } }: { metric: MetricPage }) {
  if (beside.length === 0) return null;
  const single = beside.filter(({ parts }) => parts === null);
  return (
    <section className="card" aria-labelledby="beside-head">
      <h2 id="beside-head">Beside it</h2>
      {single.length > 0 && (
        <dl className="metric-facts">
          {single.map(({ id: which, label, unit, value }) => (
            <div key={which}>
              <dt>{label}</dt>
              <dd>
                <Told figure={id} {...{ label, unit, value }} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {beside.map((each) => each.parts && <Parts key={each.id} figure={id} told={each} parts={each.parts} />)}
    </section>
  );
}

function Parts({ figure, told: { label, unit }, parts }: { figure: MetricPage['id']; told: Told; parts: Part[] }) {
  const domain = { min: 0, max: Math.max(...parts.map(({ value }) => Number(value ?? 0)), 0) || 1 };
  return (
    <DataTable
      label={label}
      caption={label}
      rows={parts}
      rowKey={({ code }) => code ?? ''}
      columns={[
        {
          id: 'part',
          header: 'Priority',
          rowHeader: true,
          cell: ({ code, name }) => (code === null ? name : `${code} ${name}`),
          sortBy: ({ code }) => code ?? '',
        },
        {
          id: 'value',
          header: 'Share',
          numeric: true,
          cell: ({ name, value }) => <Told figure={figure} label={`${label}: ${name}`} {...{ unit, value }} />,
          sortBy: ({ value }) => Number(value ?? -1),
        },
        {
          id: 'bar',
          header: 'Drawn',
          hideHeader: true,
          className: 'metric-bar',
          cell: ({ value }) => value !== null && <Bar domain={domain} actual={String(value)} />,
        },
      ]}
    />
  );
}

type ToldProps = Pick<Told, 'label' | 'unit' | 'value'> & { figure: MetricPage['id'] };

/** It is told in the trace of its metric. */
function Told({ figure, label, unit, value }: ToldProps) {
  const { currency } = usePageScope();
  const text = value === null ? 'not known' : metricText(value, unit, currency);
  return (
    <Num trace={{ figure }} label={`${label}: ${text}`}>
      {value === null ? 'x' : text}
    </Num>
  );
}
