import { minus } from '../exact-amounts.js';
import type { MetricFacts } from './facts.js';
import { type Computed, counted, type Metric, none, quotient, valued, whole } from './metric.js';

/** How services ran in one period. A month counts in a figure only where it states what the figure needs. */
export interface ServiceFacts {
  readonly period: string;
  readonly availability: {
    readonly months: number;
    readonly downtimeMinutes: bigint;
    readonly agreedMinutes: bigint;
  };
  readonly performance: { readonly months: number; readonly withinTarget: bigint; readonly requests: bigint };
  readonly changes: { readonly months: number; readonly failed: bigint; readonly changes: bigint };
  readonly incidents: { readonly months: number; readonly incidents: bigint };
}

const OF_ITEMS = { portfolio: true, unit: true };
/** A service belongs to an org unit, and to no portfolio. */
const OF_SERVICES = { portfolio: false, unit: true };

interface Part {
  readonly label: string;
  readonly amount: bigint;
}

/** Σ a ÷ Σ b over service months, or 1 less that. */
const shareOf = (months: number, a: Part, b: Part, isComplement = false): Computed => {
  if (months === 0) return none('no_records');
  const share = quotient(whole(a.amount), whole(b.amount));
  if (share === null) return none('zero_denominator', months);
  return valued(isComplement ? minus(whole(1), share) : share, months, {
    inputs: [counted(a.label, a.amount), counted(b.label, b.amount), counted('Service months that state both', months)],
  });
};

/** A metric of service months: it can be worked out for each service alone, too. */
export interface ServiceMetric extends Metric {
  readonly compute: (facts: Pick<MetricFacts, 'services'>, at: number) => Computed;
}

export const serviceMetrics: readonly ServiceMetric[] = [
  {
    id: 'quality.availability',
    name: 'Availability',
    question: 'Are our services there when the business needs them?',
    why: 'While a service is down, the business that rests on it stands still.',
    unit: 'share',
    better: 'higher',
    distance: 3,
    formula: {
      text: 'One less the minutes of downtime divided by the agreed minutes, over the service months in the period that state both.',
      expression: '1 − Σ downtime ÷ Σ agreed minutes',
      version: '1',
    },
    fold: { of: 'complement', a: 'downtime', b: 'agreed' },
    scopes: OF_SERVICES,
    needs: ['services'],
    compute: ({ services }, at) => {
      const { months, downtimeMinutes, agreedMinutes } = services[at]!.availability;
      return shareOf(
        months,
        { label: 'Minutes of downtime', amount: downtimeMinutes },
        { label: 'Agreed minutes', amount: agreedMinutes },
        true,
      );
    },
  },
  {
    id: 'quality.performance_attainment',
    name: 'Performance attainment',
    question: 'Do our services answer as fast as was agreed?',
    why: 'A slow service costs its users time on every request, and no outage report shows it.',
    unit: 'share',
    better: 'higher',
    distance: 3,
    formula: {
      text: 'The requests answered within the target divided by all requests, over the service months in the period that state both.',
      expression: 'Σ requests within target ÷ Σ requests',
      version: '1',
    },
    fold: { of: 'ratio', a: 'within', b: 'requests' },
    scopes: OF_SERVICES,
    needs: ['services'],
    compute: ({ services }, at) => {
      const { months, withinTarget, requests } = services[at]!.performance;
      return shareOf(
        months,
        { label: 'Requests within target', amount: withinTarget },
        { label: 'Requests', amount: requests },
      );
    },
  },
  {
    id: 'quality.change_failure_rate',
    name: 'Change failure rate',
    question: 'How often do our changes break something?',
    why: 'A failed change is an outage that we made ourselves.',
    unit: 'share',
    better: 'lower',
    distance: 3,
    formula: {
      text: 'The failed changes divided by all changes, over the service months in the period that state both.',
      expression: 'Σ failed changes ÷ Σ changes',
      version: '1',
    },
    fold: { of: 'ratio', a: 'failed', b: 'changes' },
    scopes: OF_SERVICES,
    needs: ['services'],
    compute: ({ services }, at) => {
      const { months, failed, changes } = services[at]!.changes;
      return shareOf(months, { label: 'Failed changes', amount: failed }, { label: 'Changes', amount: changes });
    },
  },
  {
    id: 'quality.incidents_per_service_month',
    name: 'Incidents per service month',
    question: 'How often is the business disturbed?',
    why: 'Each incident takes people away from their work, on both sides.',
    unit: 'number',
    better: 'lower',
    distance: 3,
    formula: {
      text: 'The mean number of incidents over the service months in the period that state them.',
      expression: 'Σ incidents ÷ service months',
      version: '1',
    },
    fold: { of: 'mean', a: 'incidents', b: null },
    scopes: OF_SERVICES,
    needs: ['services'],
    compute: ({ services }, at) => {
      const { months, incidents } = services[at]!.incidents;
      const mean = quotient(whole(incidents), whole(months));
      if (mean === null) return none('no_records');
      return valued(mean, months, {
        inputs: [counted('Incidents', incidents), counted('Service months that state them', months)],
      });
    },
  },
];

const itemMetrics: readonly Metric[] = [
  {
    id: 'quality.defect_rate',
    name: 'Defect rate',
    question: 'How many defects come with what we deliver?',
    why: 'A defect is work that was paid for once and has to be paid for again.',
    unit: 'number',
    better: 'lower',
    distance: 3,
    formula: {
      text: 'The defects whose first move lies in the period, for each item delivered in the period that is no defect.',
      expression: 'defects found ÷ items delivered that are no defects',
      version: '1',
    },
    fold: { of: 'ratio', a: 'defect', b: 'delivered' },
    scopes: OF_ITEMS,
    needs: ['items'],
    compute: ({ items }, at) => {
      const { defects, nonDefects } = items[at]!;
      const rate = quotient(whole(defects), whole(nonDefects));
      if (rate === null) return none(defects === 0 ? 'no_records' : 'zero_denominator');
      return valued(rate, nonDefects, {
        inputs: [
          counted('Defects first moved in the period', defects),
          counted('Items delivered that are no defects', nonDefects),
        ],
      });
    },
  },
  {
    id: 'quality.rework_share',
    name: 'Rework share',
    question: 'How often does work have to go back?',
    why: 'Work that goes back was handed on before it was finished, or asked for before it was understood.',
    unit: 'share',
    better: 'lower',
    distance: 3,
    formula: {
      text: 'The items delivered in the period that moved back to a stage of an earlier position at least once up to delivery, divided by all items delivered in the period. Moves between stages of one position are no rework.',
      expression: 'items delivered that went back ÷ items delivered',
      version: '1',
    },
    fold: { of: 'mean', a: 'reworked', b: null },
    scopes: OF_ITEMS,
    needs: ['items'],
    compute: ({ items }, at) => {
      const { reworked, delivered } = items[at]!;
      const share = quotient(whole(reworked), whole(delivered));
      if (share === null) return none('no_records');
      return valued(share, delivered, {
        inputs: [
          counted('Items that went back', reworked),
          counted('Items delivered', delivered, { id: 'flow.throughput' }),
        ],
      });
    },
  },
];

export const qualityMetrics: readonly Metric[] = [...serviceMetrics, ...itemMetrics];
