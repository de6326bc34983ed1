import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MismatchService } from '../capabilities/mismatch.service.js';
import type { SignNull } from '../contract/sign.js';
import type { Widest as Held } from '../core/capability-need.js';
import type { Fraction } from '../core/exact-amounts.js';
import { metricOf } from '../core/metrics/catalogue.js';
import type { Computed } from '../core/metrics/metric.js';
import type { MoneyFacts } from '../core/metrics/money.js';
import { BESIDE_FIGURES, type BesideFigureId } from '../core/sign-beside.js';
import { type OwnFigureId, SIGN_TESTS } from '../core/sign-catalogue.js';
import type { Point } from '../core/signs.js';
import type { Reading } from '../http/reading.js';
import { MetricsService } from '../metrics/metrics.service.js';
import {
  COUNTED_FIGURES,
  type CountedFigureId,
  countsOf,
  countsTogether,
  isInScope,
  type ItemRow,
  itemsOf,
  type PartOf,
} from './own-figures.queries.js';
import { SignThresholdsService, type Thresholds } from './thresholds.service.js';

/** Figures that are a part of a whole, or a count. */
export type PartFigureId = CountedFigureId | 'sign.above_level_share';

/** A figure by period, in order of time, and how many records stand behind the last: of a share all, of a count those that count. */
export interface OwnSeries {
  readonly points: readonly Point[];
  readonly n: number;
}

/** One figure of the signs that is no metric, in the period of the reading. */
export interface OwnFigure extends PartOf {
  readonly nullReason: SignNull | null;
  readonly threshold: string | null;
}

const WIDEST = 'sign.widest_gap_spend_share';
export type Widest = Awaited<ReturnType<MismatchService['widestGaps']>>;

/** The metric that knows at which levels was decided. */
export const LEVELS = 'decision.at_intended_level_share';

/** Figures of the signs that are no metric. Shares are the part that counts ÷ all; the others count. */
@Injectable()
export class OwnFigures {
  constructor(
    private readonly metrics: MetricsService,
    private readonly thresholds: SignThresholdsService,
    private readonly mismatch: MismatchService,
  ) {}

  /**
   * All of them over some periods, one statement each.
   * @param money of the same periods, as it was read for the metrics
   */
  async all(
    manager: EntityManager,
    reading: Reading,
    periods: readonly string[],
    thresholds: Thresholds,
    money: readonly MoneyFacts[],
  ): Promise<Map<OwnFigureId, OwnSeries>> {
    const found = new Map<OwnFigureId, OwnSeries>();
    for (const figure of COUNTED_FIGURES) {
      const parts = isInScope(figure, reading)
        ? await countsOf(manager, reading, figure, periods, thresholdOf(figure, thresholds))
        : null;
      const points = parts?.map((part) => pointOf(figure, part)) ?? periods.map(() => outOfScope);
      found.set(figure, { points, n: parts ? behind(figure, parts.at(-1)!) : 0 });
    }
    found.set(WIDEST, await this.widestSeries(manager, reading, periods, money));
    return found;
  }

  /** What stands beside the tests, in the period of the reading alone: one statement. */
  async beside(manager: EntityManager, reading: Reading): Promise<Map<BesideFigureId, OwnSeries>> {
    const counts = await countsTogether(
      manager,
      reading,
      BESIDE_FIGURES.filter((figure) => isInScope(figure, reading)),
    );
    return new Map(
      BESIDE_FIGURES.map((figure) => {
        const part = counts.get(figure);
        return [figure, { points: [part ? pointOf(figure, part) : outOfScope], n: part?.of ?? 0 }] as const;
      }),
    );
  }

  /** The strategic capabilities with the widest gaps in the period of the reading; null in a portfolio, to which assessments have no path. */
  async widest(manager: EntityManager, reading: Reading): Promise<Widest | null> {
    return reading.scope.portfolioId === null ? this.mismatch.widestGaps(manager, reading) : null;
  }

  private async widestSeries(
    manager: EntityManager,
    reading: Reading,
    periods: readonly string[],
    money: readonly MoneyFacts[],
  ): Promise<OwnSeries> {
    if (reading.scope.portfolioId !== null) return { points: periods.map(() => outOfScope), n: 0 };
    const found = await this.mismatch.widestGapsIn(manager, reading, periods, money);
    return { points: found.widest.map(heldPoint), n: found.capabilities };
  }

  async one(manager: EntityManager, reading: Reading, figure: PartFigureId): Promise<OwnFigure> {
    if (figure === 'sign.above_level_share') {
      const measured = await this.metrics.measure(manager, reading, [metricOf(LEVELS)!], 1);
      const part = aboveOf(measured[0]!.points.at(-1)!);
      return { ...part, nullReason: pointOf(figure, part).nullReason, threshold: null };
    }
    const threshold = thresholdOf(figure, await this.thresholds.of(manager));
    if (!isInScope(figure, reading)) return { part: 0, of: 0, nullReason: 'not_in_scope', threshold };
    const [part] = await countsOf(manager, reading, figure, [reading.period], threshold);
    return { ...part!, nullReason: pointOf(figure, part!).nullReason, threshold };
  }

  /** The records behind a figure: of a share all of which it is one, of a count those that count. */
  async items(manager: EntityManager, reading: Reading, figure: PartFigureId): Promise<ItemRow[]> {
    if (figure === 'sign.above_level_share') return this.decidedAbove(manager, reading);
    if (!isInScope(figure, reading)) return [];
    return itemsOf(manager, reading, figure, thresholdOf(figure, await this.thresholds.of(manager)), isShare(figure));
  }

  private async decidedAbove(manager: EntityManager, reading: Reading): Promise<ItemRow[]> {
    const { columns, items } = await this.metrics.recordsOf(manager, reading, LEVELS);
    const [intended, level] = ['intended', 'level'].map((name) => columns.findIndex(({ id }) => id === name)) as [
      number,
      number,
    ];
    return items
      .filter(({ cells }) => cells[level] !== null && cells[intended] !== null)
      .map(({ type, code, name, cells }) => ({
        type,
        code,
        name,
        note: `level ${cells[level]}, intended ${cells[intended]}`,
        counts: Number(cells[level]) > Number(cells[intended]),
      }))
      .sort((a, b) => Number(b.counts) - Number(a.counts));
  }
}

/** Decisions above the intended level, of those that state both levels. */
export const aboveOf = ({ detail }: Computed): PartOf => {
  const above = (detail?.['above'] ?? null) as Fraction | null;
  return above === null ? { part: 0, of: 0 } : { part: Number(above.n), of: Number(above.d) };
};

export const aboveSeries = (points: readonly Computed[]): OwnSeries => ({
  points: points.map((point) => pointOf('sign.above_level_share', aboveOf(point))),
  n: behind('sign.above_level_share', aboveOf(points.at(-1)!)),
});

export const widestPoint = (found: Widest | null): Point =>
  found === null ? outOfScope : heldPoint({ ...found, indexes: found.capabilities });

/** Null without a reason where no strategic capability lies below its target: then none is short. */
const heldPoint = ({
  indexes,
  share,
  equalPart,
  isShort,
}: Omit<Held, 'indexes'> & { readonly indexes: readonly unknown[] }): Point => {
  if (isShort === null) return { value: null, nullReason: indexes.length > 0 ? 'no_spend' : 'not_assessed' };
  if (indexes.length === 0 || share === null || equalPart === null) return { value: null, nullReason: null };
  return { value: share, nullReason: null, limit: equalPart };
};

const outOfScope: Point = { value: null, nullReason: 'not_in_scope' };

/** What is counted depends on it only where the rule is `any`. */
const thresholdOf = (figure: OwnFigureId, thresholds: Thresholds): string | null => {
  const test = SIGN_TESTS.find((each) => each.figure === figure);
  return test?.rule === 'any' ? (thresholds.get(test.id) ?? test.standard) : null;
};

const isShare = (figure: PartFigureId): boolean =>
  (SIGN_TESTS.find((each) => each.figure === figure)?.unit ?? 'share') === 'share';
const behind = (figure: PartFigureId, { part, of }: PartOf): number => (isShare(figure) ? of : part);

const pointOf = (figure: PartFigureId, { part, of }: PartOf): Point => {
  if (of === 0)
    return { value: null, nullReason: figure === 'sign.unexplained_priorities' ? 'no_ranking' : 'no_records' };
  return { value: { n: BigInt(part), d: isShare(figure) ? BigInt(of) : 1n }, nullReason: null };
};
