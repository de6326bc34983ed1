import type { MetricPage } from '../../../server/contract/metric-page.js';
import { SparkLine } from '../../charts/spark-line';
import { scaleFor } from '../../../server/contract/format.js';
import { stepOfLink } from '../../lib/trace-path';
import { DataTable } from '../../ui/data-table';
import { metricNumber, metricText, unitName } from '../../ui/metric-text';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { Empty } from '../../ui/query-state';

type Input = MetricPage['inputs'][number];

/** An input is no metric: nobody says of it what is chance. */
const UNJUDGED = { state: 'insufficient', direction: null, rule: null, points: 0, limits: null } as const;

/** What the value is made of, each over the quarters of the trend; one that is a figure of its own leads to its trace. */
export function Inputs({ metric: { id, name, inputs, trend } }: { metric: MetricPage }) {
  const page = usePageScope();
  const { currency } = page;
  const scale = scaleFor(
    inputs.flatMap(({ unit, value }) => (unit === 'money' && value !== null ? [String(value)] : [])),
  );
  const said = ({ value, unit }: Input) => (value === null ? 'not known' : metricText(value, unit, currency));
  return (
    <section className="card" aria-labelledby="inputs-head">
      <h2 id="inputs-head">What it is made of</h2>
      {inputs.length === 0 ? (
        <Empty>There is no value in this quarter, so nothing that it is made of.</Empty>
      ) : (
        <DataTable
          label={`What ${name} is made of`}
          caption={`What ${name} is made of`}
          hideCaption
          rows={inputs}
          rowKey={({ label }) => label}
          columns={[
            { id: 'input', header: 'Input', rowHeader: true, className: 'metric-input', cell: ({ label }) => label },
            {
              id: 'value',
              header: 'AC',
              numeric: true,
              cell: (input) => (
                <Num
                  trace={(input.trace === null ? null : stepOfLink(input.trace, page)) ?? { figure: id }}
                  label={`${input.label}: ${said(input)}`}
                >
                  {input.value === null ? 'x' : metricNumber(input.value, input.unit, scale)}
                </Num>
              ),
            },
            { id: 'unit', header: 'Unit', className: 'caption', cell: ({ unit }) => unitName(unit, currency, scale) },
            {
              id: 'trend',
              header: `${trend.length} quarters`,
              cell: (input) => (
                <SparkLine
                  trend={trend.map(({ period }, at) => ({ period, value: input.trend[at] ?? null }))}
                  signal={UNJUDGED}
                  description={`${input.label} over ${trend.length} quarters, now ${said(input)}`}
                />
              ),
            },
          ]}
        />
      )}
    </section>
  );
}
