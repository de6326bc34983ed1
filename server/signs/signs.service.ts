import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Figure, FIGURES } from '../contract/figures.js';
import { isMetric, type MetricId, type Signal } from '../contract/metric.js';
import { SIGN_NULLS, type SignBeside, type SignNull, type Sign, type SignTest, type Signs } from '../contract/sign.js';
import { metricOf } from '../core/metrics/catalogue.js';
import { judgedOf, numberOf } from '../core/metrics/judged.js';
import type { Computed } from '../core/metrics/metric.js';
import { lastPeriods } from '../core/period.js';
import { BESIDE, type BesideDefinition } from '../core/sign-beside.js';
import { SIGN_TESTS, type SignDefinition, SIGNS, type SignTestDefinition } from '../core/sign-catalogue.js';
import { signalOfPeriod } from '../core/signal.js';
import { type Judged, judge, type Point, stateOf } from '../core/signs.js';
import type { Reading } from '../http/reading.js';
import { MetricsService } from '../metrics/metrics.service.js';
import { type Comment, commentsOf } from './comments.queries.js';
import { isOfNow } from './own-figures.queries.js';
import { aboveSeries, LEVELS, OwnFigures } from './own-figures.service.js';
import { SignThresholdsService, type Thresholds } from './thresholds.service.js';
import { ruleOf, ruleOfSign, whyOf } from './words.js';

/** Periods whose state is told. */
const HISTORY = 4;
/** So many periods stand behind a signal, and the first of the history needs as many. */
const TREND = 12;

/** A figure by period, in order of time, the asked one last, with how many records stand behind the last. */
interface Series {
  readonly points: readonly Point[];
  readonly n: number;
  /** Of metrics: whether it has really changed, as the scorecard tells it. */
  readonly signal?: Signal;
}

/** The eight signs of misalignment, each with its tests, its records and its state in the last periods. */
@Injectable()
export class SignsService {
  constructor(
    private readonly metrics: MetricsService,
    private readonly own: OwnFigures,
    private readonly thresholds: SignThresholdsService,
  ) {}

  /** The signs as JSON text. */
  async signs(manager: EntityManager, reading: Reading): Promise<string> {
    const thresholds = await this.thresholds.of(manager);
    const series = await this.series(manager, reading, thresholds);
    const comments = await commentsOf(manager, reading.period);
    const besides = await this.own.beside(manager, reading);
    const items = SIGNS.map((sign) => ({
      ...signOf(sign, reading, thresholds, series, comments.get(sign.id) ?? null),
      beside: (BESIDE[sign.id] ?? []).map((each) => besideOf(each, besides.get(each.figure)!, reading)),
    }));
    return JSON.stringify({ period: reading.period, items } satisfies Signs);
  }

  private async series(
    manager: EntityManager,
    reading: Reading,
    thresholds: Thresholds,
  ): Promise<ReadonlyMap<SignTestDefinition['figure'], Series>> {
    const asked = [...new Set(SIGN_TESTS.map(({ figure }) => figure).filter(isMetric))];
    const known = asked.flatMap((id) => metricOf(id) ?? []);
    const { measured, facts } = await this.metrics.measureWithFacts(manager, reading, known, TREND + HISTORY - 1);
    const periods = lastPeriods(reading.period, HISTORY);
    const own = await this.own.all(manager, reading, periods, thresholds, facts.money.slice(-HISTORY));
    return new Map<SignTestDefinition['figure'], Series>([
      ...measured.map(
        ({ metric, points, periods: bounds }) =>
          [
            metric.id,
            {
              points: points.map(pointOf),
              n: points.at(-1)!.n,
              signal: judgedOf(metric, points.slice(-TREND), bounds.filter(({ end }) => end > reading.today).length)
                .signal,
            },
          ] as const,
      ),
      ...own,
      ...measured.flatMap(({ metric, points }) =>
        metric.id === LEVELS ? [['sign.above_level_share', aboveSeries(points)] as const] : [],
      ),
    ]);
  }
}

/** Whether it can be traced. */
const isFigure = (figure: string): figure is Figure => (FIGURES as readonly string[]).includes(figure);
const isSignNull = (reason: string): reason is SignNull => (SIGN_NULLS as readonly string[]).includes(reason);

/** A count that is 0 because nobody recorded anything yet tells nothing. */
const pointOf = ({ value: computed, nullReason, isBlank }: Computed): Point => {
  const value = isBlank === true ? null : computed;
  return {
    value,
    nullReason: value === null ? (nullReason !== null && isSignNull(nullReason) ? nullReason : 'no_records') : null,
  };
};

const NOTHING: Series = {
  points: lastPeriods('2000-Q4', HISTORY).map(() => ({ value: null, nullReason: 'not_computed' })),
  n: 0,
};

const judgedAt = (test: SignTestDefinition, { points }: Series, thresholds: Thresholds, periodsAgo: number): Judged =>
  judge(
    { rule: test.rule, better: test.better, threshold: thresholds.get(test.id) ?? test.standard },
    points,
    points.length - 1 - periodsAgo,
  );

const signOf = (
  sign: SignDefinition,
  reading: Reading,
  thresholds: Thresholds,
  series: ReadonlyMap<SignTestDefinition['figure'], Series>,
  comment: Comment | null,
): Omit<Sign, 'beside'> => {
  const found = sign.tests.map((test) => ({ test, series: series.get(test.figure) ?? NOTHING }));
  const trend = lastPeriods(reading.period, HISTORY).map((period, index) => ({
    period,
    state: stateOf(found.map((each) => judgedAt(each.test, each.series, thresholds, HISTORY - 1 - index).state)),
  }));
  return {
    id: sign.id,
    name: sign.name,
    symptom: sign.symptom,
    state: trend.at(-1)!.state,
    rule: ruleOfSign(
      sign,
      sign.tests.map((test) => settingOf(test, thresholds)),
    ),
    advice: sign.advice,
    tests: found.map((each) => testOf(each.test, each.series, reading, thresholds)),
    trend,
    comment,
  };
};

/** The threshold that people set; null where none is. */
const settingOf = ({ id, standard }: SignTestDefinition, thresholds: Thresholds): number | null =>
  standard === null ? null : Number(thresholds.get(id) ?? standard);

const testOf = (test: SignTestDefinition, series: Series, reading: Reading, thresholds: Thresholds): SignTest => {
  const judged = judgedAt(test, series, thresholds, 0);
  const value = numberOf(series.points.at(-1)!.value);
  const threshold = numberOf(judged.threshold);
  const isOwn = !isMetric(test.figure);
  const isKnown = isOwn || metricOf(test.figure as MetricId) !== undefined;
  const setting = settingOf(test, thresholds);
  const values = series.points.slice(-TREND).map((point) => numberOf(point.value));
  const periods = lastPeriods(reading.period, values.length);
  return {
    id: test.id,
    name: test.name,
    state: judged.state,
    rule: ruleOf(test, setting ?? threshold, value),
    why: whyOf(test, { state: judged.state, value, nullReason: judged.nullReason, threshold }),
    value,
    nullReason: value === null ? judged.nullReason : null,
    unit: test.unit,
    threshold,
    figure: isFigure(test.figure) ? test.figure : null,
    metric: isOwn ? null : (test.figure as MetricId),
    signal: changeOf(test, series, values),
    trend: values.map((each, index) => ({ period: periods[index]!, value: each })),
    records: value === null || !isKnown ? null : { count: series.n, url: recordsUrl(test.figure, reading) },
  };
};

/** Whether it has really changed: of metrics as the scorecard tells it. What counts links and attributes is known as of now alone. */
const changeOf = (
  { figure, rule }: SignTestDefinition,
  { signal }: Series,
  values: readonly (number | null)[],
): Signal | null => {
  if (signal !== undefined) return signal;
  if (isMetric(figure) || isOfNow(figure)) return null;
  return signalOfPeriod(values, rule === 'below' ? 'higher' : 'lower');
};

const besideOf = ({ figure, name }: BesideDefinition, { points, n }: Series, reading: Reading): SignBeside => {
  const { value, nullReason } = points.at(-1)!;
  return {
    figure,
    name,
    value: numberOf(value),
    nullReason,
    records: value === null ? null : { count: n, url: recordsUrl(figure, reading) },
  };
};

/** Where the records behind a figure are read. */
const recordsUrl = (figure: SignTestDefinition['figure'], { period, scope }: Reading): string => {
  const [portfolio, unit] = [scope.portfolioId, scope.unitId];
  const query = new URLSearchParams({
    period,
    ...(portfolio !== null && { portfolio }),
    ...(unit !== null && { orgUnit: unit }),
  });
  return `/${isMetric(figure) ? 'metrics' : 'trace'}/${figure}/records?${query.toString()}`;
};
