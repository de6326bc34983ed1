import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { minus } from '../core/exact-amounts.js';
import { evidenceLevel, standingOf, type Standing, type Thresholds } from '../core/benefit-status.js';
import type { Reading } from '../http/reading.js';
import { benefitRows, type BenefitRow } from './standing.queries.js';

/** A benefit of the scope: what is planned and realised to date, and how it stands. */
export interface BenefitStanding {
  readonly row: BenefitRow;
  readonly standing: Standing;
  /** The same against the baseline plan. */
  readonly baseline: Standing;
  readonly evidenceLevel: number;
}

/** Whether its plan to date is another than the one that was approved. */
export const isReplannedToDate = ({ standing, baseline }: BenefitStanding): boolean => {
  const [now, first] = [standing.planned, baseline.planned];
  return now === null || first === null ? now !== first : minus(now, first).n !== 0n;
};

const byCode = new Intl.Collator('en', { numeric: true }).compare;

/** How the benefits of a scope stand; the ground of value, gaps and traces. */
@Injectable()
export class StandingService {
  /**
   * Benefits of the scope that are not archived, by code.
   *
   * @param from first day that counts; '-infinity' for figures to date
   */
  async of(manager: EntityManager, reading: Reading, from = '-infinity'): Promise<BenefitStanding[]> {
    const rows = await benefitRows(manager, reading, from, reading.end);
    return rows.sort((a, b) => byCode(a.code, b.code)).map((row) => judged(row, reading));
  }
}

const judged = (row: BenefitRow, thresholds: Thresholds): BenefitStanding => ({
  row,
  standing: standingOf(
    {
      planned: { count: row.plannedMonths, sum: row.planned, latest: row.latestPlanned },
      realised: { count: row.realisedMonths, sum: row.realised, latest: row.latestRealised },
      bothPlanned: { count: row.coveredMonths, sum: row.coveredPlanned, latest: row.latestCoveredPlanned },
      bothRealised: { count: row.coveredMonths, sum: row.coveredRealised, latest: row.latestCoveredRealised },
    },
    row,
    thresholds,
  ),
  baseline: standingOf(
    {
      planned: { count: row.baselineMonths, sum: row.baseline, latest: row.latestBaseline },
      realised: { count: row.realisedMonths, sum: row.realised, latest: row.latestRealised },
      bothPlanned: {
        count: row.baselineCoveredMonths,
        sum: row.baselineCoveredPlanned,
        latest: row.latestBaselineCoveredPlanned,
      },
      bothRealised: {
        count: row.baselineCoveredMonths,
        sum: row.baselineCoveredRealised,
        latest: row.latestBaselineCoveredRealised,
      },
    },
    row,
    thresholds,
  ),
  evidenceLevel: evidenceLevel({
    realised: row.realisedMonths,
    evidenced: row.evidencedMonths,
    confirmed: row.confirmedMonths,
  }),
});
