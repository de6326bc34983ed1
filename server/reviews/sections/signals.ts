import { type Metric, UNIT_NAMES } from '../../contract/metric.js';
import type { ReviewDrawing } from '../../contract/review.js';
import { previousPeriod } from '../../core/period.js';
import { periodName } from '../../core/review/printing.js';
import { capitalised, figureCell, joined, knownChip, lowered, unitOfMetric, valueCell } from './blocks.js';
import { changeOf, isUnknown, metricPath, scorecardOf } from './scorecard.js';
import type { Material, SectionRule } from './section.js';

/** As many signals are drawn and said in full; the appendix has all metrics. */
const MOST_DRAWN = 4;
/** As many names as a title holds. */
const MOST_NAMES = 3;

type Signal = Metric['signal'];

const RULES: Record<NonNullable<Signal['rule']>, string> = {
  outside_limits: 'it lies outside the range that its own history explains',
  run_of_eight: 'it has stayed on the same side of its mean for eight quarters in a row',
};
const STATUSES: Record<NonNullable<Metric['status']>, string> = {
  met: ', and meets its target',
  near: ', and lies near its target',
  missed: ', and misses its target',
};

/** Worsening first, then what lies nearest to business impact, then as the scorecard has them. */
const signalsOf = (metrics: readonly Metric[]): Metric[] =>
  metrics
    .filter(({ signal }) => signal.state === 'signal')
    .sort((a, b) => Number(isWorse(b)) - Number(isWorse(a)) || a.distance - b.distance);
const isWorse = ({ signal }: Metric): boolean => signal.direction === 'worsening';

const verbOf = ({ direction }: Signal): string => (direction === null ? 'has really changed' : `is ${direction}`);

/** `cycle time and rework are worsening`; null of none. */
const clause = (of: readonly Metric[], one: string, many: string): string | null => {
  const names = of.map(({ name }) => lowered(name));
  const shown = names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), 'others'] : names;
  return names.length === 0 ? null : `${joined(shown)} ${names.length === 1 ? one : many}`;
};

const titleOf = (metrics: readonly Metric[], signals: readonly Metric[], quarter: string): string => {
  const towards = (direction: Signal['direction']) => signals.filter(({ signal }) => signal.direction === direction);
  const clauses = [
    clause(towards('worsening'), 'is worsening', 'are worsening'),
    clause(towards('improving'), 'is improving', 'are improving'),
    clause(towards(null), 'has really changed', 'have really changed'),
  ].filter((part) => part !== null);
  if (clauses.length > 0) return `${capitalised(clauses.join('; '))}.`;
  if (metrics.every(isUnknown)) return `No metric has a value in ${quarter}.`;
  return metrics.some(({ signal }) => signal.state === 'noise')
    ? 'No metric has really changed: what moved lies within its usual range.'
    : 'No metric has enough quarters yet to tell a change from noise.';
};

const sentenceOf = async (material: Material, metric: Metric): Promise<string> => {
  const { period, startMonth } = material.reading;
  const { name, signal, status } = metric;
  const before = previousPeriod(period);
  const now = await knownChip(material, metricPath(metric));
  const then = metric.previous === null ? null : await knownChip(material, metricPath(metric, before));
  const moved = `${now ?? '–'} in ${periodName(period, startMonth)}${then === null ? '' : `, after ${then} in ${periodName(before, startMonth)}`}`;
  const why = signal.rule === null ? '' : `; ${RULES[signal.rule]}`;
  return `${name} ${verbOf(signal)}: ${moved}${why}${status === null ? '' : STATUSES[status]}.`;
};

/** The metric over its quarters, with mean, limits and target; the last two points are figures of the document. */
const drawingOf = async (material: Material, metric: Metric): Promise<ReviewDrawing> => {
  const { currency, period, startMonth } = material.reading;
  const { id, name, signal, trend, target, judgedTo } = metric;
  const unit = unitOfMetric(metric.unit, currency);
  const quarter = (of: string): string => periodName(of, startMonth);
  const points = trend.map((point) => ({
    label: quarter(point.period),
    value: valueCell(point.isPoint ? point.value : null, unit),
    isSignal: signal.state === 'signal' && point.period === judgedTo,
  }));
  const last = points.at(-1)!;
  const isPoint = trend.at(-1)!.isPoint;
  return {
    id,
    kind: 'xmr',
    message:
      signal.state === 'signal'
        ? `${name} ${verbOf(signal)}${signal.rule === null ? '' : `: ${RULES[signal.rule]}`}`
        : `${name} ${signal.state === 'noise' ? 'stays' : 'has'} ${changeOf(metric)}`,
    about: `All IT · ${lowered(name)} by quarter · ${quarter(trend[0]!.period)} to ${quarter(period)}`,
    unit: metric.unit === 'money' ? currency : UNIT_NAMES[metric.unit],
    points: [
      ...points.slice(0, -1),
      { ...last, value: isPoint ? await figureCell(material, metricPath(metric)) : last.value },
    ],
    limits: signal.limits && {
      centre: valueCell(signal.limits.centre, unit),
      lower: valueCell(signal.limits.lower, unit),
      upper: valueCell(signal.limits.upper, unit),
    },
    target: target === null ? null : valueCell(target, unit),
  };
};

/** What has really changed: signals alone, as noise is no change. */
export const signals: SectionRule = {
  id: 'signals',
  async write(material) {
    const { period, startMonth } = material.reading;
    const quarter = periodName(period, startMonth);
    const metrics = await scorecardOf(material);
    const found = signalsOf(metrics);
    const told = found.slice(0, MOST_DRAWN);
    const sentences = [];
    for (const metric of told) sentences.push({ id: `signal.${metric.id}`, text: await sentenceOf(material, metric) });
    const others = clause(found.slice(MOST_DRAWN), 'has really changed, too', 'have really changed, too');
    if (others !== null)
      sentences.push({ id: 'signal.others', text: `${capitalised(others)}; the appendix shows how.` });
    if (metrics.some(({ signal }) => signal.state === 'noise') && found.length > 0)
      sentences.push({ id: 'noise', text: 'What else moved lies within its usual range, and is no change.' });
    // Where none has a value, the title says so.
    if (metrics.some(isUnknown) && !metrics.every(isUnknown))
      sentences.push({ id: 'unmeasured', text: 'Not every metric has a value; the appendix says which, and why.' });
    const drawings = [];
    const drawn = metrics.filter((metric) => !told.includes(metric) && material.drawn.includes(metric.id));
    for (const metric of [...told, ...drawn]) drawings.push(await drawingOf(material, metric));
    return {
      title: titleOf(metrics, found, quarter),
      about: `All IT · metrics by quarter, judged by their own history · ${quarter}`,
      sentences,
      tables: [],
      drawings,
    };
  },
};
