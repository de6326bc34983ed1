import type { DataSource, EntityManager } from 'typeorm';
import type pg from 'pg';
import { poolOf } from './pool.js';

/**
 * Runs a read as a named prepared statement, which PostgreSQL plans once a connection; TypeORM's own `query()` is planned each time.
 * One name stands for one text: node-postgres refuses a second text under the same name.
 *
 * @returns the rows, typed by the caller who wrote the columns
 */
export const named = async <Row>(
  on: DataSource | EntityManager,
  name: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> => {
  const query = { name, text, values: [...values] };
  const runner = 'queryRunner' in on ? on.queryRunner : undefined;
  if (runner) {
    const client = (await runner.connect()) as pg.PoolClient;
    return (await client.query(query)).rows as Row[];
  }
  const source = 'connection' in on ? (on as EntityManager).connection : (on as DataSource);
  return (await poolOf(source).query(query)).rows as Row[];
};
