import { Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { ForecastService } from '../case/forecast.service.js';
import { GapsService } from '../chain/gaps.service.js';
import type { GapKind } from '../contract/chain.js';
import {
  BENEFIT_CLASSES,
  type BenefitFilter,
  type BenefitLine,
  type BenefitList,
  type BenefitSums,
} from '../contract/register.js';
import { BENEFIT_STATUSES, type BenefitStatus } from '../contract/status.js';
import { fractionOf, sumOf, varianceOf } from '../core/benefit-status.js';
import { type Fraction, minus, negated } from '../core/exact-amounts.js';
import { ratio } from '../core/money.js';
import { writeCursor } from '../http/cursor.js';
import { forbidden } from '../http/problem.js';
import type { Reading } from '../http/reading.js';
import { aggregated, amountText, ownUnitText, quotient, quotientText } from './amounts.js';
import { DueService } from './due.service.js';
import { plansAmong, ratesOf } from './rates.js';
import { amongText, filtered, lineOf, measuredAmong, type RegisterLine, sumOfLines } from './register.lines.js';
import { lifeRows, outcomesOfBenefits } from './register.queries.js';
import { isReplannedToDate, StandingService } from './standing.service.js';
import { type WholeLife, wholeLifeOf } from './whole-lives.js';

export type { RegisterLine } from './register.lines.js';

/** The register of benefits: its lines, and what the lines of a class add up to. */
@Injectable()
export class BenefitRegister {
  constructor(
    private readonly standings: StandingService,
    private readonly gaps: GapsService,
    private readonly due: DueService,
    private readonly forecasts: ForecastService,
  ) {}

  /** The day by which what is due is judged: in the reporting time zone; while the example is loaded, the end of its story. */
  async today(on: DataSource | EntityManager): Promise<string> {
    return (await this.due.rules(on)).today;
  }

  /**
   * All lines of the scope, by code.
   * @throws Problem 403 for a filter by gaps of those who do not read the chain
   */
  async lines(manager: EntityManager, reading: Reading, filter: BenefitFilter): Promise<RegisterLine[]> {
    const seesChain = reading.visibility === 'all';
    if (filter.gap !== undefined && !seesChain) throw forbidden('Your role does not read the gaps of the chain.');
    const standings = await this.standings.of(manager, reading);
    const lives = new Map((await lifeRows(manager, reading)).map((row) => [row.id, row]));
    const outcomes = grouped(
      await outcomesOfBenefits(manager, seesChain ? null : reading.scope.unitIds),
      ({ benefitId }) => benefitId,
    );
    const gaps = seesChain ? await this.gapsOf(manager, reading) : null;
    const { dueDay, today } = await this.due.rules(manager);
    const on = filter.on ?? today;
    return standings.map((of) =>
      lineOf(of, lives.get(of.row.id)!, {
        outcomes: outcomes.get(of.row.id) ?? [],
        gaps: gaps && (gaps.get(of.row.id) ?? []),
        dueDay,
        on,
      }),
    );
  }

  /** Whole lives of the scope's benefits, as claimed and as calibrated. */
  async lives(manager: EntityManager, reading: Reading): Promise<WholeLife[]> {
    const expected = new Map((await lifeRows(manager, reading)).map((row) => [row.id, row.expected]));
    const forecasts = await this.forecasts.of(manager, reading);
    return forecasts.map((of) => wholeLifeOf(of, expected.get(of.row.id) ?? null));
  }

  /** The lines that a filter leaves. Throws as `lines` does. */
  async filtered(manager: EntityManager, reading: Reading, filter: BenefitFilter): Promise<RegisterLine[]> {
    return filtered(await this.lines(manager, reading, filter), filter);
  }

  /**
   * The register for a screen.
   * @param filter with `on`: the day by which it is judged. Throws as `lines` does.
   * @param page of the lines alone; without a limit all of them
   */
  async list(
    manager: EntityManager,
    reading: Reading,
    filter: BenefitFilter & { on: string },
    { limit, offset }: { limit: number | undefined; offset: number } = { limit: undefined, offset: 0 },
  ): Promise<BenefitList> {
    const all = await this.lines(manager, reading, filter);
    const forecasts = new Map((await this.forecasts.of(manager, reading)).map((of) => [of.row.id, of]));
    const life = ({ of, life: { expected } }: RegisterLine) => wholeLifeOf(forecasts.get(of.row.id)!, expected);
    const shown = filtered(all, filter);
    // What is filtered by harm is grouped by class all the same.
    const effect = filter.class === 'disbenefit' ? ('disbenefit' as const) : filter.effect;
    const end = limit === undefined ? shown.length : offset + limit;
    const sums = (lines: readonly RegisterLine[], of: BenefitFilter['class']): BenefitSums => ({
      ...sumsOf(lines, reading),
      among: amongText({ ...filter, class: of, effect }),
    });
    return {
      period: reading.period,
      currency: reading.currency,
      on: filter.on,
      facts: factsOf(all),
      owners: [...new Set(all.flatMap(({ of: { row } }) => (row.owner === null ? [] : [row.owner])))].sort(),
      total: shown.length,
      groups: BENEFIT_CLASSES.flatMap((each) => {
        const lines = shown.filter((line) => line.class === each);
        if (lines.length === 0) return [];
        const isMoney = lines.some(({ of }) => of.row.money);
        return [{ class: each, benefits: lines.length, sums: isMoney ? sums(lines, each) : null }];
      }),
      financial: filter.class === 'financial' && shown.length > 0 ? sums(shown, 'financial') : null,
      items: shown.slice(offset, end).map((line) => printed(line, life(line), reading)),
      nextCursor: end < shown.length ? writeCursor(end) : null,
    };
  }

  private async gapsOf(manager: EntityManager, reading: Reading): Promise<Map<string, GapKind[]>> {
    const found = new Map<string, GapKind[]>();
    for (const { row, kind } of await this.gaps.all(manager, reading))
      if (row.type === 'benefit') found.set(row.id, [...(found.get(row.id) ?? []), kind]);
    return found;
  }
}

const grouped = <Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> => {
  const found = new Map<string, Row[]>();
  for (const row of rows) found.set(key(row), [...(found.get(key(row)) ?? []), row]);
  return found;
};

const sumsOf = (lines: readonly RegisterLine[], { decimals }: Reading): Omit<BenefitSums, 'among'> => {
  const text = (amount: Fraction | null): string | null => amount && amountText(amount, decimals);
  const [planned, realised] = [sumOfLines(lines, 'planned'), sumOfLines(lines, 'realised')];
  const baseline = sumOfLines(lines, 'baseline');
  const rows = lines.map(({ of }) => of.row).filter((row) => row.money);
  return {
    planned: text(planned),
    realised: text(realised),
    variance: text(planned && realised && minus(realised, planned)),
    baselineVariance: text(baseline && realised && minus(realised, baseline)),
    expected: text(sumOfLines(lines, 'expected')),
    rates: { ...ratesOf(rows), ...plansAmong(rows) },
    ...measuredAmong(lines),
  };
};

/** What the whole scope says, whatever is filtered. */
const factsOf = (lines: readonly RegisterLine[]): BenefitList['facts'] => {
  const money = lines.map(({ of }) => of.row).filter((row) => row.money);
  const sum = (kind: 'realised' | 'evidenced'): Fraction =>
    sumOf(money.map((row) => (row[kind] === null ? null : fractionOf(row[kind]))));
  const declared = lines.filter(({ of }) => of.row.declaredStatus !== null);
  const better = lines.filter((line) => line.isDeclaredBetter).length;
  const realised = sum('realised');
  return {
    benefits: lines.length,
    statuses: BENEFIT_STATUSES.map((status) => ({
      status,
      count: lines.filter(({ of }) => of.standing.status === status).length,
    })),
    unevidencedShare: quotient(minus(realised, sum('evidenced')), realised),
    declared: declared.length,
    declaredOtherwise: lines.filter((line) => line.isDeclaredOtherwise).length,
    declaredBetter: better,
    statusMismatchShare: ratio(BigInt(better), BigInt(declared.length)),
    noOwner: lines.filter(({ of }) => of.row.owner === null).length,
  };
};

const printed = (line: RegisterLine, whole: WholeLife, { decimals }: Reading): BenefitLine => {
  const { of, life } = line;
  const { row, standing } = of;
  const text = (amount: Fraction | null): string | null =>
    amount && (row.money ? amountText(amount, decimals) : ownUnitText(amount));
  const variance = varianceOf(of.standing);
  const plan = standing.planned;
  return {
    code: row.code,
    name: row.name,
    class: line.class,
    type: row.type,
    isDisbenefit: line.isDisbenefit,
    owner: row.owner,
    portfolio: life.portfolio,
    outcomes: line.outcomes.map(({ code, name }) => ({ code, name })),
    money: row.money,
    unit: row.unit,
    better: row.better ?? 'higher',
    baseline: life.baseline,
    baselineUnit: row.money ? life.currency : life.ownUnit,
    planned: row.plannedMonths === 0 ? null : aggregated(of, 'planned', decimals).text,
    realised: row.realisedMonths === 0 ? null : aggregated(of, 'realised', decimals).text,
    variance: text(variance),
    varianceShare: variance && plan && quotientText(variance, plan.n < 0n ? negated(plan) : plan),
    baselineVariance: text(varianceOf(of.baseline)),
    isReplanned: isReplannedToDate(of),
    isPlanFixed: row.isPlanFixed,
    expected: text(line.expected),
    calibrated: text(whole.calibrated),
    calibratedReason: whole.calibrated === null ? whole.reason : null,
    status: standing.status,
    declaredStatus: row.declaredStatus as BenefitStatus | null,
    declaredNote: life.declaredNote,
    isDeclaredBetter: line.isDeclaredBetter,
    evidenceLevel: of.evidenceLevel,
    due: line.due,
    gaps: line.gaps && [...line.gaps],
  };
};
