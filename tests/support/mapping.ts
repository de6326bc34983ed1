import { expect } from '@jest/globals';
import { importReport, type ImportReport } from '../../server/contract/import.js';
import {
  importSource,
  type ImportMappingInput,
  type ImportSource,
  type MappedImportInput,
} from '../../server/contract/mapping.js';
import type { Api, Person, Reply } from './harness.js';

/** A column by its letter, in tests that know the file. */
export const col = (header: string, index: number): { header: string; index: number } => ({ header, index });

/** Uploads a foreign file; it must be readable. */
export const sourceOf = async (
  api: Api,
  name: string,
  content: string | Uint8Array,
  person: Person = 'admin',
): Promise<ImportSource> => {
  const reply = await api.as(person).upload('/import-sources', [{ name, content }]);
  expect({ status: reply.status, text: reply.status === 201 ? '' : reply.text }).toEqual({ status: 201, text: '' });
  const parsed = importSource.safeParse(reply.body);
  expect(parsed.error).toBeUndefined();
  return parsed.data!;
};

export type Order = Omit<MappedImportInput, 'mapping'>;

export const runMapped = (
  api: Api,
  source: Pick<ImportSource, 'id'>,
  mapping: ImportMappingInput,
  order: Order = {},
  person: Person = 'admin',
): Promise<Reply> => api.as(person).post(`/import-sources/${source.id}/import`, { mapping, ...order });

/** The report of an import that must have this status. */
export const reportOf = (reply: Reply, status: number): ImportReport => {
  expect({ status: reply.status, text: reply.status === status ? '' : reply.text }).toEqual({ status, text: '' });
  const parsed = importReport.safeParse(reply.body);
  expect(parsed.error).toBeUndefined();
  return parsed.data!;
};

/** Created, updated, unchanged and skipped rows by table. */
export const countsOf = (report: ImportReport): Record<string, number[]> =>
  Object.fromEntries(
    report.tables.map(({ table, created, updated, unchanged, skipped }) => [
      table,
      [created, updated, unchanged, skipped],
    ]),
  );
