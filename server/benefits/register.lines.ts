import type { GapKind } from '../contract/chain.js';
import type { BenefitClass, BenefitFilter } from '../contract/register.js';
import { NO_OWNER } from '../contract/register.js';
import { fractionOf, isDeclaredBetter, sumOf } from '../core/benefit-status.js';
import { dueOn } from '../core/due-values.js';
import type { Fraction } from '../core/exact-amounts.js';
import type { LifeRow, OutcomeRow } from './register.queries.js';
import type { BenefitStanding } from './standing.service.js';

/** One line of the register: how a benefit stands, its whole life, and what follows from both. Pure. */
export interface RegisterLine {
  readonly of: BenefitStanding;
  readonly life: LifeRow;
  readonly class: BenefitClass;
  readonly isDisbenefit: boolean;
  /** Null where no month has any, and where months are not added up: a mean and a latest value have no whole life. */
  readonly expected: Fraction | null;
  readonly isDeclaredOtherwise: boolean;
  readonly isDeclaredBetter: boolean;
  readonly due: { readonly month: string; readonly on: string; readonly isOverdue: boolean } | null;
  readonly outcomes: readonly OutcomeRow[];
  readonly gaps: readonly GapKind[] | null;
}

/** What a line is made of. */
export interface LineFacts {
  readonly outcomes: readonly OutcomeRow[];
  readonly gaps: readonly GapKind[] | null;
  readonly dueDay: number;
  /** The day by which what is due is judged, ISO. */
  readonly on: string;
}

const CLASSES: Record<string, BenefitClass> = {
  cashable: 'cashable',
  non_cashable: 'non_cashable',
  non_financial: 'non_financial',
};

export const lineOf = (of: BenefitStanding, life: LifeRow, facts: LineFacts): RegisterLine => {
  const { row, standing } = of;
  const how = row.money ? 'sum' : (row.aggregation ?? 'sum');
  const whole = life.lifePlanned ?? life.expected;
  const declared = row.declaredStatus;
  return {
    of,
    life,
    class: CLASSES[row.nature ?? ''] ?? 'unclassified',
    // Where lower is better, a fall below zero is no harm.
    isDisbenefit: (row.money || row.better !== 'lower') && whole !== null && whole.startsWith('-'),
    expected: how !== 'sum' || life.expected === null ? null : fractionOf(life.expected),
    isDeclaredOtherwise: declared !== null && declared !== standing.status,
    isDeclaredBetter: declared !== null && isDeclaredBetter(declared, standing.status),
    due: life.openMonth === null ? null : dueOf(life.openMonth, facts),
    outcomes: facts.outcomes,
    gaps: facts.gaps,
  };
};

const dueOf = (month: string, { dueDay, on }: LineFacts): RegisterLine['due'] => {
  const last = dueOn(month, dueDay);
  return { month, on: last, isOverdue: on > last };
};

/** The lines that a filter leaves. */
export const filtered = (lines: readonly RegisterLine[], filter: BenefitFilter): RegisterLine[] =>
  lines.filter((line) => passes(line, filter));

const passes = (line: RegisterLine, filter: BenefitFilter): boolean => {
  const { row, standing, evidenceLevel } = line.of;
  const words = filter.q?.toLowerCase() ?? '';
  return (
    (filter.class === undefined || isOfClass(line, filter.class)) &&
    (filter.effect === undefined || line.isDisbenefit) &&
    (filter.type === undefined || row.type === filter.type) &&
    (!filter.owner || (filter.owner === NO_OWNER ? row.owner === null : row.owner?.toLowerCase() === filter.owner)) &&
    (filter.status === undefined || standing.status === filter.status) &&
    (filter.declared === undefined ||
      (filter.declared === 'better' ? line.isDeclaredBetter : line.isDeclaredOtherwise)) &&
    (filter.evidence === undefined || evidenceLevel === Number(filter.evidence)) &&
    (filter.due === undefined || isDue(line, filter.due)) &&
    (filter.gap === undefined || (line.gaps?.includes(filter.gap) ?? false)) &&
    `${row.code} ${row.name}`.toLowerCase().includes(words)
  );
};

const isOfClass = (line: RegisterLine, wanted: NonNullable<BenefitFilter['class']>): boolean => {
  if (wanted === 'disbenefit') return line.isDisbenefit;
  if (wanted === 'financial') return line.of.row.money && (line.class === 'cashable' || line.class === 'non_cashable');
  return line.class === wanted;
};

const isDue = ({ due }: RegisterLine, wanted: NonNullable<BenefitFilter['due']>): boolean =>
  wanted === 'none' ? due === null : due !== null && due.isOverdue === (wanted === 'overdue');

/** What can be added up of a line, exact, in the reporting currency. */
export type SumKind = 'planned' | 'baseline' | 'realised' | 'expected';

export const amountOf = (line: RegisterLine, kind: SumKind): Fraction | null => {
  if (!line.of.row.money) return null;
  if (kind === 'expected') return line.expected;
  const text = line.of.row[kind];
  return text === null ? null : fractionOf(text);
};

/** Σ over the money benefits among the lines; null where none of them has such a value. Others are in units of their own, and never added. */
export const sumOfLines = (lines: readonly RegisterLine[], kind: SumKind): Fraction | null => {
  const known = lines.map((line) => amountOf(line, kind)).filter((amount) => amount !== null);
  return known.length === 0 ? null : sumOf(known);
};

/** Money benefits with a plan to date, and those of them with a realised value. */
export const measuredAmong = (lines: readonly RegisterLine[]): { due: number; measured: number } => {
  const due = lines.filter(({ of }) => of.row.money && of.standing.status !== 'not_due');
  return { due: due.length, measured: due.filter(({ of }) => of.standing.status !== 'unmeasured').length };
};

/** A filter as the traces of its figures name it; the same filter is the same text. */
export const amongText = (filter: BenefitFilter): string =>
  new URLSearchParams(
    Object.entries(filter)
      .filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ).toString();
