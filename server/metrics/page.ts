import type { EntityManager } from 'typeorm';
import type { MetricsQuery } from '../contract/metric.js';
import type { MetricBeside, MetricInput as InputBody, MetricPage } from '../contract/metric-page.js';
import { metricsSeenBy } from '../core/metrics/catalogue.js';
import { definitionsOf } from '../core/metrics/definitions.js';
import { type Amount, type Computed, type Metric, type MetricInput } from '../core/metrics/metric.js';
import { NO_PRIORITY } from '../core/metrics/money.js';
import { previousPeriod } from '../core/period.js';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';
import { amountOf, type DatedBody, isAmount, type Measured } from './bodies.js';

/** Who asks for a metric, and where. */
export interface Asking {
  readonly reading: Reading;
  /** Portfolio and unit as they were asked for. */
  readonly asked: Pick<MetricsQuery, 'portfolio' | 'orgUnit'>;
  readonly isStakeholder: boolean;
}

/** The body of one metric: that of the scorecard with inputs, what stands beside it, and its definition. */
export const pageOf = async (
  manager: EntityManager,
  asking: Asking,
  { metric, points }: Measured,
  body: DatedBody,
): Promise<MetricPage> => ({
  ...body,
  inputs: (points.at(-1)!.inputs ?? []).map((input) => inputOf(asking, input, points)),
  beside: (await besideOf(manager, metric, points.at(-1)!)).map(({ value, parts, ...rest }) => ({
    ...rest,
    value: amountOf(value, rest.unit, asking.reading),
    parts: parts?.map((part) => ({ ...part, value: amountOf(part.value, rest.unit, asking.reading) })) ?? null,
  })),
  definitions: definitionsOf(metric.id).map((each) => ({ ...each })),
});

const inputOf = (asking: Asking, input: MetricInput, points: readonly Computed[]): InputBody => {
  const { label, unit, value } = input;
  const print = (amount: Amount | null) => amountOf(amount, unit, asking.reading);
  return {
    label,
    unit,
    value: print(value),
    trace: tracePath(asking, input),
    trend: points.map(({ inputs = [] }) => print(inputs.find((each) => each.label === label)?.value ?? null)),
  };
};

/** Where an input that is a figure is traced; null where it is none, or none of this reader's. */
export const tracePath = ({ reading, asked, isStakeholder }: Asking, { figure }: MetricInput): string | null => {
  if (figure === undefined || !isSeen(figure.id, isStakeholder)) return null;
  const { portfolio, orgUnit } = asked;
  const query = new URLSearchParams({
    period: figure.isBefore ? previousPeriod(reading.period) : reading.period,
    ...(figure.span && { span: figure.span }),
    ...(portfolio !== undefined && { portfolio }),
    ...(orgUnit !== undefined && { orgUnit }),
  });
  return `/trace/${figure.id}?${query}`;
};

/** Figures of benefits are everybody's; of the others a stakeholder reads the metrics of theirs. */
const FOR_ALL: readonly string[] = ['planned', 'realised', 'confirmed'];
const isSeen = (id: string, isStakeholder: boolean): boolean =>
  !isStakeholder || FOR_ALL.includes(id) || metricsSeenBy(true).some((metric) => metric.id === id);

type Part = Omit<NonNullable<MetricBeside['parts']>[number], 'value'> & { readonly value: Amount | null };
export type BesideOf = Omit<MetricBeside, 'value' | 'parts'> & {
  readonly value: Amount | null;
  readonly parts: readonly Part[] | null;
};

/** What stands beside the value of a period, with the words of the catalogue. */
export const besideOf = async (
  manager: EntityManager,
  { beside = {} }: Metric,
  { detail = {} }: Computed,
): Promise<BesideOf[]> => {
  const found: BesideOf[] = [];
  for (const [id, { label, unit, of }] of Object.entries(beside)) {
    const told = detail[id] ?? null;
    if (told === null || typeof told === 'number' || isAmount(told)) {
      found.push({ id, label, unit, value: told, parts: null });
      continue;
    }
    const names = await priorityNames(manager);
    const parts = Object.entries(told).map(([code, value]): Part => {
      const isNone = code === NO_PRIORITY;
      return { type: of!.type, code: isNone ? null : code, name: isNone ? of!.none : (names.get(code) ?? code), value };
    });
    found.push({ id, label, unit, value: null, parts });
  }
  return found;
};

const priorityNames = async (manager: EntityManager): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (
      await named<{ code: string; name: string }>(
        manager,
        'names of priorities',
        'select code, name from priorities where archived_at is null',
      )
    ).map(({ code, name }) => [code, name]),
  );
