import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { firstRows, type FirstRowsQuery } from '../../../server/contract/first-rows.js';
import { importReport, type ImportReport } from '../../../server/contract/import.js';
import {
  importSource,
  savedMapping,
  savedMappingList,
  type ImportMapping,
  type ImportSource,
  type MappedImportInput,
  type SavedMapping,
} from '../../../server/contract/mapping.js';
import { call, callForNothing } from '../../lib/http';

const pathOf = (id: string): string => `/import-sources/${encodeURIComponent(id)}`;

/** Sends files of any shape to be looked through. */
export function sendSource(files: readonly File[]): Promise<ImportSource> {
  const body = new FormData();
  for (const file of files) body.append('file', file, file.name);
  return call('/import-sources', importSource, { method: 'POST', body });
}

/** 404 once it has expired. */
export const sourceQuery = (id: string) =>
  queryOptions({
    queryKey: ['import-sources', id],
    queryFn: ({ signal }) => call(pathOf(id), importSource, { signal }),
    staleTime: Infinity,
    // A matching is not to be disturbed by the same file read anew.
    refetchOnWindowFocus: false,
  });

/** A sheet looked at otherwise: with its column names in another row, or as another table. */
export const sheetQuery = (id: string, sheet: string, otherwise: { headerRow: number; table?: string }) =>
  queryOptions({
    queryKey: ['import-sources', id, sheet, otherwise],
    queryFn: async ({ signal }) => {
      const query = { sheet, table: otherwise.table, headerRow: String(otherwise.headerRow) };
      const { sheets } = await call(pathOf(id), importSource, { query, signal });
      return sheets[0]!;
    },
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });

/** How a target, however unfinished, would read the first rows of a sheet. */
export const firstRowsQuery = (id: string, query: FirstRowsQuery) =>
  queryOptions({
    queryKey: ['import-sources', id, 'first-rows', query],
    queryFn: ({ signal }) => call(`${pathOf(id)}/first-rows`, firstRows, { method: 'POST', body: query, signal }),
    staleTime: Infinity,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });

/** Checks or imports a sheet through its mapping; the report comes back whatever became of it. */
export const sendMapped = (
  id: string,
  order: MappedImportInput,
  signal: AbortSignal,
  reason?: string,
): Promise<ImportReport> => call(`${pathOf(id)}/import`, importReport, { method: 'POST', body: order, signal, reason });

export const saveMapping = (name: string, mapping: ImportMapping): Promise<SavedMapping> =>
  call('/import-mappings', savedMapping, { method: 'POST', body: { name, mapping } });

/** One's own, the last used first. */
export const mappingsQuery = queryOptions({
  queryKey: ['import-mappings'],
  queryFn: ({ signal }) => call('/import-mappings', savedMappingList, { signal }),
});

const mappingPath = ({ id }: SavedMapping): string => `/import-mappings/${encodeURIComponent(id)}`;

/** @throws ApiError 409 where the name is taken, 412 where it was changed meanwhile */
export const renameMapping = (mapping: SavedMapping, name: string): Promise<SavedMapping> =>
  call(mappingPath(mapping), savedMapping, { method: 'PATCH', body: { name }, of: mapping });

export const deleteMapping = (mapping: SavedMapping): Promise<void> =>
  callForNothing(mappingPath(mapping), { method: 'DELETE', of: mapping });
