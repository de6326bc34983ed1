import { expect } from '@jest/globals';
import pg from 'pg';
import type { Api } from '../support/harness.js';
import { median, report } from './report.js';
import { scansOf, statementsOf, timed, type Statement } from './statements.js';

/** A computed answer that was never asked before may take so many times what its statements take alone. */
export const GOAL = 1.5;
/** Statements that an answer may issue: /signs reads what its metrics need over 15 periods, counts seven figures of its own, and three beside them in one. */
export const MOST = 25;

/** Facts: what grows with each month and each piece of work. No statement may read one of these tables twice. */
const FACTS = [
  ...['benefit_values', 'investment_costs', 'exchange_rates', 'outcome_measurements', 'maturity_assessments'],
  ...[
    'competencies',
    'work_items',
    'work_item_transitions',
    'decisions',
    'decision_escalations',
    'decision_reopenings',
  ],
  ...['service_months', 'survey_responses', 'links', 'priority_rankings'],
];

/** What an answer issues, and how often the plan of each statement scans each table. */
interface Issued {
  readonly all: readonly Statement[];
  /** By table, of each statement that reads. */
  readonly scans: readonly { readonly name: string; readonly tables: ReadonlyMap<string, number> }[];
}

interface Cold {
  readonly bytes: number;
  readonly issued: Issued;
  /** Middle of the rounds, milliseconds: the answer, and its statements run bare. */
  readonly ours: number;
  readonly theirs: number;
  /** By statement, the slowest first. */
  readonly each: readonly (readonly [name: string, milliseconds: number])[];
}

/** Statements that read a table of facts more than once. */
export const readTwice = ({ scans }: Issued): string[] =>
  scans.flatMap(({ name, tables }) =>
    [...tables]
      .filter(([table, times]) => FACTS.includes(table) && times > 1)
      .map(([table, times]) => `${name} scans ${table} ${times} times`),
  );

const nameOf = ({ name, text }: Statement): string => name ?? text.trim().slice(0, 40);
const isRead = ({ text }: Statement): boolean => /^\s*(select|with)\b/i.test(text);

/** Asks the API as the CIO, each time of data that were changed just now, and says what it asks of the database. */
export const coldAsker = async (api: Api, path: string) => {
  const cookie = await api.cookieOf('cio');
  const bump = () => api.sql(`update data_versions set version = version + 1 where scope = 'enterprise'`);
  // Raw bytes, so that parsing the answer is not counted.
  const fetched = async (): Promise<number> => {
    const reply = await fetch(`${api.origin}/api/v1${path}`, { headers: { cookie } });
    expect(reply.status).toBe(200);
    return (await reply.arrayBuffer()).byteLength;
  };
  const issued = async (bare: pg.Client): Promise<Issued> => {
    await bump();
    const all = await statementsOf(fetched);
    const scans = [];
    for (const statement of all.filter(isRead))
      scans.push({ name: nameOf(statement), tables: await scansOf(bare, statement) });
    return { all, scans };
  };
  return { bump, fetched, issued };
};

/** Runs something with a connection of its own, past the product. */
export const withBare = async <T>(api: Api, run: (bare: pg.Client) => Promise<T>): Promise<T> => {
  const bare = new pg.Client({ connectionString: api.databaseUrl });
  await bare.connect();
  try {
    return await run(bare);
  } finally {
    await bare.end();
  }
};

/** A cold answer beside the statements that it issues, run bare in the same rounds. */
export const runCold = (api: Api, path: string, rounds: number): Promise<Cold> =>
  withBare(api, async (bare) => {
    const { bump, fetched, issued: ask } = await coldAsker(api, path);
    const bytes = await fetched();
    const issued = await ask(bare);
    // That a session is in use is written beside the snapshot: counted, and not run again.
    const statements = issued.all.filter(
      (statement) => isRead(statement) || /^\s*(begin|commit)\b/i.test(statement.text),
    );
    const each = statements.map((): number[] => []);
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      await bump();
      ours.push(await timed(fetched));
      const took: number[] = [];
      for (const statement of statements) took.push(await timed(() => bare.query(statement as pg.QueryConfig)));
      took.forEach((milliseconds, index) => each[index]!.push(milliseconds));
      theirs.push(took.reduce((sum, milliseconds) => sum + milliseconds, 0));
    }
    return {
      ...{ bytes, issued, ours: median(ours), theirs: median(theirs) },
      each: statements
        .map((statement, index) => [nameOf(statement), median(each[index]!)] as const)
        .sort(([, a], [, b]) => b - a),
    };
  });

/** Prints a run; `more` are figures of its own. */
export const reportCold = (
  title: string,
  counts: Readonly<Record<string, number>>,
  { bytes, ours, theirs, each }: Cold,
  more: readonly (readonly [string, number])[],
): void =>
  report(title, { ...counts, bytes }, [
    ['cold 200, p50 ms', ours],
    ['its statements bare, p50 ms', theirs],
    [`ratio (goal ≤ ${GOAL})`, ours / theirs],
    ...more,
    ...each.slice(0, 10).map(([name, took]) => [`  ${name}, p50 ms`, took] as const),
  ]);
