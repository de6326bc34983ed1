import type {
  ServiceFigureName,
  ServiceFigureWithTrend,
  ServiceLevel,
} from '../../../server/contract/service-level.js';
import { brief, percent, toldApart } from '../../../server/contract/format.js';
import { metricNull } from '../../../server/contract/null-words.js';

/** Figures of services as text. */

interface FigureWords {
  name: string;
  /** Over a column. */
  header: string;
  /** In the middle of a sentence. */
  short: string;
  /** As a column of units says it. */
  unit: '%' | 'number';
  better: 'higher' | 'lower';
  formula: string;
}

export const FIGURE_WORDS: Record<ServiceFigureName, FigureWords> = {
  availability: {
    name: 'Availability',
    header: 'Availability',
    short: 'availability',
    unit: '%',
    better: 'higher',
    formula: '1 − downtime ÷ agreed minutes',
  },
  performance: {
    name: 'Performance attainment',
    header: 'Performance',
    short: 'performance',
    unit: '%',
    better: 'higher',
    formula: 'requests within target ÷ requests',
  },
  changeFailure: {
    name: 'Change failure rate',
    header: 'Change failures',
    short: 'change failures',
    unit: '%',
    better: 'lower',
    formula: 'failed changes ÷ changes',
  },
  incidents: {
    name: 'Incidents a month',
    header: 'Incidents a month',
    short: 'incidents',
    unit: 'number',
    better: 'lower',
    formula: 'incidents ÷ months',
  },
};

/** Availability has two decimals or more: one would make all services equal. */
export const figureText = (name: ServiceFigureName, value: number): string =>
  name === 'availability' ? toldApart(value)[0] : name === 'incidents' ? brief(value) : percent(value);

/** `99.82 %`, or why there is none. */
export const figureWords = (
  name: ServiceFigureName,
  { value, nullReason }: Pick<ServiceFigureWithTrend, 'value' | 'nullReason'>,
): string => (value === null ? metricNull(nullReason) : figureText(name, value));

/** What has really changed of a service: the names of its figures with a signal. */
export const changedFigures = ({ figures }: Pick<ServiceLevel, 'figures'>): ServiceFigureName[] =>
  (Object.keys(figures) as ServiceFigureName[]).filter((name) => figures[name].signal.state === 'signal');

/** Whether no figure has enough points to tell. */
export const hasTooFew = ({ figures }: Pick<ServiceLevel, 'figures'>): boolean =>
  Object.values(figures).every(({ signal }) => signal.state === 'insufficient');
