import type { EntityManager } from 'typeorm';
import { named } from '../../database/named.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';
import { readDefects, readDelivered } from '../items.queries.js';
import { pageOf, type RecordSource, type RecordSources } from '../records.js';
import { SERVICE_MONTHS } from '../services.queries.js';
import { deliveredRecords, itemRecord } from './flow.js';

const COLUMNS = {
  downtime: { id: 'downtime', label: 'Downtime', unit: 'minutes', column: 'downtime_minutes' },
  agreed: { id: 'agreed', label: 'Agreed', unit: 'minutes', column: 'agreed_minutes' },
  within: { id: 'within', label: 'Within target', unit: 'count', column: 'requests_within_target' },
  requests: { id: 'requests', label: 'Requests', unit: 'count', column: 'requests' },
  failed: { id: 'failed', label: 'Failed changes', unit: 'count', column: 'failed_changes' },
  changes: { id: 'changes', label: 'Changes', unit: 'count', column: 'changes' },
  incidents: { id: 'incidents', label: 'Incidents', unit: 'count', column: 'incidents' },
} as const;
type Column = (typeof COLUMNS)[keyof typeof COLUMNS];

interface MonthRow {
  code: string;
  name: string;
  month: string;
  [column: string]: string;
}

/** One row is a month of a service of the scope, between two days. */
const MONTHS = `
  select s.code, s.name, to_char(m.month, 'YYYY-MM') as month, ${Object.values(COLUMNS)
    .map(({ id, column }) => `m.${column}::text as ${id}`)
    .join(', ')}
  ${SERVICE_MONTHS} and m.month >= $2::date and m.month < $3::date order by s.code, m.month`;

const monthsOf = (manager: EntityManager, { scope }: Reading, { start, end }: Bounds): Promise<MonthRow[]> =>
  named<MonthRow>(manager, 'service months behind quality', MONTHS, [scope.unitIds, start, end]);

/** Service months of the period that state all of these columns. */
const serviceMonths = (...columns: readonly Column[]): RecordSource => ({
  columns: [
    { id: 'month', label: 'Month', unit: 'text' },
    ...columns.map(({ id, label, unit }) => ({ id, label, unit })),
  ],
  read: async (manager, reading, [, asked], page) => {
    const rows = (await monthsOf(manager, reading, asked)).filter((row) => columns.every(({ id }) => row[id] !== null));
    return pageOf(
      rows.map((row) => ({
        type: 'service',
        code: row.code,
        name: row.name,
        cells: [row.month, ...columns.map(({ id }) => row[id]!)],
      })),
      page,
    );
  },
});

/** The records behind the metrics of this family. */
export const qualityRecords: RecordSources = {
  'quality.availability': serviceMonths(COLUMNS.downtime, COLUMNS.agreed),
  'quality.performance_attainment': serviceMonths(COLUMNS.within, COLUMNS.requests),
  'quality.change_failure_rate': serviceMonths(COLUMNS.failed, COLUMNS.changes),
  'quality.incidents_per_service_month': serviceMonths(COLUMNS.incidents),
  'quality.rework_share': deliveredRecords([{ id: 'reworked', label: 'Went back', unit: 'flag' }], ({ isReworked }) => [
    isReworked ? '1' : '0',
  ]),
  'quality.defect_rate': {
    columns: [
      { id: 'defect', label: 'Defect found', unit: 'flag' },
      { id: 'delivered', label: 'Delivered', unit: 'flag' },
    ],
    read: async (manager, reading, [, asked], page) => {
      const defects = await readDefects(manager, reading, [asked]);
      const delivered = await readDelivered(manager, reading, [asked]);
      return pageOf(
        [
          ...defects.map((item) => itemRecord(item, ['1', '0'])),
          ...delivered.filter(({ type }) => type !== 'defect').map((item) => itemRecord(item, ['0', '1'])),
        ],
        page,
      );
    },
  },
};
