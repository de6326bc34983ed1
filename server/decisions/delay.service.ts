import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ChainService } from '../chain/chain.service.js';
import type { DecisionLine, DecisionPage } from '../contract/decision.js';
import { DELAY_MONTHS, delayedMonths } from '../core/decision-delay.js';
import type { Fraction } from '../core/exact-amounts.js';
import { formatFraction, ratio } from '../core/money.js';
import { addMonths } from '../core/period.js';
import { LAYERS } from '../core/shares.js';
import { weightsAt, type Weights, wholeNodes } from '../core/weights.js';
import { ofEnterprise, type Reading } from '../http/reading.js';

type ChainFacts = Awaited<ReturnType<ChainService['facts']>>;
type Null = NonNullable<DecisionPage['delay']['nullReason']>;

/** What waits for a decision: planned value of the months after it is needed, of the benefits that its record contributes to. */
export interface Delay {
  readonly nullReason: Null | null;
  /** First and last month that is looked at, both inside; null where there is none. */
  readonly months: { readonly first: string; readonly last: string } | null;
  /** Σ planned value of these months that is due to the record. */
  readonly planned: Fraction;
  readonly weights: Weights | null;
  readonly facts: ChainFacts | null;
}

const NOTHING = { months: null, planned: { n: 0n, d: 1n }, weights: null, facts: null } as const;

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
    if (neededBy === null) return { ...NOTHING, nullReason: 'no_needed_by' };
    if (about === null || aboutId === null) return { ...NOTHING, nullReason: 'about_nothing' };
    const months = delayedMonths(neededBy);
    // Of the whole enterprise: what waits does not shrink with the scope of the page.
    const span = { ...ofEnterprise(reading), start: `${months.first}-01`, end: `${addMonths(months.last, 1)}-01` };
    const facts = await this.chain.facts(manager, span, 'period');
    const index = facts.rows.findIndex((row) => row.id === aboutId);
    if (index < 0) return { ...NOTHING, nullReason: 'about_nothing' };
    const planned = facts.whole.values.planned.at(index)!;
    const weights = weightsAt(facts.whole.chain, 'contribution', wholeNodes(LAYERS.indexOf(about.type), [index]));
    return { nullReason: planned.n === 0n ? 'no_money_planned' : null, months, planned, weights, facts };
  }
}

/** The same for a page: a month's part, and by benefit. */
export const delayBody = (
  { nullReason, months, planned, weights, facts }: Delay,
  decimals: number,
): DecisionPage['delay'] => {
  const text = (value: Fraction): string => {
    const { n, d } = perMonthOf(value);
    return formatFraction(n, d, decimals);
  };
  const benefits =
    facts === null || weights === null
      ? []
      : facts.rows.flatMap((row, index) => {
          const share = weights.numerators[index] ?? 0n;
          if (row.type !== 'benefit' || share === 0n) return [];
          const own = facts.whole.values.planned.at(index)!;
          const due = { n: own.n * share, d: own.d * weights.denominator };
          return [{ code: row.code, name: row.name, share: ratio(share, weights.denominator)!, perMonth: text(due) }];
        });
  return {
    perMonth: nullReason === null ? text(planned) : null,
    nullReason,
    from: months?.first ?? null,
    to: months?.last ?? null,
    benefits: benefits.sort((a, b) => Number(b.perMonth) - Number(a.perMonth) || (a.code < b.code ? -1 : 1)),
  };
};
