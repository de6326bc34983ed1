import pg from 'pg';

/** A statement as it went to the database. */
export interface Statement {
  name?: string;
  text: string;
  values?: unknown[];
}

/** The statements that one request issues, in order. */
export const statementsOf = async (request: () => Promise<unknown>): Promise<Statement[]> => {
  const seen: Statement[] = [];
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]): unknown {
    const [first, values] = given;
    seen.push(
      typeof first === 'string'
        ? { text: first, values: Array.isArray(values) ? values : [] }
        : { ...(first as Statement) },
    );
    return (original as (...args: unknown[]) => unknown).apply(this, given);
  } as typeof original;
  try {
    await request();
  } finally {
    pg.Client.prototype.query = original;
  }
  return seen;
};

interface Plan {
  'Relation Name'?: string;
  Plans?: Plan[];
}

/** How often the plan of a statement scans each table. */
export const scansOf = async (client: pg.Client, { text, values }: Statement): Promise<Map<string, number>> => {
  const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(`explain (format json) ${text}`, values);
  const scans = new Map<string, number>();
  const visit = (plan: Plan): void => {
    const table = plan['Relation Name'];
    if (table !== undefined) scans.set(table, (scans.get(table) ?? 0) + 1);
    plan.Plans?.forEach(visit);
  };
  visit(rows[0]!['QUERY PLAN'][0]!.Plan);
  return scans;
};

/** Milliseconds that a task takes. */
export const timed = async (task: () => Promise<unknown>): Promise<number> => {
  const start = process.hrtime.bigint();
  await task();
  return Number(process.hrtime.bigint() - start) / 1e6;
};
