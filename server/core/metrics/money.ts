import type { Fraction } from '../exact-amounts.js';

/** A priority with its rank in a period; 1 is the highest. */
export interface Ranked {
  readonly code: string;
  readonly rank: number;
}

/** An exact sum, and of how many benefits. */
export interface Sum {
  readonly amount: Fraction;
  readonly benefits: number;
}

export const BENEFIT_KINDS = ['revenue', 'cost', 'risk'] as const;
export type BenefitKind = (typeof BENEFIT_KINDS)[number];

/** How spend that serves no priority is named among the priorities. */
export const NO_PRIORITY = 'none';

/**
 * Money of one period, in the reporting currency: costs of the scope's investments run down the enterprise's links, values of its money benefits
 * up them. `toDate`: all months that begin before the period's end.
 */
export interface MoneyFacts {
  readonly period: string;
  /** Actual cost. */
  readonly spend: Fraction;
  readonly spendToDate: Fraction;
  /** Investments of the scope, and those of them that state an actual cost in the period. */
  readonly investments: number;
  readonly spending: number;
  /** Spend by code of the priority that the investments serve, or `none`; one that has no stated actual is not there. */
  readonly spendByPriority: ReadonlyMap<string, Fraction>;
  /** Actual cost of kind `skills`, and its rows. */
  readonly skills: { readonly amount: Fraction; readonly rows: number };
  /** What of the spend arrives at places of the chain. */
  readonly reached: {
    readonly benefits: Fraction;
    readonly strategicCapabilities: Fraction;
    readonly initiatives: Fraction;
    readonly duplicates: Fraction;
  };
  /** Capabilities marked strategic, and initiatives marked as duplicating another, of the enterprise. */
  readonly strategicCapabilities: number;
  readonly duplicates: number;
  /** By rank, then code; empty where nobody ranked. */
  readonly ranking: readonly Ranked[];
  /** Realised in the period, by type of benefit. */
  readonly realised: Readonly<Record<BenefitKind, Sum>>;
  readonly plannedToDate: Sum;
  readonly realisedToDate: Sum;
  readonly confirmedToDate: Fraction;
  /** What of the realised value to date the links credit to investments. */
  readonly creditedToDate: Fraction;
  /** Cost of some capabilities or outcomes, by id: Σ C to date, or in the period. */
  readonly costOf: (layer: 'capability' | 'outcome', ids: readonly string[], span: 'period' | 'to_date') => Fraction;
}
