import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { isPermitted, readsOwnUnitsOnly } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import type { RecordType } from '../contract/columns.js';
import {
  FAMILIES,
  type Family,
  type Metric as MetricBody,
  type MetricId,
  type MetricRecords,
  type MetricRecordsQuery,
  type Metrics,
  type MetricsQuery,
} from '../contract/metric.js';
import { metricsSeenBy } from '../core/metrics/catalogue.js';
import type { MetricFacts } from '../core/metrics/facts.js';
import { type Computed, familyOf, type Metric, none } from '../core/metrics/metric.js';
import { readCursor, writeCursor } from '../http/cursor.js';
import { notFound } from '../http/problem.js';
import type { Reading } from '../http/reading.js';
import { amountOf, bodyOf, type DatedBody, type Measured } from './bodies.js';
import { boundsOf, boundsOfTrend, TREND } from './bounds.js';
import { readFacts } from './facts.js';
import { lastWritten } from './freshness.js';
import { pageOf } from './page.js';
import { RECORD_SOURCES, type RecordItem, type RecordPage, type RecordSource } from './records.js';
import { previousPeriod } from '../core/period.js';
import { ownersOf, targetsOf } from './targets.js';

type RecordsOfPage = Awaited<ReturnType<RecordSource['read']>>;

/** Metrics of a scope: computed from facts, with target, status and signal. */
@Injectable()
export class MetricsService {
  /** The scorecard as JSON text, or the part of it that is asked for, which says nothing of when its records were written. */
  async scorecard(
    manager: EntityManager,
    reading: Reading,
    who: Principal,
    only?: readonly MetricId[],
  ): Promise<string> {
    const asked = metricsFor(who).filter(({ id }) => only?.includes(id) ?? true);
    const measured = await this.measure(manager, reading, asked);
    const bodies = await (only ? this.bodies(manager, reading, measured) : this.dated(manager, reading, measured));
    return JSON.stringify({
      period: reading.period,
      currency: reading.currency,
      families: FAMILIES.map((family) => ({
        ...family,
        metrics: bodies.filter((body) => body.family === family.id),
      })).filter(({ metrics }) => metrics.length > 0),
    } satisfies Metrics);
  }

  /** The metrics of one family, as where they are asked for by name. */
  async family(manager: EntityManager, reading: Reading, who: Principal, family: Family): Promise<MetricBody[]> {
    const metrics = metricsFor(who).filter(({ id }) => familyOf(id) === family);
    return this.bodies(manager, reading, await this.measure(manager, reading, metrics));
  }

  /**
   * One metric with what it is made of, as JSON text.
   * @throws Problem 404 for a metric that is not this reader's
   */
  async metric(
    manager: EntityManager,
    reading: Reading,
    who: Principal,
    id: MetricId,
    asked: MetricsQuery,
  ): Promise<string> {
    const [measured = unmeasured()] = await this.measure(manager, reading, [oneFor(who, id)]);
    const [body = unmeasured()] = await this.dated(manager, reading, [measured]);
    return JSON.stringify(
      await pageOf(manager, { reading, asked, isStakeholder: readsOwnUnitsOnly(who) }, measured, body),
    );
  }

  /** The records behind a metric, one page, as JSON text. Refuses as `metric` does, and a cursor that is none of ours (422). */
  async records(
    manager: EntityManager,
    reading: Reading,
    who: Principal,
    id: MetricId,
    { limit, cursor }: MetricRecordsQuery,
  ): Promise<string> {
    const offset = cursor === undefined ? 0 : readCursor(cursor, z.number().int().min(0));
    const { metric, point, page } = await this.behind(manager, reading, who, id, { offset, limit });
    const next = offset + page.items.length;
    return JSON.stringify({
      metric: id,
      period: reading.period,
      value: amountOf(point.value, metric.unit, reading),
      nullReason: point.nullReason,
      unit: metric.unit,
      fold: metric.fold,
      columns: [...(RECORD_SOURCES[id]?.columns ?? [])],
      items: [...page.items],
      total: page.total,
      nextCursor: next < page.total && page.items.length > 0 ? writeCursor(next) : null,
    } satisfies MetricRecords);
  }

  /** All metrics of this reader in the asked period alone, by id: what `behind` takes where many are asked for. */
  async inPeriod(manager: EntityManager, reading: Reading, who: Principal): Promise<ReadonlyMap<MetricId, Measured>> {
    const measured = await this.measure(manager, reading, metricsFor(who), 1);
    return new Map(measured.map((each) => [each.metric.id, each]));
  }

  /**
   * A metric with what stands behind it in the asked period, and a page of its records; none where they are hidden or out of scope.
   * @param known where it is measured already
   * @throws Problem 404 for a metric that is not this reader's
   */
  async behind(
    manager: EntityManager,
    reading: Reading,
    who: Principal,
    id: MetricId,
    rows: RecordPage = { offset: 0, limit: 1 },
    known?: Measured,
  ): Promise<{ metric: Metric; point: Computed; page: RecordsOfPage }> {
    const metric = oneFor(who, id);
    const { points } = known ?? (await this.measure(manager, reading, [metric], 1))[0] ?? unmeasured();
    const point = points.at(-1)!;
    const source = RECORD_SOURCES[id];
    const isHidden = point.nullReason === 'not_in_scope' || point.nullReason === 'too_few_responses';
    if (source === undefined || isHidden) return { metric, point, page: { items: [], total: 0 } };
    const asked = [boundsOf(reading, previousPeriod(reading.period)), boundsOf(reading)] as const;
    const page = await source.read(manager, reading, asked, rows);
    return { metric, point, page: { ...page, items: page.items.map((item) => seenBy(who, item)) } };
  }

  /** All records behind a metric in the asked period, for figures that are made of them. */
  async recordsOf(
    manager: EntityManager,
    reading: Reading,
    id: MetricId,
  ): Promise<Pick<MetricRecords, 'columns' | 'items'>> {
    const source = RECORD_SOURCES[id];
    if (source === undefined) return { columns: [], items: [] };
    const asked = [boundsOf(reading, previousPeriod(reading.period)), boundsOf(reading)] as const;
    const { items } = await source.read(manager, reading, asked, { offset: 0, limit: Number.MAX_SAFE_INTEGER });
    return { columns: [...source.columns], items: [...items] };
  }

  /** Metrics over the 12 periods of their trend, or the last `length` of them; facts that several need are read once. */
  async measure(
    manager: EntityManager,
    reading: Reading,
    metrics: readonly Metric[],
    length = TREND,
  ): Promise<Measured[]> {
    return (await this.measureWithFacts(manager, reading, metrics, length)).measured;
  }

  /** The same with the facts that they were computed from, for figures that are no metric; by period, the asked one last. */
  async measureWithFacts(
    manager: EntityManager,
    reading: Reading,
    metrics: readonly Metric[],
    length: number,
  ): Promise<{ measured: Measured[]; facts: MetricFacts }> {
    const periods = boundsOfTrend(reading, length);
    const shown = metrics.filter((metric) => isInScope(metric, reading));
    const facts = await readFacts(
      manager,
      reading,
      periods,
      shown.flatMap(({ needs }) => needs),
    );
    const measured = metrics.map((metric) => ({
      metric,
      periods: periods.slice(1),
      points: periods
        .slice(1)
        .map((_, index) => (isInScope(metric, reading) ? metric.compute(facts, index + 1) : none('not_in_scope'))),
    }));
    return { measured, facts };
  }

  private async bodies(manager: EntityManager, reading: Reading, measured: readonly Measured[]): Promise<MetricBody[]> {
    const targets = await targetsOf(manager);
    const owners = await ownersOf(manager);
    return measured.map((each) => bodyOf(each, reading, { targets, owners }));
  }

  /** The same with the day on which a record of each was written last. */
  private async dated(manager: EntityManager, reading: Reading, measured: readonly Measured[]): Promise<DatedBody[]> {
    const bodies = await this.bodies(manager, reading, measured);
    const writtenLast = await lastWritten(
      manager,
      reading,
      measured.flatMap(({ metric }) => metric.needs),
    );
    return bodies.map((body, index) => ({ ...body, lastRecordedOn: writtenLast(measured[index]!.metric.needs) }));
  }
}

const unmeasured = (): never => {
  throw new Error('A metric was not measured.');
};

/** Metrics that a reader may see. */
export const metricsFor = (who: Principal): readonly Metric[] => metricsSeenBy(readsOwnUnitsOnly(who));

const oneFor = (who: Principal, id: MetricId): Metric => {
  const metric = metricsFor(who).find((each) => each.id === id);
  if (!metric) throw notFound();
  return metric;
};

/** What stands behind survey figures and services is told to whoever reads the metric; all else by the right to read such records. */
const TOLD = ['answer', 'service'];

/** A record that its reader may not open says what it adds to the figure, and not which it is. */
const seenBy = (who: Principal, item: RecordItem): RecordItem =>
  !readsOwnUnitsOnly(who) || TOLD.includes(item.type) || isPermitted(who, `records.read:${item.type as RecordType}`)
    ? item
    : { ...item, code: '', name: `A ${item.type.replaceAll('_', ' ')} that your role does not open` };

const isInScope = ({ scopes }: Metric, { scope }: Reading): boolean =>
  (scope.portfolioId === null || scopes.portfolio) && (scope.unitIds === null || scopes.unit);
