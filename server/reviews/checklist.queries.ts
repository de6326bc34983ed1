import type { EntityManager } from 'typeorm';
import { IS_MISSING } from '../benefits/due.service.js';
import { named } from '../database/named.js';
import type { Reading } from '../http/reading.js';

/** A month of a benefit whose value is to be reported and is not. */
export interface OverdueValue {
  readonly code: string;
  readonly name: string;
  readonly month: string;
}

/** Missing values of months that are over and lie before the end of the period. */
export const overdueValues = (manager: EntityManager, { end, underWay }: Reading): Promise<OverdueValue[]> =>
  named<OverdueValue>(
    manager,
    'overdue values of a review',
    `select b.code, b.name, to_char(v.month, 'YYYY-MM') as month
     from benefit_values v join benefits b on b.id = v.benefit_id
     where ${IS_MISSING} and b.archived_at is null and v.month < least($1::date, $2::date)
     order by b.code, v.month`,
    [end, underWay],
  );
