import type { EntityManager } from 'typeorm';
import { ENTERPRISE } from '../audit/write.js';
import { tableOf } from '../database/columns.js';
import { forbidden } from '../http/problem.js';
import type { Principal } from './principal.js';
import { writeCondition } from './scope.js';

/**
 * Refuses whoever may not write the owner of a grid, and so not its months.
 *
 * @param what the months in a word, for the sentence: `costs` or `values`
 * @throws Problem 403
 */
export const refuseForeignOwner = async (
  manager: EntityManager,
  principal: Principal,
  type: 'investment' | 'benefit',
  id: string,
  what: 'costs' | 'values',
): Promise<void> => {
  const scope = writeCondition(principal, type);
  const rows = (await manager.query(`select 1 from ${tableOf(type)} t where t.id = $1 and ${scope.text(2)}`, [
    id,
    ...scope.values,
  ])) as unknown[];
  if (rows.length === 0) throw forbidden(`You may enter ${what} only in your own portfolio. Ask its manager.`);
};

/** The scope of the data version that a change of a grid moves on: the portfolio of its owner, or the enterprise. */
export const gridScope = async (
  manager: EntityManager,
  type: 'investment' | 'benefit',
  id: string,
): Promise<string> => {
  const [row] = (await manager.query(`select portfolio_id as scope from ${tableOf(type)} where id = $1`, [id])) as {
    scope: string | null;
  }[];
  return row?.scope ?? ENTERPRISE;
};
