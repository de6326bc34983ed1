import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import writeXlsxFile, { type Row } from 'write-excel-file/node';
import { cloneDatabase } from '../support/clone-database.js';
import { startProduct, type Product } from '../support/product.js';
import { median, report } from './report.js';

const ROWS = 100_000;
const ROUNDS = 5;
const MEGABYTE = 1024 * 1024;

type Line = readonly (string | number)[];
interface Case {
  table: string;
  /** Of the import. */
  columns: string[];
  rows: Line[];
  /** Of the same rows in the database; `$` in front of a code stands for the id of its record. */
  stored: string[];
  copied: Line[];
}

const month = (index: number): string =>
  `${2000 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
const amount = (index: number, seed: number): string => (((index * seed) % 9_999_991) / 100).toFixed(2);
const rowsOf = <T>(make: (index: number) => T): T[] => Array.from({ length: ROWS }, (_one, index) => make(index));

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let superuser: pg.Client;
let app: pg.Client;
let cases: Case[];
beforeAll(async () => {
  database = await cloneDatabase();
  superuser = new pg.Client({ connectionString: database.superuserUrl });
  app = new pg.Client({ connectionString: database.appUrl });
  await superuser.connect();
  await app.connect();
  await superuser.query(
    `insert into investments (code, name, currency) select 'INV-' || i, 'Investment ' || i, 'USD' from generate_series(0, 999) i`,
  );
  await superuser.query(
    `insert into benefits (code, name, currency) select 'BEN-' || i, 'Benefit ' || i, 'USD' from generate_series(0, 999) i`,
  );
  const idsOf = async (table: string): Promise<string[]> =>
    (await superuser.query<{ id: string }>(`select id from ${table} order by substr(code, 5)::integer`)).rows.map(
      ({ id }) => id,
    );
  const investments = await idsOf('investments');
  const benefits = await idsOf('benefits');
  const KINDS = ['capex', 'opex', 'skills'];
  const cost = (index: number): Line => [
    month(Math.floor(index / 3_000)),
    KINDS[Math.floor(index / 1_000) % 3]!,
    amount(index, 7_919),
    amount(index, 104_729),
  ];
  const value = (index: number): Line => [
    month(Math.floor(index / 1_000)),
    amount(index, 7_919),
    amount(index, 104_729),
    amount(index, 1_299_709),
  ];
  const onFirst = ([first, ...rest]: Line): Line => [`${first}-01`, ...rest];
  cases = [
    {
      table: 'investment_costs',
      columns: ['investment_code', 'month', 'kind', 'planned', 'actual'],
      rows: rowsOf((index) => [`INV-${index % 1_000}`, ...cost(index)]),
      stored: ['investment_id', 'month', 'kind', 'planned', 'actual'],
      copied: rowsOf((index) => [investments[index % 1_000]!, ...onFirst(cost(index))]),
    },
    {
      table: 'benefit_values',
      columns: ['benefit_code', 'month', 'planned', 'forecast', 'realised'],
      rows: rowsOf((index) => [`BEN-${index % 1_000}`, ...value(index)]),
      stored: ['benefit_id', 'month', 'planned', 'forecast', 'realised', 'reported_by', 'changed_by'],
      copied: rowsOf((index) => [
        benefits[index % 1_000]!,
        ...onFirst(value(index)),
        'admin@tests.example',
        'admin@tests.example',
      ]),
    },
  ];
}, 120_000);
afterAll(async () => {
  await app.end();
  await superuser.end();
  await database.drop();
});

/** No facts and no imports, as at the beginning of each measurement. */
const empty = async (): Promise<void> => {
  // What is written once may only be removed where no trigger looks.
  await superuser.query('set session_replication_role = replica');
  await superuser.query(
    'truncate investment_costs, benefit_values, benefit_value_revisions, confirmations, import_changes, import_rejects, imports cascade',
  );
  await superuser.query('set session_replication_role = origin');
  await superuser.query('vacuum analyze');
  await superuser.query('checkpoint');
};

const csvOf = ({ columns, rows }: Case): Blob =>
  new Blob([[columns, ...rows].map((row) => `${row.join(',')}\n`).join('')]);
const xlsxOf = async ({ table, columns, rows }: Case): Promise<Blob> => {
  const data: Row[] = [columns, ...rows].map((row, line) =>
    row.map((cell, place) =>
      line > 0 && place > 2 ? { value: Number(cell), type: Number } : { value: String(cell), type: String },
    ),
  );
  return new Blob([(await writeXlsxFile([{ sheet: table, data }]).toBuffer()) as BlobPart]);
};

const importFile = async (product: Product, name: string, content: Blob): Promise<number> => {
  const headers = await product.signIn();
  const form = new FormData();
  form.append('file', content, name);
  const start = performance.now();
  const reply = await fetch(`${product.origin}/api/v1/imports`, { method: 'POST', headers, body: form });
  const body = (await reply.json()) as { tables: unknown[] };
  const took = performance.now() - start;
  expect({ status: reply.status, tables: body.tables }).toMatchObject({ status: 201, tables: [{ created: ROWS }] });
  return took;
};

const copy = async ({ table, stored, copied }: Case): Promise<number> => {
  const lines = function* (): Generator<string> {
    for (let at = 0; at < ROWS; at += 1_000)
      yield copied
        .slice(at, at + 1_000)
        .map((row) => `${row.join('\t')}\n`)
        .join('');
  };
  const start = performance.now();
  await pipeline(Readable.from(lines()), app.query(copyFrom(`copy ${table} (${stored.join(', ')}) from stdin`)));
  return performance.now() - start;
};

/** What is stored, so that both are seen to do the same work. */
const contentOf = async ({ table, stored }: Case): Promise<unknown> => {
  const line = `md5((${stored.join(', ')})::text)`;
  const history = '(select count(*)::int from benefit_value_revisions) as revisions';
  const { rows } = await superuser.query(
    `select count(*)::int as count, md5(string_agg(${line}, '' order by ${line})) as digest, ${history} from ${table}`,
  );
  expect(rows[0]).toMatchObject({ count: ROWS, revisions: table === 'benefit_values' ? ROWS : 0 });
  return rows[0];
};

const start = (): Promise<Product> => startProduct({ DATABASE_URL: database.appUrl, EXAMPLE_DATA: 'off' });
const stop = async (product: Product): Promise<void> => {
  product.process.kill('SIGTERM');
  await product.ended;
};

test(`import of ${ROWS} rows of CSV against COPY into the same tables`, async () => {
  const product = await start();
  try {
    for (const one of cases) {
      const content = csvOf(one);
      const ours: number[] = [];
      const theirs: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        await empty();
        ours.push(await importFile(product, `${one.table}.csv`, content));
        const imported = await contentOf(one);
        await empty();
        theirs.push(await copy(one));
        expect(await contentOf(one)).toEqual(imported);
      }
      const [rate, bare] = [ROWS / median(ours), ROWS / median(theirs)].map((rows) => rows * 1_000) as [number, number];
      report(`import of ${one.table}`, { rows: ROWS, rounds: ROUNDS, MB: (content.size / MEGABYTE).toFixed(1) }, [
        ['import, p50 rows/s', rate],
        ['COPY, p50 rows/s', bare],
        ['import ÷ COPY (goal ≥ 0.15)', rate / bare],
        ['import, slowest s', Math.max(...ours) / 1_000],
      ]);
    }
  } finally {
    await stop(product);
  }
}, 600_000);

/** MB of resident memory: now (`VmRSS`), or the most there ever was (`VmHWM`, by the kernel itself, so that no moment is missed). */
const residentOf = (pid: number, which: 'VmRSS' | 'VmHWM'): number =>
  Number(new RegExp(`${which}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;

/** Resident memory of a fresh process: before an import, and the most until it is answered. */
const memoryOf = async (name: string, content: Blob): Promise<{ before: number; peak: number }> => {
  const product = await start();
  const { pid } = product.process;
  try {
    await empty();
    await product.signIn();
    const before = residentOf(pid!, 'VmRSS');
    await importFile(product, name, content);
    return { before, peak: residentOf(pid!, 'VmHWM') };
  } finally {
    await stop(product);
  }
};

test.each(['csv', 'xlsx'])(
  `memory during the import of ${ROWS} rows of %s`,
  async (kind) => {
    for (const one of cases) {
      const content = kind === 'csv' ? csvOf(one) : await xlsxOf(one);
      const { before, peak } = await memoryOf(`${one.table}.${kind}`, content);
      report(`memory of ${one.table}.${kind}`, { rows: ROWS, MB: (content.size / MEGABYTE).toFixed(1) }, [
        ['RSS before, MB', before],
        [`RSS peak, MB${kind === 'xlsx' ? ' (goal ≤ 400)' : ''}`, peak],
        [`RSS growth, MB${kind === 'csv' ? ' (goal ≤ 200)' : ''}`, peak - before],
      ]);
    }
  },
  600_000,
);
