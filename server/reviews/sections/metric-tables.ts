import { FAMILIES, METRIC_NULLS, type Metric } from '../../contract/metric.js';
import { periodName } from '../../core/review/printing.js';
import { METRICS } from '../../core/metrics/catalogue.js';
import { NULL_WORDS } from '../../signs/words.js';
import { words } from '../figures.js';
import { capitalised, numberColumn, textColumn, valueCell, wholeTable } from './blocks.js';
import { isUnknown, metricTable, scorecardOf } from './scorecard.js';
import type { Material, WrittenTable } from './section.js';

/** Metrics without a value, by why. */
const unknownTable = (metrics: readonly Metric[], quarter: string): WrittenTable => {
  const reasons = METRIC_NULLS.flatMap((reason) => {
    const of = metrics.filter((metric) => isUnknown(metric) && (metric.nullReason ?? 'no_records') === reason);
    return of.length === 0 ? [] : [{ reason, names: of.map(({ name }) => name) }];
  });
  return wholeTable({
    id: 'unmeasured',
    title: `Not measured in ${quarter}`,
    columns: [textColumn('Why'), numberColumn('Metrics'), textColumn('Which')],
    rows: reasons.map(({ reason, names }) => [
      words(capitalised(NULL_WORDS[reason])),
      valueCell(names.length, 'count'),
      words(names.join(', ')),
    ]),
  });
};

const definitions = (): WrittenTable =>
  wholeTable({
    id: 'definitions',
    title: 'Definitions of the metrics',
    columns: ['Metric', 'Formula', 'Version'].map(textColumn),
    rows: METRICS.map(({ name, formula }) => [words(name), words(formula.text), words(formula.version)]),
  });

const familyName = ({ family }: Metric): string => FAMILIES.find(({ id }) => id === family)!.name;

/** Every metric with what it was, those that are not measured by why, and how each is defined. */
export const metricTables = async (material: Material): Promise<WrittenTable[]> => {
  const { period, startMonth } = material.reading;
  const metrics = await scorecardOf(material);
  const unknown = unknownTable(metrics, periodName(period, startMonth));
  return [
    await metricTable(material, { id: 'metrics', title: 'All metrics', of: metrics }, familyName),
    ...(unknown.rows.length > 0 ? [unknown] : []),
    definitions(),
  ];
};
