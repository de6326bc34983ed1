import type pg from 'pg';
import type { DataSource } from 'typeorm';

/** The connections behind a data source. TypeORM keeps them to itself; named statements, COPY and the pool's figures need them. */
export const poolOf = (source: DataSource): pg.Pool => (source.driver as unknown as { master: pg.Pool }).master;
