import { readdirSync, readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { Api } from './harness.js';

/** Imports every CSV of a folder through the API, in one import, as the administrator; those of `instead` as they stand there. */
export const loadTables = async (
  api: Pick<Api, 'as'>,
  folder: URL,
  instead: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => ({ name, content: instead[name] ?? readFileSync(new URL(name, folder)) }));
  const reply = await api.as('admin').upload('/imports?dryRun=false', files);
  expect({ status: reply.status, problems: reply.body?.problems }).toEqual({ status: 201, problems: [] });
};

/** The golden bundle: what `tests/golden/data/expected*.json` was worked out from. */
export const GOLDEN_TABLES = new URL('../golden/data/tables/', import.meta.url);
