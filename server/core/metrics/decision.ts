import { type Computed, counted, type Metric, none, valued, whole } from './metric.js';

/** Facts of one period: decisions of the scope that are known at its end. Days are elapsed days; null where nothing was decided. */
export interface DecisionFacts {
  readonly period: string;
  /** Raised or decided before the end of the period, in whatever period. */
  readonly seen: number;
  /** Decided in the period. */
  readonly decided: number;
  /** Those of kind priority with the instants at which they were raised and decided, and what their days come to. */
  readonly priorities: number;
  readonly priorityMedianDays: number | null;
  readonly priorityP85Days: number | null;
  /** Median over all kinds. */
  readonly medianDays: number | null;
  /** Of the decided ones, all up to the end of the period. */
  readonly escalations: number;
  /** Decided ones that state the intended and the actual level; at that level, and above it. */
  readonly bothLevels: number;
  readonly atIntended: number;
  readonly aboveIntended: number;
  /** Decided ones that were reopened at least once before. */
  readonly reopened: number;
  /** Raised and needed before the end of the period, and not decided by then. */
  readonly overdueOpen: number;
  /** Decided ones of kind strategic that state when IT was involved, and those that involved it before. */
  readonly strategic: number;
  readonly involvedBefore: number;
}

/** A part of what was decided: exact; not known where the whole is empty. `labels`: of the part, and of the whole. */
export const partOf = (part: number, of: number, [partLabel, wholeLabel]: readonly [string, string]): Computed =>
  of === 0
    ? none('no_records')
    : valued({ n: BigInt(part), d: BigInt(of) }, of, { inputs: [counted(partLabel, part), counted(wholeLabel, of)] });
const DECIDED = 'Decisions decided in the period';

const everywhere = { portfolio: true, unit: true } as const;
const needs = ['decisions'] as const;

export const decisionMetrics: readonly Metric[] = [
  {
    id: 'decision.time_to_decide',
    name: 'Time to decide',
    question: 'How long does a priority decision take?',
    why: 'Work waits while a question is open; each day of waiting delays the value behind it.',
    unit: 'days',
    better: 'lower',
    distance: 4,
    formula: {
      text: 'Median of the days from the moment a decision was raised to the moment it was decided, over the priority decisions that were decided in the period.',
      expression: 'median(decided − raised), kind = priority, decided in P',
      version: '1',
    },
    beside: {
      p85: { label: '85 of 100 are decided within', unit: 'days' },
      allKinds: { label: 'Median of decisions of all kinds', unit: 'days' },
    },
    fold: { of: 'median', a: 'days', b: null },
    scopes: everywhere,
    needs,
    compute: ({ decisions }, at) => {
      const { decided, priorities, priorityMedianDays, priorityP85Days, medianDays } = decisions[at]!;
      const detail = { p85: priorityP85Days, allKinds: medianDays };
      return priorityMedianDays === null
        ? none('no_records', priorities, detail)
        : valued(priorityMedianDays, priorities, {
            detail,
            inputs: [counted('Priority decisions decided in the period', priorities), counted(DECIDED, decided)],
          });
    },
  },
  {
    id: 'decision.escalation_levels',
    name: 'Escalations per decision',
    question: 'How often does a decision have to be carried upwards?',
    why: 'Each escalation says that the forum that was asked had no mandate, or did not use it.',
    unit: 'number',
    better: 'lower',
    distance: 4,
    formula: {
      text: 'Escalations of the decisions that were decided in the period, divided by the number of these decisions.',
      expression: 'Σ escalations ÷ decisions, decided in P',
      version: '1',
    },
    fold: { of: 'mean', a: 'escalations', b: null },
    scopes: everywhere,
    needs,
    compute: ({ decisions }, at) =>
      partOf(decisions[at]!.escalations, decisions[at]!.decided, ['Their escalations', DECIDED]),
  },
  {
    id: 'decision.at_intended_level_share',
    name: 'Decided at the intended level',
    question: 'Are decisions taken where they belong?',
    why: 'A decision taken above its level takes the time of those who should decide other things.',
    unit: 'share',
    better: 'higher',
    distance: 4,
    formula: {
      text: 'Decisions decided in the period at the level that was intended for them, divided by those decided in the period that state both levels.',
      expression: '|decided level = intended level| ÷ |both levels stated|, decided in P',
      version: '1',
    },
    beside: { above: { label: 'Decided above the intended level', unit: 'share' } },
    fold: { of: 'mean', a: 'atIntended', b: null },
    scopes: everywhere,
    needs,
    compute: ({ decisions }, at) => {
      const { atIntended, aboveIntended, bothLevels } = decisions[at]!;
      const both = 'Decided with both levels stated';
      return {
        ...partOf(atIntended, bothLevels, ['Decided at the intended level', both]),
        detail: { above: partOf(aboveIntended, bothLevels, ['Decided above it', both]).value },
      };
    },
  },
  {
    id: 'decision.overdue_open',
    name: 'Open past their date',
    question: 'Which decisions are late today?',
    why: 'A decision that is late holds up everything that waits for it.',
    unit: 'count',
    better: 'lower',
    distance: 4,
    formula: {
      text: 'Number of decisions that were raised and needed before the end of the period and were not decided by then.',
      expression: '|raised < e, needed by < e, not decided before e|',
      version: '1',
    },
    fold: { of: 'count', a: null, b: null },
    scopes: everywhere,
    needs,
    compute: ({ decisions }, at) => {
      const { seen, decided, overdueOpen } = decisions[at]!;
      return valued(whole(overdueOpen), overdueOpen, {
        inputs: [counted('Open past their date at the end of the period', overdueOpen), counted(DECIDED, decided)],
        isBlank: seen === 0,
      });
    },
  },
  {
    id: 'decision.reopened_share',
    name: 'Reopened before they stood',
    question: 'Do decisions stick?',
    why: 'A decision that is opened again costs its time twice, and teaches people to wait for the next one.',
    unit: 'share',
    better: 'lower',
    distance: 4,
    formula: {
      text: 'Decisions decided in the period that had been reopened at least once before, divided by all decisions decided in the period.',
      expression: '|reopened ≥ 1| ÷ |decisions|, decided in P',
      version: '1',
    },
    fold: { of: 'mean', a: 'wasReopened', b: null },
    scopes: everywhere,
    needs,
    compute: ({ decisions }, at) =>
      partOf(decisions[at]!.reopened, decisions[at]!.decided, ['Reopened before they were decided', DECIDED]),
  },
];
