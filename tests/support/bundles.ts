import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from '@jest/globals';
import { startApi, type Api, type UploadedFile } from './harness.js';

/** Real data, with the figures that its README says an importing product must reproduce. */
const BUNDLES = resolve('tests/golden/bundles');

/** The tables of a bundle, as they would be uploaded. */
export const filesOf = (bundle: string): UploadedFile[] => {
  const folder = resolve(BUNDLES, bundle, 'tables');
  return readdirSync(folder).map((name) => ({ name, content: readFileSync(resolve(folder, name)) }));
};

/** Row counts by table, from the README itself. */
const statedRows = (bundle: string): Record<string, number> => {
  const readme = readFileSync(resolve(BUNDLES, bundle, 'README.md'), 'utf8');
  const rows = [...readme.matchAll(/^\| `(\w+)` \| ([\d,]+) \|$/gm)];
  return Object.fromEntries(rows.map((match) => [match[1]!, Number(match[2]!.replaceAll(',', ''))]));
};

/** The product with a bundle imported under the settings of its README: every row as the README counts them, and no problem. */
export const startWith = async (bundle: string, currency: string, fiscalYearStartMonth: number): Promise<Api> => {
  const api = await startApi({
    bare: true,
    env: { REPORTING_CURRENCY: currency, FISCAL_YEAR_START_MONTH: String(fiscalYearStartMonth) },
  });
  const reply = await api.as('admin').upload('/imports', filesOf(bundle));
  expect(reply.body.problems).toEqual([]);
  expect(reply.status).toBe(201);
  const created = Object.fromEntries(
    reply.body.tables.map((table: { table: string; created: number }) => [table.table, table.created]),
  );
  expect(created).toEqual(statedRows(bundle));
  return api;
};
