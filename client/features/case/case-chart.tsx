import type { InvestmentCase } from '../../../server/contract/case.js';
import { ChartFigure } from '../../charts/chart-figure';
import { CumulativeColumns } from '../../charts/cumulative-columns';
import { describeColumns, extremes } from '../../charts/describe';
import { ScenarioKey } from '../../charts/scenario';
import type { TwinCell, TwinTable } from '../../charts/twin';
import { day, inFull, money, unitOf, type Scale } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { stepOfLink } from '../../lib/trace-path';
import { usePageScope, type PageScope } from '../../ui/page-scope';
import { Figure } from './figure';

type Month = InvestmentCase['months'][number];

/** Value less cost, added up month by month: when is the money back? */
export function CaseChart({ data, scale }: { data: InvestmentCase; scale: Scale }) {
  const page = usePageScope();
  const { months, currency, code } = data;
  const payback = data.cases.find(({ id }) => id === 'expected')?.payback;
  const paid = payback?.month ? months.findIndex(({ month }) => month === payback.month) : -1;
  const last = months.at(-1);
  const hasForecast = months.some(({ scenario }) => scenario === 'FC');
  const hasPlan = months.some(({ planned }) => planned.value !== null);
  const spoken = (value: string) => money(value, currency, scale);
  return (
    <ChartFigure
      name="cumulative-net"
      message={
        payback?.month ? (
          <>The money is expected to be back in {day(payback.month)}</>
        ) : last === undefined || last.expected.value === null ? (
          'No cost is expected: only the plan is drawn'
        ) : (
          <>The money is not expected to come back by {day(last.month)}</>
        )
      }
      about={`${code} · value due to it less cost, added up, ${unitOf(scale, currency)}, not discounted · AC to ${periodLabel(page.period, page.fiscalYearStartMonth)}${hasForecast ? ', then FC,' : ''}${hasPlan ? ' vs PL' : ''}`}
      twin={twinOf(months, page, currency)}
      legend={
        <ScenarioKey
          scenarios={[
            ...(['AC'] as const),
            ...(hasForecast ? (['FC'] as const) : []),
            ...(hasPlan ? (['PL'] as const) : []),
          ]}
        />
      }
    >
      <CumulativeColumns
        columns={months.map(({ month, scenario, expected, planned }) => ({
          month,
          scenario,
          value: expected.value,
          planned: planned.value,
        }))}
        labels={labelsOf(months).map((at) => ({
          at,
          content: (
            <Figure
              figure={months[at]!.expected}
              name={`Cumulative net to ${day(months[at]!.month)}`}
              form="money"
              {...{ scale, currency }}
            />
          ),
        }))}
        mark={paid < 0 ? null : { at: paid, content: `paid back ${day(months[paid]!.month)}` }}
        description={describeColumns(
          `cumulative net of ${code}`,
          months.map(({ month, scenario, expected, planned }) => ({
            label: day(month),
            scenario,
            value: expected.value,
            planned: planned.value,
            variance: null,
          })),
          spoken,
        ).replace(', each before its plan, with the difference above', ', each before its plan')}
      />
    </ChartFigure>
  );
}

/** The last month, the deepest, and the last that is known. */
function labelsOf(months: readonly Month[]): number[] {
  const found = extremes(months.map(({ month, expected }) => ({ label: month, value: expected.value })));
  const deepest = months.findIndex(({ month }) => month === found?.lowest.label);
  const known = months.findLastIndex(({ scenario }) => scenario === 'AC');
  return [...new Set([months.length - 1, deepest, known])].filter(
    (at) => at >= 0 && months[at]!.expected.value !== null,
  );
}

function twinOf(months: readonly Month[], page: PageScope, currency: string): TwinTable {
  const cell = ({ value, trace }: Month['planned'], name: string): TwinCell =>
    value === null
      ? null
      : {
          number: value,
          printed: inFull(value),
          trace: stepOfLink(trace, page),
          label: `${name} ${inFull(value, currency)}`,
        };
  return {
    columns: ['Month', `AC or FC, ${currency}`, `PL, ${currency}`],
    rows: months.map(({ month, scenario, expected, planned }) => [
      { text: `${day(month)} ${scenario}` },
      cell(expected, `Cumulative net to ${day(month)}, expected`),
      cell(planned, `Cumulative net to ${day(month)}, planned`),
    ]),
  };
}
