import { type Metric, metrics } from '../../contract/metric.js';
import type { ReviewCell } from '../../contract/review.js';
import { previousPeriod } from '../../core/period.js';
import { NOTHING, periodName } from '../../core/review/printing.js';
import { words } from '../figures.js';
import { figureCell, knownChip, numberColumn, textColumn, tracePath, unitOfMetric, valueCell } from './blocks.js';
import type { Material, WrittenTable } from './section.js';

/** All metrics as the scorecard tells them, in its order; read once for all sections. */
export const scorecardOf = ({ book, manager, reading, who }: Material): Promise<Metric[]> =>
  book.ground.context.once('scorecard of a review', async () =>
    metrics
      .parse(JSON.parse(await book.ground.metrics.scorecard(manager, reading, who)))
      .families.flatMap((family) => family.metrics),
  );

export const familyOf = async (material: Material, ...families: readonly Metric['family'][]): Promise<Metric[]> =>
  (await scorecardOf(material)).filter(({ family }) => families.includes(family));

/** Nothing is known of it: it has no value, or is 0 because nothing of its kind is recorded. */
export const isUnknown = ({ value, isBlank }: Metric): boolean => value === null || isBlank;

/** The trace of a metric, in the period or in the one before it. */
export const metricPath = ({ id }: Pick<Metric, 'id'>, before?: string): string =>
  tracePath(id, before === undefined ? {} : { period: before });

/** A chip of a metric, or null where nothing is known of it. */
export const metricChip = async (material: Material, id: Metric['id']): Promise<string | null> => {
  const metric = (await scorecardOf(material)).find((each) => each.id === id);
  return metric === undefined || isUnknown(metric) ? null : knownChip(material, metricPath(metric));
};

/** Its value as a figure; where it is 0 because nothing is recorded, nothing, as that 0 was not counted. */
const cellsOf = async (material: Material, metric: Metric, before: string): Promise<[ReviewCell, ReviewCell]> => {
  const { isBlank, previous, trend } = metric;
  const wasBlank = previous === null || trend.at(-2)?.isPoint !== true;
  return [
    isBlank ? words(NOTHING) : await figureCell(material, metricPath(metric), metric.variance?.impact ?? null),
    wasBlank ? words(NOTHING) : await figureCell(material, metricPath(metric, before)),
  ];
};

const STATUS = { met: 'met', near: 'near', missed: 'missed' } as const;

/** What its signal says, in words. Noise is no change. */
export const changeOf = ({ signal: { state, direction } }: Metric): string => {
  if (state === 'insufficient') return 'too few quarters to tell';
  return state === 'noise' ? 'within its usual range' : (direction ?? 'changed');
};

/** Metrics with what they were, what they are to be, and whether they have really changed. */
export const metricTable = async (
  material: Material,
  { id, title, of }: { id: WrittenTable['id']; title: string; of: readonly Metric[] },
  family?: (metric: Metric) => string,
): Promise<WrittenTable> => {
  const { period, currency, startMonth } = material.reading;
  const before = previousPeriod(period);
  const rows: ReviewCell[][] = [];
  for (const metric of of) {
    const unit = unitOfMetric(metric.unit, currency);
    rows.push([
      ...(family ? [words(family(metric))] : []),
      words(metric.name),
      ...(await cellsOf(material, metric, before)),
      valueCell(metric.target, unit, { missing: 'none' }),
      words(metric.status === null ? NOTHING : STATUS[metric.status]),
      words(changeOf(metric)),
    ]);
  }
  return {
    id,
    title,
    columns: [
      ...(family ? [textColumn('Family')] : []),
      textColumn('Metric'),
      numberColumn(periodName(period, startMonth)),
      numberColumn(periodName(before, startMonth)),
      numberColumn('Target'),
      textColumn('Against target'),
      textColumn('Change'),
    ],
    rows,
    total: rows.length,
    note: null,
  };
};
