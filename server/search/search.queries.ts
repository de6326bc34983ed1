import type { Condition } from '../access/scope.js';
import type { FOUND_TYPES } from '../contract/search.js';

export type FoundType = (typeof FOUND_TYPES)[number];

/** The table of each type of record, and the column that people read as its name. */
const TABLES: Record<Exclude<FoundType, 'metric'>, { table: string; name: string }> = {
  investment: { table: 'investments', name: 'name' },
  initiative: { table: 'initiatives', name: 'name' },
  capability: { table: 'capabilities', name: 'name' },
  outcome: { table: 'outcomes', name: 'name' },
  benefit: { table: 'benefits', name: 'name' },
  decision: { table: 'decisions', name: 'title' },
  service: { table: 'services', name: 'name' },
  indicator: { table: 'indicators', name: 'name' },
};

/** A type whose records the reader may see, and which of them. */
export interface Readable {
  readonly type: Exclude<FoundType, 'metric'>;
  readonly condition: Condition;
}

/** A metric of the catalogue that the reader may see. */
export interface Listed {
  readonly id: string;
  readonly name: string;
}

export interface FoundRow {
  type: FoundType;
  code: string;
  name: string;
  total: number;
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
const escapeRegex = (text: string): string => text.replace(/[^\p{L}\p{N}\s]/gu, '\\$&');

/**
 * One row is one record that is not archived, or one metric, and holds every word in its code or name, with the count of all such records; best first: the code
 * itself, then codes, names and words of names that begin with the text, then what holds it as a whole, then what holds its words.
 */
export const searchSql = (readable: readonly Readable[], metrics: readonly Listed[], text: string, limit: number) => {
  const phrase = text.replace(/\s+/g, ' ');
  const values: unknown[] = [
    phrase.toLowerCase(),
    `${escapeLike(phrase)}%`,
    `\\m${escapeRegex(phrase)}`,
    `%${escapeLike(phrase)}%`,
    phrase.split(' ').map((word) => `%${escapeLike(word)}%`),
    limit,
    metrics.map(({ id }) => id),
    metrics.map(({ name }) => name),
  ];
  const parts = readable.map(({ type, condition }, layer) => {
    const scope = condition.text(values.length + 1);
    values.push(...condition.values);
    const { table, name } = TABLES[type];
    return `select '${type}'::text as type, ${layer} as layer, t.code, coalesce(t.${name}, t.code) as name from ${table} t
      where t.archived_at is null and ${scope} and (t.code || ' ' || coalesce(t.${name}, '')) ilike all ($5::text[])`;
  });
  parts.push(`select 'metric', ${readable.length}, t.code, t.name from unnest($7::text[], $8::text[]) t (code, name)
      where t.code = $1 or t.name ilike all ($5::text[])`);
  const sql = `
    select type, code, name, count(*) over ()::int as total from (${parts.join(' union all ')}) found
    order by case
        when lower(code) = $1 then 0
        when code ilike $2 then 1
        when name ilike $2 then 2
        when name ~* $3 then 3
        when code ilike $4 or name ilike $4 then 4
        else 5 end,
      layer, length(code), lower(code) limit $6`;
  return { sql, values };
};
