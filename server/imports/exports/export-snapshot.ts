import type { DataSource } from 'typeorm';
import type { Principal } from '../../access/principal.js';
import { everything } from '../../access/scope.js';
import { LongConnection } from '../connection.js';
import { tellableAnswers } from './survey-answers.js';
import { exportQuery, readableDeclarations, type ExportQuery } from './table-query.js';

export type ExportRow = readonly (string | null)[];

const AT_ONCE = 2_000;

/** One moment of the database, from which any number of tables are read in batches; memory does not grow with them. */
export class ExportSnapshot {
  private constructor(
    private readonly connection: LongConnection,
    /** The tables that the person may see, in the order in which they import. */
    readonly tables: readonly ExportQuery[],
  ) {}

  static async open(source: DataSource, principal: Principal): Promise<ExportSnapshot> {
    const connection = await LongConnection.open(source, 'export');
    try {
      await connection.script('begin isolation level repeatable read read only');
      const declarations = readableDeclarations(principal);
      const answers = declarations.some(({ type }) => type === 'survey_response')
        ? await tellableAnswers(connection)
        : [];
      const tables = declarations.map((declaration) => exportQuery(principal, declaration, everything, answers));
      return new ExportSnapshot(connection, tables);
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** How many rows a table gives. */
  async count(table: ExportQuery): Promise<number> {
    const rows = await this.connection.query<{ count: number }>(
      `select count(*) as count from (${table.text}) counted`,
      table.values,
    );
    return rows[0]!.count;
  }

  async *rows(table: ExportQuery): AsyncGenerator<ExportRow[]> {
    const names = table.columns.map((_column, index) => `c${index}`);
    await this.connection.query(`declare exported no scroll cursor for ${table.text}`, table.values);
    for (;;) {
      const rows = await this.connection.query<Record<string, string | null>>(`fetch ${AT_ONCE} from exported`);
      if (rows.length > 0) yield rows.map((row) => names.map((name) => row[name] ?? null));
      if (rows.length < AT_ONCE) break;
    }
    await this.connection.query('close exported');
  }

  /** Idempotent. */
  close(): Promise<void> {
    return this.connection.close();
  }
}
