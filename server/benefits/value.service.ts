import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ChainService } from '../chain/chain.service.js';
import type { Value } from '../contract/benefit.js';
import { fractionOf, sumOf, type Standing, varianceOf } from '../core/benefit-status.js';
import { type Fraction, minus, ZERO } from '../core/exact-amounts.js';
import { ratio } from '../core/money.js';
import { weightsAt, wholeLayer } from '../core/weights.js';
import type { Reading } from '../http/reading.js';
import { aggregated, amountText, ownUnitText, quotient } from './amounts.js';
import { type BenefitStanding, StandingService } from './standing.service.js';
import { valueByMonth } from './value.queries.js';

const amountOf = (text: string | null): Fraction => (text === null ? ZERO : fractionOf(text));

/** A money benefit's way through the funnel, to date. */
interface Steps {
  readonly of: BenefitStanding;
  readonly planned: Fraction;
  readonly realised: Fraction;
  readonly confirmed: Fraction;
  /** The part of the confirmed value that contributions credit to investments. */
  readonly traced: Fraction;
}

/** What was promised, what came of it, and what of that is proven: the funnel and the benefits behind it, to date. */
@Injectable()
export class ValueService {
  constructor(
    private readonly standings: StandingService,
    private readonly chain: ChainService,
  ) {}

  /** The value of a scope as JSON text. */
  async value(manager: EntityManager, reading: Reading): Promise<string> {
    const standings = await this.standings.of(manager, reading);
    const months = await valueByMonth(manager, reading);
    const { whole } = await this.chain.facts(manager, reading, 'to_date');
    const weights = weightsAt(whole.chain, 'contribution', wholeLayer(whole.chain, 0));
    const steps = new Map<string, Steps>();
    for (const of of standings.filter(({ row }) => row.money)) {
      const confirmed = amountOf(of.row.confirmed);
      const weight = weights.numerators[whole.chain.indexOf.get(of.row.id)!] ?? 0n;
      const traced = { n: confirmed.n * weight, d: confirmed.d * weights.denominator };
      steps.set(of.row.id, {
        of,
        planned: amountOf(of.row.planned),
        realised: amountOf(of.row.realised),
        confirmed,
        traced,
      });
    }
    const money = (amount: Fraction): string => amountText(amount, reading.decimals);
    const text = (stored: string | null): string => money(amountOf(stored));
    return JSON.stringify({
      period: reading.period,
      currency: reading.currency,
      funnel: funnelOf([...steps.values()], money),
      counts: countsOf(standings, [...steps.values()]),
      ...ratesOf(standings),
      baseline: baselineOf(standings, money),
      losses: lossesOf([...steps.values()], money),
      byType: byTypeOf(standings, money),
      byMonth: months.map((row) => ({
        month: row.month,
        planned: text(row.planned),
        forecast: text(row.forecast),
        realised: text(row.realised),
        confirmed: text(row.confirmed),
      })),
      benefits: standings.map((of) => benefitOf(of, steps.get(of.row.id), reading)),
    } satisfies Value);
  }
}

/** planned → realised → confirmed → traced: Σ over the scope's money benefits to date, in the reporting currency; 0 where none is recorded (see counts). */
const funnelOf = (steps: readonly Steps[], money: (amount: Fraction) => string): Value['funnel'] => ({
  planned: money(sumOf(steps.map((step) => step.planned))),
  realised: money(sumOf(steps.map((step) => step.realised))),
  confirmed: money(sumOf(steps.map((step) => step.confirmed))),
  traced: money(sumOf(steps.map((step) => step.traced))),
});

/** Benefits of the scope, and how many money benefits have a value in each step; `traced`: some of its confirmed value reaches an investment. */
const countsOf = (standings: readonly BenefitStanding[], steps: readonly Steps[]): Value['counts'] => ({
  benefits: standings.length,
  planned: steps.filter(({ of }) => of.row.plannedMonths > 0).length,
  realised: steps.filter(({ of }) => of.row.realisedMonths > 0).length,
  confirmed: steps.filter(({ of }) => of.row.confirmedMonths > 0).length,
  traced: steps.filter(({ traced }) => traced.n !== 0n).length,
});

/**
 * How much of the plan came, to date, over money benefits: a ratio of sums, never a mean of rates.
 * realisationRate = Σ realised ÷ Σ planned; measuredRate = the same over the months that have both; coverage = months with both ÷ planned months.
 * baselineRealisationRate = Σ realised ÷ Σ baseline planned. Null where the denominator is 0.
 */
const ratesOf = (
  standings: readonly BenefitStanding[],
): Pick<Value, 'realisationRate' | 'measuredRate' | 'coverage' | 'baselineRealisationRate'> => {
  const rows = standings.map(({ row }) => row).filter((row) => row.money);
  const sum = (pick: (row: (typeof rows)[number]) => string | null): Fraction =>
    sumOf(rows.map((row) => amountOf(pick(row))));
  const count = (pick: (row: (typeof rows)[number]) => number): bigint =>
    BigInt(rows.reduce((total, row) => total + pick(row), 0));
  return {
    realisationRate: quotient(
      sum((row) => row.realised),
      sum((row) => row.planned),
    ),
    baselineRealisationRate: quotient(
      sum((row) => row.realised),
      sum((row) => row.baseline),
    ),
    measuredRate: quotient(
      sum((row) => row.coveredRealised),
      sum((row) => row.coveredPlanned),
    ),
    coverage: ratio(
      count((row) => row.coveredMonths),
      count((row) => row.plannedMonths),
    ),
  };
};

/** What the baseline plans of the money benefits promise to date, and how many of the plans are fixed; of the others the current one counts. */
const baselineOf = (standings: readonly BenefitStanding[], money: (amount: Fraction) => string): Value['baseline'] => {
  const rows = standings.map(({ row }) => row).filter((row) => row.money && row.plannedMonths + row.baselineMonths > 0);
  const fixed = rows.filter((row) => row.isPlanFixed).length;
  return { planned: money(sumOf(rows.map((row) => amountOf(row.baseline)))), fixed, standIns: rows.length - fixed };
};

/** What each step loses, by benefit, the largest first; a gain (more realised than planned) is negative, so that a step's losses add up to its fall. */
const lossesOf = (steps: readonly Steps[], money: (amount: Fraction) => string): Value['losses'] => {
  const losses = (['realised', 'confirmed', 'traced'] as const).flatMap((step) =>
    steps.flatMap((of) => {
      const before = step === 'realised' ? of.planned : step === 'confirmed' ? of.realised : of.confirmed;
      const loss = minus(before, of[step]);
      return loss.n === 0n ? [] : [{ step, code: of.of.row.code, name: of.of.row.name, loss }];
    }),
  );
  losses.sort((a, b) => {
    const left = a.loss.n * b.loss.d;
    const right = b.loss.n * a.loss.d;
    return left === right ? 0 : left > right ? -1 : 1;
  });
  return losses.map(({ loss, ...rest }) => ({ ...rest, amount: money(loss) }));
};

/** By type, in a fixed order, unclassified last: all benefits are counted, only money is added. */
const byTypeOf = (standings: readonly BenefitStanding[], money: (amount: Fraction) => string): Value['byType'] =>
  ['revenue', 'cost', 'risk', 'experience', null].flatMap((type) => {
    const rows = standings.map(({ row }) => row).filter((row) => row.type === type);
    const sum = (kind: 'planned' | 'realised' | 'confirmed'): string =>
      money(sumOf(rows.filter((row) => row.money).map((row) => amountOf(row[kind]))));
    return rows.length === 0
      ? []
      : [
          {
            type,
            benefits: rows.length,
            planned: sum('planned'),
            realised: sum('realised'),
            confirmed: sum('confirmed'),
          },
        ];
  });

const benefitOf = (of: BenefitStanding, steps: Steps | undefined, reading: Reading): Value['benefits'][number] => {
  const { row, standing, baseline } = of;
  const text = (value: Fraction): string => (row.money ? amountText(value, reading.decimals) : ownUnitText(value));
  const varianceText = (of: Standing): string | null => {
    const variance = varianceOf(of);
    return variance && text(variance);
  };
  const amount = (kind: 'planned' | 'realised' | 'confirmed') => aggregated(of, kind, reading.decimals);
  return {
    code: row.code,
    name: row.name,
    type: row.type,
    nature: row.nature,
    owner: row.owner,
    money: row.money,
    unit: row.unit,
    planned: amount('planned').text,
    realised: amount('realised').text,
    variance: varianceText(standing),
    isPlanFixed: row.isPlanFixed,
    baselinePlanned: text(baseline.planned ?? ZERO),
    baselineVariance: varianceText(baseline),
    confirmed: amount('confirmed').text,
    traced: steps ? amountText(steps.traced, reading.decimals) : null,
    achievement: standing.achievement === null ? null : ratio(standing.achievement.n, standing.achievement.d),
    status: standing.status,
    declaredStatus: row.declaredStatus,
    evidenceLevel: of.evidenceLevel,
  };
};
