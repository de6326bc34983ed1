import type { EntityManager } from 'typeorm';
import { localDate } from '../../core/period.js';
import { named } from '../../database/named.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';
import { DELIVERED_INITIATIVES } from '../facts/initiatives.js';
import { type DeliveredItem, readDelivered, readInProgress } from '../items.queries.js';
import { pageOf, type RecordColumn, type RecordItem, type RecordSource, type RecordSources } from '../records.js';

const WHEN: readonly RecordColumn[] = [
  { id: 'first', label: 'First move', unit: 'date' },
  { id: 'delivered', label: 'Delivered', unit: 'date' },
];

/** Items delivered in the period, with the days of both ends and what is asked of each. */
export const deliveredRecords = (
  columns: readonly RecordColumn[],
  cells: (item: DeliveredItem) => (string | null)[],
): RecordSource => ({
  columns: [...WHEN, ...columns],
  read: async (manager, reading, [, asked], page) => {
    const items = await readDelivered(manager, reading, [asked]);
    return pageOf(
      items.map((item) => itemRecord(item, [...whenOf(item, reading), ...cells(item)])),
      page,
    );
  },
});

export const itemRecord = (item: { code: string; title: string }, cells: (string | null)[]): RecordItem => ({
  type: 'work_item',
  code: item.code,
  name: item.title,
  cells,
});

const whenOf = ({ firstAt, deliveredAt }: DeliveredItem, { timeZone }: Reading): string[] => [
  localDate(firstAt, timeZone),
  localDate(deliveredAt, timeZone),
];

const CYCLE: RecordColumn = { id: 'cycle', label: 'Cycle time', unit: 'days' };

interface InitiativeRow {
  code: string;
  name: string;
  planned_end: string;
  ended: string;
  is_on_time: boolean;
}

/** One row is one initiative delivered in the period. */
const INITIATIVES = `
  select n.code, n.name, n.planned_end_date::text as planned_end, n.end_date::text as ended, n.end_date <= n.planned_end_date as is_on_time
  ${DELIVERED_INITIATIVES} and n.end_date >= $3::date and n.end_date < $4::date order by n.end_date, n.code`;

const initiativesOf = (manager: EntityManager, { scope }: Reading, { start, end }: Bounds): Promise<InitiativeRow[]> =>
  named<InitiativeRow>(manager, 'initiatives behind predictability', INITIATIVES, [
    scope.portfolioId,
    scope.unitIds,
    start,
    end,
  ]);

/** The records behind the metrics of this family. */
export const flowRecords: RecordSources = {
  'flow.cycle_time': deliveredRecords([CYCLE], ({ cycleDays }) => [cycleDays]),
  'flow.waiting_share': deliveredRecords(
    [{ id: 'waiting', label: 'In waiting stages', unit: 'days' }, CYCLE],
    ({ waitingDays, cycleDays }) => [waitingDays, cycleDays],
  ),
  'flow.handoffs': deliveredRecords([{ id: 'handoffs', label: 'Handoffs', unit: 'count' }], ({ handoffs }) => [
    String(handoffs),
  ]),
  'flow.dependencies': deliveredRecords(
    [{ id: 'dependencies', label: 'Depends on', unit: 'count' }],
    ({ dependencies }) => [String(dependencies)],
  ),
  'flow.throughput': deliveredRecords([], () => []),
  'flow.wip': {
    columns: [
      { id: 'stage', label: 'Stage', unit: 'text' },
      { id: 'first', label: 'First move', unit: 'date' },
      { id: 'moved', label: 'Last move', unit: 'date' },
      { id: 'age', label: 'Age', unit: 'days' },
    ],
    read: async (manager, reading, [, asked], page) => {
      const items = await readInProgress(manager, reading, asked.endsAt);
      return pageOf(
        items.map((item) =>
          itemRecord(item, [
            item.stageName,
            localDate(item.firstAt, reading.timeZone),
            localDate(item.movedAt, reading.timeZone),
            item.ageDays,
          ]),
        ),
        page,
      );
    },
  },
  'flow.delivery_predictability': {
    columns: [
      { id: 'planned_end', label: 'Planned end', unit: 'date' },
      { id: 'ended', label: 'Ended', unit: 'date' },
      { id: 'on_time', label: 'On time', unit: 'flag' },
    ],
    read: async (manager, reading, [, asked], page) => {
      const rows = await initiativesOf(manager, reading, asked);
      return pageOf(
        rows.map(({ code, name, planned_end, ended, is_on_time }) => ({
          type: 'initiative',
          code,
          name,
          cells: [planned_end, ended, is_on_time ? '1' : '0'],
        })),
        page,
      );
    },
  },
};
