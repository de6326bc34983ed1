import { named } from '../../database/named.js';
import { asOfDay } from '../../http/as-of.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';
import { DECISIONS, decisionsOf } from '../decisions.queries.js';
import { pageOf, type RecordColumn, type RecordItem, type RecordSource, type RecordSources } from '../records.js';

/** A decision as it stands behind a metric: what is counted, as text. */
interface Row {
  code: string;
  name: string;
  raised: string | null;
  needed: string | null;
  decided: string | null;
  days: string | null;
  overdue: string | null;
  escalations: string;
  intended: string | null;
  level: string | null;
  atIntended: string | null;
  reopened: string;
  wasReopened: string;
  involved: string | null;
  before: string | null;
}

/** One row is one decision of the scope that was decided in the period, or was open past its date at its end; $5 time zone, $6 the period's last day, or today. */
const rowsWhere = (condition: string): string => `
  with decision as (${DECISIONS})
  select code, name, to_char(raised_at at time zone $5, 'YYYY-MM-DD') as raised, to_char(needed_by, 'YYYY-MM-DD') as needed,
    to_char(decided_at at time zone $5, 'YYYY-MM-DD') as decided, days::text, ($6::date - needed_by)::text as overdue, escalations::text,
    intended_level::text as intended, decided_level::text as level, (decided_level = intended_level)::int::text as "atIntended",
    reopened::text, (reopened > 0)::int::text as "wasReopened", it_involved as involved, (it_involved = 'before')::int::text as before
  from decision where ${condition}
  order by coalesce(decided_at, raised_at), code collate "C"`;

const COLUMNS = {
  raised: ['Raised', 'date'],
  needed: ['Needed by', 'date'],
  decided: ['Decided', 'date'],
  days: ['Days to decide', 'days'],
  overdue: ['Days past its date', 'days'],
  escalations: ['Escalations', 'count'],
  intended: ['Intended level', 'count'],
  level: ['Decided level', 'count'],
  atIntended: ['At the intended level', 'flag'],
  reopened: ['Times reopened', 'count'],
  wasReopened: ['Was reopened', 'flag'],
  involved: ['IT was involved', 'text'],
  before: ['Involved before', 'flag'],
} as const satisfies Partial<Record<keyof Row, readonly [string, RecordColumn['unit']]>>;
type Column = keyof typeof COLUMNS;

/** Records of one metric: which decisions, and what is shown of each. */
const source = (name: string, condition: string, columns: readonly Column[]): RecordSource => {
  const text = rowsWhere(condition);
  return {
    columns: columns.map((id) => ({ id, label: COLUMNS[id][0], unit: COLUMNS[id][1] })),
    read: async (manager, reading, [, asked], page) => {
      const rows = await named<Row>(manager, `records of ${name}`, text, valuesOf(reading, asked));
      const items = rows.map((row): RecordItem => ({
        type: 'decision',
        code: row.code,
        name: row.name,
        cells: columns.map((column) => row[column]),
      }));
      return pageOf(items, page);
    },
  };
};

const valuesOf = (reading: Reading, asked: Bounds): unknown[] => [
  ...decisionsOf(reading, [asked]),
  reading.timeZone,
  asOfDay({ end: asked.end, today: reading.today }),
];

export const decisionRecords: RecordSources = {
  'decision.time_to_decide': source('time to decide', `decided_in = 1 and kind = 'priority' and days is not null`, [
    'raised',
    'decided',
    'days',
  ]),
  'decision.escalation_levels': source('escalation levels', 'decided_in = 1', ['decided', 'escalations']),
  'decision.at_intended_level_share': source(
    'decided at the intended level',
    'decided_in = 1 and intended_level is not null and decided_level is not null',
    ['decided', 'intended', 'level', 'atIntended'],
  ),
  'decision.overdue_open': source('overdue decisions', '1 between late_from and late_to', [
    'raised',
    'needed',
    'overdue',
  ]),
  'decision.reopened_share': source('reopened decisions', 'decided_in = 1', ['decided', 'reopened', 'wasReopened']),
  'stakeholder.strategic_involvement': source(
    'strategic involvement',
    `decided_in = 1 and kind = 'strategic' and it_involved is not null`,
    ['decided', 'involved', 'before'],
  ),
};
