import type { EntityManager } from 'typeorm';
import { IS_MISSING, lastOverdueOn } from '../benefits/due.service.js';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';

/** A month of a benefit whose value should have been reported and is not. */
export interface OverdueValue {
  readonly code: string;
  readonly name: string;
  readonly month: string;
}

/** Missing values of months before the end of the period that are overdue, as every page counts them. */
export const overdueValues = async (manager: EntityManager, { end, today }: Reading): Promise<OverdueValue[]> =>
  named<OverdueValue>(
    manager,
    'overdue values of a review',
    `select b.code, b.name, to_char(v.month, 'YYYY-MM') as month
     from benefit_values v join benefits b on b.id = v.benefit_id
     where ${IS_MISSING} and b.archived_at is null and v.month < $1::date and v.month <= $2::date
     order by b.code, v.month`,
    [end, `${await lastOverdueOn(manager, today)}-01`],
  );

/** Of these benefits those whose owner has written nothing about their status, by owner and code; without those that have no owner. */
export const uncommented = (
  manager: EntityManager,
  codes: readonly string[],
): Promise<{ owner: string; code: string; name: string }[]> =>
  named(
    manager,
    'benefits of a review without a comment',
    `select coalesce((select min(u.name) from users u where lower(u.email) = lower(b.owner_email)), lower(b.owner_email)) as owner, b.code, b.name
     from benefits b
     where b.code = any ($1::text[]) and b.archived_at is null and b.owner_email is not null and coalesce(btrim(b.declared_note), '') = ''
     order by 1, b.code`,
    [codes],
  );
