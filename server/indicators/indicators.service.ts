import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { IndicatorTrend, IndicatorTrends } from '../contract/indicator.js';
import { fractionOf } from '../core/benefit-status.js';
import { lastPeriods } from '../core/period.js';
import { signalOfPeriod } from '../core/signal.js';
import { statusOf, targetInForce } from '../core/target.js';
import { type Reading, readingOf } from '../http/reading.js';
import { notFound } from '../http/problem.js';
import {
  type EnteredMonth,
  enteredMonths,
  type IndicatorRow,
  indicatorRows,
  indicatorTargets,
  type PeriodValue,
  periodValues,
  type TargetRow,
} from './indicators.queries.js';

export type { EnteredMonth };

const TREND = 12;

/** One indicator as it stands in a period, for its trace. */
export interface OneIndicator extends IndicatorRow {
  /** Else none of its months is told. */
  readonly isInScope: boolean;
  readonly months: readonly EnteredMonth[];
  /** The target in force. */
  readonly target: TargetRow | null;
}

/** Own indicators over the periods of a trend, with target and signal as metrics have them. */
@Injectable()
export class IndicatorsService {
  /**
   * One indicator in the period of the reading, with its months in it, the latest first.
   * @param month of all months this one, wherever it lies
   * @throws Problem 404 for one that is not there
   */
  async one(manager: EntityManager, reading: Reading, ref: string, month?: string): Promise<OneIndicator> {
    const wanted = ref.toLowerCase();
    const all = { ...reading, scope: { ...reading.scope, portfolioId: null, unitIds: null } };
    const row = (await indicatorRows(manager, all)).find(
      ({ id, code }) => id === wanted || code.toLowerCase() === wanted,
    );
    if (!row) throw notFound();
    const isInScope = (await indicatorRows(manager, reading)).some(({ id }) => id === row.id);
    const first = month === undefined ? reading.start : `${month}-01`;
    const last = month === undefined ? reading.end : null;
    const months = isInScope ? await enteredMonths(manager, row.id, first, last) : [];
    const targets = (await indicatorTargets(manager)).filter(({ code }) => code === row.code.toLowerCase());
    return { ...row, isInScope, months, target: targetInForce(targets, reading.period) };
  }

  /** As JSON text. */
  async trends(manager: EntityManager, reading: Reading): Promise<string> {
    const periods = lastPeriods(reading.period, TREND);
    const starts = periods.map((period) => readingOf(reading, period).start);
    const rows = await indicatorRows(manager, reading);
    const values = await periodValues(manager, [...starts, reading.end]);
    const targets = await indicatorTargets(manager);
    const items = rows.map((row) =>
      trendOf(
        row,
        periods,
        values.filter(({ indicatorId }) => indicatorId === row.id),
        targets,
        reading.end > reading.today,
      ),
    );
    return JSON.stringify({ period: reading.period, items } satisfies IndicatorTrends);
  }
}

const numberIn = (text: string | null | undefined): number | null => (text ? Number(text) : null);

const trendOf = (
  { better: way, ...row }: IndicatorRow,
  periods: readonly string[],
  values: readonly PeriodValue[],
  targets: readonly TargetRow[],
  isProvisional: boolean,
): IndicatorTrend => {
  const better = way ?? 'none';
  const trend = periods.map((period, index) => ({
    period,
    value: values.find(({ at }) => at === index + 1)?.value ?? null,
  }));
  const latest = values.find(({ at }) => at === periods.length) ?? null;
  const own = targets.filter(({ code }) => code === row.code.toLowerCase());
  const target = targetInForce(own, periods.at(-1)!);
  return {
    ...row,
    better,
    isActivity: row.serves === null,
    value: latest?.value ?? null,
    month: latest?.month ?? null,
    previous: trend.at(-2)!.value,
    target: numberIn(target?.target),
    amber: numberIn(target?.amber),
    targets: own.map(({ id, version, from, target: to, amber }) => ({
      id,
      version,
      fromPeriod: from,
      target: to,
      amber,
    })),
    status: statusOf(latest === null ? null : fractionOf(latest.value), target, better),
    provisional: isProvisional,
    signal: signalOfPeriod(
      trend.map(({ value }) => (value === null ? null : Number(value))),
      better,
    ),
    trend,
  };
};
