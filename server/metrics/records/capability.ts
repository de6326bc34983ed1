import type { EntityManager } from 'typeorm';
import { named } from '../../database/named.js';
import type { Reading } from '../../http/reading.js';
import type { Bounds } from '../bounds.js';
import { ASSESSED_LEVELS, COUNTED_COMPETENCIES } from '../facts/capabilities.js';
import { pageOf, type RecordSource, type RecordSources } from '../records.js';
import { skillsRecords } from './skills.js';

/** One row is one strategic capability with its latest assessment before the period's end ($2). */
const LEVELS = `
  select a.code, a.name, a.assessed_on::text as "assessedOn", a.assessor_email as assessor, a.level::text as level,
    a.target_maturity::text as target, greatest(0, a.target_maturity - a.level)::text as gap
  from (${ASSESSED_LEVELS}) a
  where a.strategic and a.assessed_on < $2::date and (a.until is null or a.until >= $2::date)
  order by lower(a.code)`;

interface LevelRow {
  code: string;
  name: string;
  assessedOn: string;
  assessor: string | null;
  level: string;
  target: string | null;
  gap: string | null;
}

const levelsAt = (manager: EntityManager, { scope }: Reading, { end }: Bounds): Promise<LevelRow[]> =>
  named<LevelRow>(manager, 'latest levels behind a metric', LEVELS, [scope.unitIds, end]);

const ASSESSED = [
  { id: 'assessedOn', label: 'Assessed on', unit: 'date' },
  { id: 'assessor', label: 'Assessed by', unit: 'text' },
] as const;

const maturityRecords: RecordSource = {
  columns: [...ASSESSED, { id: 'level', label: 'Level', unit: 'level' }],
  read: async (manager, reading, [, asked], page) =>
    pageOf(
      (await levelsAt(manager, reading, asked)).map(({ code, name, assessedOn, assessor, level }) => ({
        type: 'capability',
        code,
        name,
        cells: [assessedOn, assessor, level],
      })),
      page,
    ),
};

const gapRecords: RecordSource = {
  columns: [
    ...ASSESSED,
    { id: 'level', label: 'Level', unit: 'level' },
    { id: 'target', label: 'Target', unit: 'level' },
    { id: 'gap', label: 'Missing', unit: 'level' },
  ],
  read: async (manager, reading, [, asked], page) =>
    pageOf(
      (await levelsAt(manager, reading, asked))
        .filter(({ target }) => target !== null)
        .map(({ code, name, assessedOn, assessor, level, target, gap }) => ({
          type: 'capability',
          code,
          name,
          cells: [assessedOn, assessor, level, target, gap],
        })),
      page,
    ),
};

/** One row is one competency by its latest count before the period's end ($2). */
const COMPETENCIES = `
  select t.code, t.name, t.capability_code as capability, t.as_of::text as "asOf", t.filled_fte::text as filled, t.required_fte::text as required
  from (${COUNTED_COMPETENCIES}) t
  where t.as_of < $2::date and (t.until is null or t.until >= $2::date)
  order by lower(t.code)`;

interface CompetencyRow {
  code: string;
  name: string;
  capability: string | null;
  asOf: string;
  filled: string;
  required: string;
}

const coverageRecords: RecordSource = {
  columns: [
    { id: 'capability', label: 'Capability', unit: 'text' },
    { id: 'asOf', label: 'Counted on', unit: 'date' },
    { id: 'filled', label: 'Available, up to the need', unit: 'number' },
    { id: 'required', label: 'Required', unit: 'number' },
  ],
  async read(manager, { scope }, [, { end }], page) {
    const rows = await named<CompetencyRow>(manager, 'competencies behind a metric', COMPETENCIES, [
      scope.unitIds,
      end,
    ]);
    return pageOf(
      rows.map(({ code, name, capability, asOf, filled, required }) => ({
        type: 'competency',
        code,
        name,
        cells: [capability, asOf, filled, required],
      })),
      page,
    );
  },
};

/** The records behind the metrics of this family; those of skills are costs, and stand with the money. */
export const capabilityRecords: RecordSources = {
  'capability.skills_investment': skillsRecords,
  'capability.strategic_maturity': maturityRecords,
  'capability.maturity_gap': gapRecords,
  'capability.competency_coverage': coverageRecords,
};
