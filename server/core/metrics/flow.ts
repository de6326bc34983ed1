import { ZERO, type Fraction } from '../exact-amounts.js';
import { type Computed, counted, type Metric, type MetricInput, none, quotient, valued, whole } from './metric.js';

/** Work items in one period. Delivered: the run of done moves that ends an item's history, as it stood at the period's end, began in the period. */
export interface ItemFacts {
  readonly period: string;
  /** Items that moved before the period's end, in whatever period. */
  readonly seen: number;
  readonly delivered: number;
  /** Percentiles of days from first move to delivery, interpolated; null where nothing was delivered. */
  readonly cycleDays: { readonly median: number; readonly p85: number } | null;
  /** From first move to delivery, of items delivered; and of that in waiting stages. */
  readonly microseconds: bigint;
  readonly waitingMicroseconds: bigint;
  /** Changes of team up to delivery, of items delivered. */
  readonly handoffs: bigint;
  /** Distinct other items that the delivered depend on. */
  readonly dependencies: bigint;
  /** Delivered items that went back to an earlier position on their way. */
  readonly reworked: number;
  /** Delivered items that are no defects. */
  readonly nonDefects: number;
  /** Defects whose first move lies in the period. */
  readonly defects: number;
  /** Items that entered an active stage before the period's end and are neither done nor cancelled at it. */
  readonly inProgress: number;
}

/** Initiatives delivered in one period that have a planned and an actual end date. */
export interface InitiativeFacts {
  readonly period: string;
  readonly delivered: number;
  /** No later than planned. */
  readonly onTime: number;
}

const MICROSECONDS_A_DAY = 86_400_000_000n;
const days = (microseconds: bigint): Fraction => ({ n: microseconds, d: MICROSECONDS_A_DAY });
const SCOPES = { portfolio: true, unit: true };

const delivered = (items: number): MetricInput => counted('Items delivered', items, { id: 'flow.throughput' });
/** No item has been seen at all: then a count of 0 says nothing of how work flows. */
const isUnseen = ({ seen }: ItemFacts): boolean => seen === 0;

/** A mean over items delivered, of something counted on each. */
const meanOf = (sum: bigint, items: number, label: string): Computed =>
  items === 0
    ? none('no_records')
    : valued(quotient(whole(sum), whole(items)) ?? ZERO, items, {
        inputs: [counted(label, sum), delivered(items)],
      });

export const flowMetrics: readonly Metric[] = [
  {
    id: 'flow.cycle_time',
    name: 'Cycle time',
    question: 'How long does a piece of work take from its first move to delivery?',
    why: 'What takes long to deliver earns late, and ties up people and money until then.',
    unit: 'days',
    better: 'lower',
    distance: 3,
    formula: {
      text: 'The median number of elapsed days from the first move of a work item to its delivery, over the items delivered in the period. An item is delivered when its last moves before the end of the period put it in a done stage; the first of these moves is the day of delivery.',
      expression: 'median(delivered at − first moved at)',
      version: '1',
    },
    beside: { p85: { label: '85 of 100 items are delivered within', unit: 'days' } },
    fold: { of: 'median', a: 'cycle', b: null },
    scopes: SCOPES,
    needs: ['items'],
    compute: ({ items }, at) => {
      const { delivered: done, cycleDays } = items[at]!;
      if (cycleDays === null) return none('no_records', 0, { p85: null });
      return valued(cycleDays.median, done, { detail: { p85: cycleDays.p85 }, inputs: [delivered(done)] });
    },
  },
  {
    id: 'flow.waiting_share',
    name: 'Waiting share',
    question: 'How much of the time is work waiting rather than being worked on?',
    why: 'Most of a long cycle time is waiting. It is the part that can be shortened without anybody working faster.',
    unit: 'share',
    better: 'lower',
    distance: 3,
    formula: {
      text: 'The time that items delivered in the period spent in waiting stages, divided by their time from first move to delivery. Time in a stage runs to the next move.',
      expression: 'Σ time in waiting stages ÷ Σ (delivered at − first moved at)',
      version: '1',
    },
    fold: { of: 'ratio', a: 'waiting', b: 'cycle' },
    scopes: SCOPES,
    needs: ['items'],
    compute: ({ items }, at) => {
      const { delivered: done, waitingMicroseconds, microseconds } = items[at]!;
      if (done === 0) return none('no_records');
      const share = quotient(whole(waitingMicroseconds), whole(microseconds));
      if (share === null) return none('zero_denominator', done);
      return valued(share, done, {
        inputs: [
          { label: 'Days in waiting stages', value: days(waitingMicroseconds), unit: 'days' },
          { label: 'Days from first move to delivery', value: days(microseconds), unit: 'days' },
          delivered(done),
        ],
      });
    },
  },
  {
    id: 'flow.handoffs',
    name: 'Handoffs',
    question: 'How often does work change hands on its way?',
    why: 'Each handoff is a queue, and a chance to lose what was known.',
    unit: 'number',
    better: 'lower',
    distance: 3,
    formula: {
      text: 'The mean number of changes of team between consecutive moves up to delivery, over the items delivered in the period. Moves that name no team are skipped.',
      expression: 'Σ changes of team ÷ items delivered',
      version: '1',
    },
    fold: { of: 'mean', a: 'handoffs', b: null },
    scopes: SCOPES,
    needs: ['items'],
    compute: ({ items }, at) => meanOf(items[at]!.handoffs, items[at]!.delivered, 'Changes of team'),
  },
  {
    id: 'flow.dependencies',
    name: 'Dependencies',
    question: 'How entangled is our work?',
    why: 'An item that needs others to come first waits for the slowest of them.',
    unit: 'number',
    better: 'lower',
    distance: 3,
    formula: {
      text: 'The mean number of distinct other items that an item depends on, over the items delivered in the period.',
      expression: 'Σ items depended on ÷ items delivered',
      version: '1',
    },
    fold: { of: 'mean', a: 'dependencies', b: null },
    scopes: SCOPES,
    needs: ['items'],
    compute: ({ items }, at) => meanOf(items[at]!.dependencies, items[at]!.delivered, 'Items depended on'),
  },
  {
    id: 'flow.wip',
    name: 'Work in progress',
    question: 'How much have we started and not finished?',
    why: 'The more is under way at once, the longer each piece takes.',
    unit: 'count',
    better: 'lower',
    distance: 3,
    formula: {
      text: 'The number of work items that entered an active stage before the end of the period and are neither done nor cancelled at its end.',
      expression: 'count(items in progress at the end of the period)',
      version: '1',
    },
    fold: { of: 'count', a: null, b: null },
    scopes: SCOPES,
    needs: ['items'],
    compute: ({ items }, at) => {
      const { inProgress, delivered: done } = items[at]!;
      return valued(whole(inProgress), inProgress, {
        inputs: [counted('Items in progress at the end of the period', inProgress), delivered(done)],
        isBlank: isUnseen(items[at]!),
      });
    },
  },
  {
    id: 'flow.throughput',
    accumulates: true,
    name: 'Throughput',
    question: 'How much work do we finish?',
    why: 'With work in progress it says whether more is started than finished.',
    unit: 'count',
    better: 'higher',
    distance: 3,
    formula: {
      text: 'The number of work items delivered in the period.',
      expression: 'count(items delivered)',
      version: '1',
    },
    fold: { of: 'count', a: null, b: null },
    scopes: SCOPES,
    needs: ['items'],
    compute: ({ items }, at) => {
      const { inProgress, delivered: done } = items[at]!;
      return valued(whole(done), done, {
        inputs: [
          counted('Items delivered in the period', done),
          counted('Items in progress at its end', inProgress, { id: 'flow.wip' }),
        ],
        isBlank: isUnseen(items[at]!),
      });
    },
  },
  {
    id: 'flow.delivery_predictability',
    name: 'Delivery predictability',
    question: 'Do initiatives arrive when we said they would?',
    why: 'The business plans around the dates that IT states.',
    unit: 'share',
    better: 'higher',
    distance: 3,
    formula: {
      text: 'The initiatives delivered in the period no later than their planned end date, divided by all initiatives delivered in the period that have both a planned and an actual end date.',
      expression: 'delivered on time ÷ delivered with both dates',
      version: '1',
    },
    fold: { of: 'mean', a: 'on_time', b: null },
    scopes: SCOPES,
    needs: ['initiatives'],
    compute: ({ initiatives }, at) => {
      const { delivered: done, onTime } = initiatives[at]!;
      const share = quotient(whole(onTime), whole(done));
      if (share === null) return none('no_records');
      return valued(share, done, {
        inputs: [counted('Delivered on time', onTime), counted('Delivered with both dates', done)],
      });
    },
  },
];
