import type { MetricId, MetricUnit } from '../contract/metric.js';
import type { Trace } from '../contract/trace.js';
import type { Amount } from '../core/metrics/metric.js';
import { formatFraction } from '../core/money.js';
import type { MetricsService } from '../metrics/metrics.service.js';
import { besideOf, tracePath } from '../metrics/page.js';
import type { TraceContext } from './context.js';
import { assumedLinks } from './figures/sentences.js';

/** Metrics whose money goes by the shares of links. */
const BY_SHARES: readonly MetricId[] = [
  'alignment.strategic_spend_share',
  'alignment.traced_spend_share',
  'efficiency.cost_per_capability',
  'efficiency.cost_per_outcome',
  'efficiency.duplicate_effort_share',
  'efficiency.return_on_spend',
];

type Behind = Awaited<ReturnType<MetricsService['behind']>>;

/** What stands behind a metric, but for its history: its value in full, formula, inputs, and where its records are. */
export const tracedMetric = async (
  context: TraceContext,
  { metric, point, page }: Behind,
): Promise<Omit<Trace, 'history'>> => {
  const { reading, query: asked, isStakeholder, manager } = context;
  const inputs = point.inputs ?? [{ label: 'Records that count', value: point.n, unit: 'count' as const }];
  return {
    figure: metric.id,
    title: metric.name,
    value: textOf(context, point.value, metric.unit),
    nullReason: point.nullReason,
    unit: unitOf(context, metric.unit),
    period: reading.period,
    scope: reading.scope.label,
    formula: { ...metric.formula },
    inputs: inputs.map((input) => ({
      label: input.label,
      value: textOf(context, input.value, input.unit),
      unit: unitOf(context, input.unit),
      trace: tracePath({ reading, asked, isStakeholder }, input),
    })),
    beside: (await besideOf(manager, metric, point)).flatMap(({ label, unit, value, parts }): Trace['beside'] => {
      const told = (of: Amount | null) => ({ value: textOf(context, of, unit), unit: unitOf(context, unit) });
      return (
        parts?.map(({ code, name, value: part }) => ({
          group: label,
          label: code === null ? name : `${code} ${name}`,
          ...told(part),
        })) ?? [{ group: null, label, ...told(value) }]
      );
    }),
    records: { count: page.total, url: recordsPath(context, metric.id) },
    quality: [
      ...(reading.end > reading.today ? ['The period is not over: the value is provisional.'] : []),
      ...(BY_SHARES.includes(metric.id) ? await assumedLinks(context) : []),
    ],
  };
};

const unitOf = ({ reading }: TraceContext, unit: MetricUnit): string => (unit === 'money' ? reading.currency : unit);

/** As many decimals as the money has, else at most ten without idle zeros. */
const textOf = ({ reading }: TraceContext, amount: Amount | null, unit: MetricUnit): string | null => {
  if (amount === null) return null;
  const decimals = unit === 'money' ? reading.decimals : 10;
  const text = typeof amount === 'number' ? amount.toFixed(decimals) : formatFraction(amount.n, amount.d, decimals);
  return unit === 'money' ? text : tidy(text);
};

/** A decimal text without idle zeros; it must have a point. */
export const tidy = (text: string): string => {
  const short = text.replace(/\.?0+$/, '');
  return short === '-0' ? '0' : short;
};

const recordsPath = ({ reading, query }: TraceContext, id: MetricId): string => {
  const { portfolio, orgUnit } = query;
  const asked = { period: reading.period, ...(portfolio && { portfolio }), ...(orgUnit && { orgUnit }) };
  return `/metrics/${id}/records?${new URLSearchParams(asked)}`;
};
