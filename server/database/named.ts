import type { DataSource, EntityManager } from 'typeorm';
import type pg from 'pg';
import { poolOf } from './pool.js';

/** Which text each name stands for, so that a name used twice fails at once and not only where both meet on one connection. */
const TEXTS = new Map<string, string>();

/**
 * Runs a read as a named prepared statement, which PostgreSQL plans once a connection; TypeORM's own `query()` is planned each time.
 * One name stands for one text: node-postgres refuses a second text under the same name.
 *
 * @returns the rows, typed by the caller who wrote the columns
 * @throws Error where the name stands for another text already
 */
export const named = async <Row>(
  on: DataSource | EntityManager,
  name: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> => {
  const known = TEXTS.get(name);
  if (known === undefined) TEXTS.set(name, text);
  else if (known !== text) throw new Error(`Two statements are named "${name}".`);
  const query = { name, text, values: [...values] };
  const runner = 'queryRunner' in on ? on.queryRunner : undefined;
  if (runner) {
    const client = (await runner.connect()) as pg.PoolClient;
    return (await client.query(query)).rows as Row[];
  }
  const source = 'connection' in on ? (on as EntityManager).connection : (on as DataSource);
  return (await poolOf(source).query(query)).rows as Row[];
};
