import type { EntityManager } from 'typeorm';
import { named } from '../../database/named.js';

/** What was chosen in a decision, and what was given up for it, as it was written down. */
export interface Choice {
  readonly code: string;
  readonly chosen: string | null;
  readonly givenUp: string | null;
}

/** One row is one decision of those with these codes. */
const CHOICES = `
  select d.code, d.given_up as "givenUp",
    (select string_agg(o.name, '; ' order by o.created_at, o.id) from decision_options o
      where o.decision_id = d.id and o.chosen and o.archived_at is null) as chosen
  from decisions d where d.code = any ($1::text[]) and d.archived_at is null`;

/** By code. */
export const choicesOf = async (
  manager: EntityManager,
  codes: readonly string[],
): Promise<ReadonlyMap<string, Choice>> => {
  const rows = await named<Choice>(manager, 'choices of decisions', CHOICES, [codes]);
  return new Map(rows.map((row) => [row.code, row]));
};
