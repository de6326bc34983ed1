import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { SignNull } from '../contract/sign.js';
import { type OwnFigureId, SIGN_TESTS } from '../core/sign-catalogue.js';
import type { Point } from '../core/signs.js';
import type { Reading } from '../http/reading.js';
import {
  COUNTED_FIGURES,
  type CountedFigureId,
  countsOf,
  isInScope,
  type ItemRow,
  itemsOf,
  type PartOf,
} from './own-figures.queries.js';
import { SignThresholdsService, type Thresholds } from './thresholds.service.js';

export type { CountedFigureId } from './own-figures.queries.js';

/** A figure by period, in order of time, and how many records count in the last. */
export interface OwnSeries {
  readonly points: readonly Point[];
  readonly n: number;
}

/** One figure of the signs that is no metric, in the period of the reading. */
export interface OwnFigure extends PartOf {
  readonly value: Point['value'];
  readonly nullReason: SignNull | null;
  readonly threshold: string | null;
}

/** Figures of the signs that are no metric. Shares are the part that counts ÷ all; the others count. */
@Injectable()
export class OwnFigures {
  constructor(private readonly thresholds: SignThresholdsService) {}

  /** All of them over some periods, one statement each. */
  async all(
    manager: EntityManager,
    reading: Reading,
    periods: readonly string[],
    thresholds: Thresholds,
  ): Promise<Map<OwnFigureId, OwnSeries>> {
    const found = new Map<OwnFigureId, OwnSeries>();
    for (const figure of COUNTED_FIGURES) {
      const parts = isInScope(figure, reading)
        ? await countsOf(manager, reading, figure, periods, thresholdOf(figure, thresholds))
        : null;
      const points = parts?.map((part) => pointOf(figure, part)) ?? periods.map(() => outOfScope);
      found.set(figure, { points, n: parts?.at(-1)?.part ?? 0 });
    }
    return found;
  }

  async one(manager: EntityManager, reading: Reading, figure: CountedFigureId): Promise<OwnFigure> {
    const threshold = thresholdOf(figure, await this.thresholds.of(manager));
    if (!isInScope(figure, reading)) return { part: 0, of: 0, value: null, nullReason: 'not_in_scope', threshold };
    const [part] = await countsOf(manager, reading, figure, [reading.period], threshold);
    const { value, nullReason } = pointOf(figure, part!);
    return { ...part!, value, nullReason, threshold };
  }

  /** The records that count. */
  async items(manager: EntityManager, reading: Reading, figure: CountedFigureId): Promise<ItemRow[]> {
    if (!isInScope(figure, reading)) return [];
    return itemsOf(manager, reading, figure, thresholdOf(figure, await this.thresholds.of(manager)));
  }
}

const outOfScope: Point = { value: null, nullReason: 'not_in_scope' };

/** What is counted depends on it only where the rule is `any`. */
const thresholdOf = (figure: OwnFigureId, thresholds: Thresholds): string | null => {
  const test = SIGN_TESTS.find((each) => each.figure === figure)!;
  return test.rule === 'any' ? (thresholds.get(test.id) ?? test.standard) : null;
};

const pointOf = (figure: CountedFigureId, { part, of }: PartOf): Point => {
  if (of === 0)
    return { value: null, nullReason: figure === 'sign.unexplained_priorities' ? 'no_ranking' : 'no_records' };
  const { unit } = SIGN_TESTS.find((each) => each.figure === figure)!;
  return { value: { n: BigInt(part), d: unit === 'share' ? BigInt(of) : 1n }, nullReason: null };
};
