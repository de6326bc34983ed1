import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ChainService, chainStructure } from '../chain/chain.service.js';
import type { DecisionLine, DecisionPage } from '../contract/decision.js';
import { DELAY_MONTHS, delayedMonths } from '../core/decision-delay.js';
import type { Fraction } from '../core/exact-amounts.js';
import { formatFraction, ratio } from '../core/money.js';
import { addMonths } from '../core/period.js';
import { LAYERS } from '../core/shares.js';
import { weightsAt, type Weights, wholeNodes } from '../core/weights.js';
import { ofEnterprise, type Reading } from '../http/reading.js';

type Null = NonNullable<DecisionPage['delay']['nullReason']>;

/** A benefit that its record contributes to. */
export interface WaitingBenefit {
  readonly code: string;
  readonly name: string;
  /** The part of it that is due to the record. */
  readonly share: Fraction;
  /** This part of what is planned in the months; null where nobody knows which months wait. */
  readonly planned: Fraction | null;
}

/** What waits for a decision: planned value of the months after it is needed, of the benefits that its record contributes to. */
export interface Delay {
  readonly nullReason: Null | null;
  /** First and last month that is looked at, both inside; null where there is none. */
  readonly months: { readonly first: string; readonly last: string } | null;
  /** Σ planned value of these months that is due to the record. */
  readonly planned: Fraction;
  readonly weights: Weights | null;
  /** In the order of their codes. */
  readonly benefits: readonly WaitingBenefit[];
}

const NOTHING = { months: null, planned: { n: 0n, d: 1n }, weights: null, benefits: [] } as const;

/** One month of a year's sum. */
export const perMonthOf = ({ n, d }: Fraction): Fraction => ({ n, d: d * BigInt(DELAY_MONTHS) });

/** What its waiting costs. See `docs/decisions.md`, "What a month of waiting costs". */
@Injectable()
export class DecisionDelayService {
  constructor(private readonly chain: ChainService) {}

  async of(
    manager: EntityManager,
    reading: Reading,
    decision: Pick<DecisionLine, 'state' | 'neededBy' | 'about'> & { aboutId: string | null },
  ): Promise<Delay> {
    const { about, aboutId, neededBy } = decision;
    if (decision.state === 'decided') return { ...NOTHING, nullReason: 'decided' };
    const noRecord = { ...NOTHING, nullReason: neededBy === null ? 'no_needed_by' : 'about_nothing' } as const;
    if (about === null || aboutId === null) return noRecord;
    const months = neededBy === null ? null : delayedMonths(neededBy);
    const { rows, chain, amounts } = await this.read(manager, reading, months);
    const index = rows.findIndex((row) => row.id === aboutId);
    if (index < 0) return noRecord;
    const weights = weightsAt(chain, 'contribution', wholeNodes(LAYERS.indexOf(about.type), [index]));
    const benefits = rows.flatMap(({ type, code, name }, at): WaitingBenefit[] => {
      const share = { n: weights.numerators[at] ?? 0n, d: weights.denominator };
      if (type !== 'benefit' || share.n === 0n) return [];
      const own = amounts?.at(at) ?? null;
      return [{ code, name, share, planned: own && { n: own.n * share.n, d: own.d * share.d } }];
    });
    // Without a day nobody knows which months wait, but what depends on the record is known.
    if (amounts === null) return { ...NOTHING, nullReason: 'no_needed_by', benefits };
    const planned = amounts.at(index)!;
    return { nullReason: planned.n === 0n ? 'no_money_planned' : null, months, planned, weights, benefits };
  }

  /** The chain of the whole enterprise, as what waits does not shrink with the scope of the page, and what is planned in the months. */
  private async read(manager: EntityManager, reading: Reading, months: Delay['months']) {
    if (months === null) return { ...(await chainStructure(manager)), amounts: null };
    const span = { ...ofEnterprise(reading), start: `${months.first}-01`, end: `${addMonths(months.last, 1)}-01` };
    const { rows, whole } = await this.chain.facts(manager, span, 'period');
    return { rows, chain: whole.chain, amounts: whole.values.planned };
  }
}

/** The same for a page: a month's part, and by benefit. */
export const delayBody = (
  { nullReason, months, planned, benefits }: Delay,
  decimals: number,
): DecisionPage['delay'] => {
  const text = (value: Fraction): string => {
    const { n, d } = perMonthOf(value);
    return formatFraction(n, d, decimals);
  };
  const told = benefits.map(({ code, name, share, planned: due }) => ({
    ...{ code, name, share: ratio(share.n, share.d)! },
    perMonth: due && text(due),
  }));
  return {
    perMonth: nullReason === null ? text(planned) : null,
    nullReason,
    from: months?.first ?? null,
    to: months?.last ?? null,
    benefits: told.sort(
      (a, b) => Number(b.perMonth ?? 0) - Number(a.perMonth ?? 0) || b.share - a.share || (a.code < b.code ? -1 : 1),
    ),
  };
};
