import type { DataSource, EntityManager } from 'typeorm';
import type { ScenarioChange } from '../contract/scenario-words.js';
import { isoInstant } from '../database/instant.js';
import { named } from '../database/named.js';

/** One row is one scenario that is not archived and that the reader may see: an own one, or one that its owner shares. */
export interface ScenarioRow {
  id: string;
  version: number;
  name: string;
  note: string | null;
  shared: boolean;
  owner: string;
  userId: string;
  changes: ScenarioChange[];
  createdAt: string;
  updatedAt: string;
}

const COLUMNS = `s.id, s.version, s.name, s.note, s.shared, s.owner_email as owner, s.user_id as "userId", s.changes,
  ${isoInstant('s.created_at')} as "createdAt",
  ${isoInstant('s.updated_at')} as "updatedAt"`;
/** $1 the reader. */
const VISIBLE = `s.archived_at is null and (s.user_id = $1 or s.shared)`;

const ONE = `select ${COLUMNS} from scenarios s where ${VISIBLE} and s.id = $2`;
const FOUND = `from scenarios s where ${VISIBLE} and ($2::text is null or s.name ilike $2)
  and ($3::text is null or (s.user_id = $1) = ($3 = 'mine'))`;
const COUNT = `select count(*)::int as total ${FOUND}`;
const PAGE = `select ${COLUMNS} ${FOUND} order by s.updated_at desc, s.id limit $4 offset $5`;

export const scenarioById = async (
  on: DataSource | EntityManager,
  userId: string,
  id: string,
): Promise<ScenarioRow | null> => (await named<ScenarioRow>(on, 'one scenario', ONE, [userId, id]))[0] ?? null;

/** One page, the last changed first. */
export const scenarioPage = async (
  on: DataSource | EntityManager,
  userId: string,
  asked: { q: string | undefined; whose: 'mine' | 'others' | undefined; limit: number; offset: number },
): Promise<{ rows: ScenarioRow[]; total: number }> => {
  const pattern = asked.q ? `%${asked.q.replace(/[\\%_]/g, '\\$&')}%` : null;
  const found = [userId, pattern, asked.whose ?? null];
  const [count] = await named<{ total: number }>(on, 'number of scenarios', COUNT, found);
  const rows = await named<ScenarioRow>(on, 'scenarios', PAGE, [...found, asked.limit, asked.offset]);
  return { rows, total: count!.total };
};

/** Which of the changed records live; one entry is `type:code`, the code in lower case. */
export const livingCodes = async (
  on: EntityManager,
  changes: readonly ScenarioChange[],
): Promise<ReadonlySet<string>> => {
  const rows = await named<{ key: string }>(
    on,
    'codes of scenarios',
    `select 'investment:' || lower(code) as key from investments where archived_at is null and lower(code) = any ($1::text[])
     union all select 'initiative:' || lower(code) from initiatives where archived_at is null and lower(code) = any ($1::text[])`,
    [changes.map(({ code }) => code.toLowerCase())],
  );
  return new Set(rows.map(({ key }) => key));
};
