import type { Condition } from '../access/scope.js';
import type { Layer, LAYERS } from '../contract/chain.js';

const TABLES: Record<Layer, string> = {
  investment: 'investments',
  initiative: 'initiatives',
  capability: 'capabilities',
  outcome: 'outcomes',
  benefit: 'benefits',
};

/** A type whose records the reader may see, and which of them. */
export interface Readable {
  readonly type: (typeof LAYERS)[number];
  readonly condition: Condition;
}

export interface FoundRow {
  type: Layer;
  code: string;
  name: string;
  total: number;
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
const escapeRegex = (text: string): string => text.replace(/[^\p{L}\p{N}\s]/gu, '\\$&');

/**
 * One row is one record that is not archived and holds every word in its code or name, with the count of all such records; best first: the code
 * itself, then codes, names and words of names that begin with the text, then what holds it as a whole, then what holds its words.
 */
export const searchSql = (readable: readonly Readable[], text: string, limit: number) => {
  const phrase = text.replace(/\s+/g, ' ');
  const values: unknown[] = [
    phrase.toLowerCase(),
    `${escapeLike(phrase)}%`,
    `\\m${escapeRegex(phrase)}`,
    `%${escapeLike(phrase)}%`,
    phrase.split(' ').map((word) => `%${escapeLike(word)}%`),
    limit,
  ];
  const parts = readable.map(({ type, condition }, layer) => {
    const scope = condition.text(values.length + 1);
    values.push(...condition.values);
    return `select '${type}'::text as type, ${layer} as layer, t.code, t.name from ${TABLES[type]} t
      where t.archived_at is null and ${scope} and (t.code || ' ' || t.name) ilike all ($5::text[])`;
  });
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
