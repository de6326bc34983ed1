import type { CaseKind } from '../contract/case-words.js';
import type { Flow } from '../core/discount.js';
import type { Fraction } from '../core/exact-amounts.js';
import { parseDecimal, unitsAtScale } from '../core/money.js';
import { monthsBetween } from '../core/period.js';
import type { Weights } from '../core/weights.js';
import type { CostCell, ValueCell } from './case.queries.js';

/** Amounts times rates have at most 4 + 10 decimals. */
const SCALE = 14;

/** One cost row or one month of a benefit as it enters the cases: signed units over the denominator of all; null where it does not count. */
export interface Entry {
  readonly of: 'cost' | 'value';
  /** Of a value: its benefit; of a cost: the investment's kind of cost. */
  readonly benefitId: string | null;
  readonly code: string;
  readonly name: string;
  readonly kind: string | null;
  readonly month: string;
  /** Months since the first cost. */
  readonly k: number;
  /** Whether the month begins at or after the period's end. */
  readonly isLater: boolean;
  readonly units: Readonly<Record<CaseKind, bigint | null>>;
  readonly entered: Readonly<Record<CaseKind, string | null>>;
  readonly currency: string;
}

/** Everything that a case is worked out from. */
export interface Facts {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  /** The first month with a planned or actual cost; null where there is none. */
  readonly firstCostMonth: string | null;
  readonly entries: readonly Entry[];
  /** Of all units of `entries`. */
  readonly denominator: bigint;
}

/** The investment, and the part of each benefit's value that is due to it. */
export interface Owner {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  /** By benefit id; over `denominator`. */
  readonly parts: ReadonlyMap<string, bigint>;
  readonly denominator: bigint;
}

/** The parts of benefits that reach a node, by id. */
export const partsOf = (nodes: readonly { id: string }[], weights: Weights): Owner['parts'] =>
  new Map(nodes.flatMap(({ id }, index) => (weights.numerators[index] ? [[id, weights.numerators[index]!]] : [])));

/**
 * Cells as entries: costs negative, values times the part that is due to the investment.
 *
 * @param end first day after the period: what is of earlier months is known, what is of later ones is expected
 */
export const factsOf = (owner: Owner, costs: readonly CostCell[], values: readonly ValueCell[], end: string): Facts => {
  const firstCostMonth = costs[0]?.month ?? null;
  const origin = firstCostMonth ?? values.reduce((first, { month }) => (month < first ? month : first), '9999-12');
  const place = (month: string) => ({ month, k: monthsBetween(origin, month), isLater: `${month}-01` >= end });
  const entries = [
    ...costs.map((cell): Entry => {
      const at = place(cell.month);
      const units = (text: string | null) => times(text, -owner.denominator);
      return {
        of: 'cost',
        benefitId: null,
        code: owner.code,
        name: owner.name,
        kind: cell.kind,
        ...at,
        units: byCase(at.isLater, units(cell.planned), units(cell.planned), units(cell.actual)),
        entered: byCase(at.isLater, cell.enteredPlanned, cell.enteredPlanned, cell.enteredActual),
        currency: cell.currency,
      };
    }),
    ...values.map((cell): Entry => {
      const at = place(cell.month);
      const units = (text: string | null) => times(text, owner.parts.get(cell.benefitId) ?? 0n);
      return {
        of: 'value',
        benefitId: cell.benefitId,
        code: cell.code,
        name: cell.name,
        kind: null,
        ...at,
        units: byCase(at.isLater, units(cell.planned), units(cell.forecast ?? cell.planned), units(cell.realised)),
        entered: byCase(
          at.isLater,
          cell.enteredPlanned,
          cell.enteredForecast ?? cell.enteredPlanned,
          cell.enteredRealised,
        ),
        currency: cell.currency,
      };
    }),
  ];
  const { id, code, name } = owner;
  return { id, code, name, firstCostMonth, entries, denominator: 10n ** BigInt(SCALE) * owner.denominator };
};

/** Known at the period's end: what is later is not realised, and what is not later is no outlook. */
const byCase = <T>(isLater: boolean, planned: T, outlook: T, known: T): Record<CaseKind, T | null> => ({
  planned,
  expected: isLater ? outlook : known,
  realised: isLater ? null : known,
});

const times = (text: string | null, factor: bigint): bigint | null =>
  text === null ? null : unitsAtScale(parseDecimal(text), SCALE) * factor;

/** What an entry flows in a case; nothing where it does not count. */
export const flowsOf = (entries: readonly Entry[], kind: CaseKind): Flow[] =>
  entries.flatMap(({ k, units }) => (units[kind] === null ? [] : [{ k, units: units[kind] }]));

/** Σ of the entries of one sort in a case; `count` of them count. A cost is positive here. */
export const sumOfEntries = (
  { entries, denominator }: Facts,
  of: Entry['of'],
  kind: CaseKind,
): { amount: Fraction; count: number } => {
  const counted = entries.filter((entry) => entry.of === of && entry.units[kind] !== null);
  const n = counted.reduce((sum, entry) => sum + entry.units[kind]!, 0n);
  return { amount: { n: of === 'cost' ? -n : n, d: denominator }, count: counted.length };
};
