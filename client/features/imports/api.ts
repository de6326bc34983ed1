import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { importPage, importReport, sampleList, type ImportReport } from '../../../server/contract/import.js';
import { apiPath, call } from '../../lib/http';

export interface ImportChoice {
  dryRun: boolean;
  onProblem: 'reject' | 'skip';
  decimal?: 'dot' | 'comma' | undefined;
  /** Id of the check that was said yes to. */
  previewOf?: string | undefined;
}

/**
 * Sends the files. The report comes back whether the import was committed, rejected or only tried.
 * @throws ApiError 412 where they are not those of the check that is named
 */
export function sendImport(
  id: string,
  files: readonly File[],
  choice: ImportChoice,
  signal: AbortSignal,
  reason?: string,
): Promise<ImportReport> {
  const body = new FormData();
  for (const file of files) body.append('file', file, file.name);
  const { dryRun, onProblem, decimal, previewOf } = choice;
  const query = { dryRun: String(dryRun), onProblem, decimal, previewOf, id };
  return call('/imports', importReport, { method: 'POST', query, body, signal, reason });
}

export const importEventsPath = (id: string): string => apiPath(`/imports/${encodeURIComponent(id)}/events`);
export const rejectsPath = (id: string): string => apiPath(`/imports/${encodeURIComponent(id)}/rejects.zip`);
export const exportPath = (file: 'data.xlsx' | 'data.zip' | 'template.xlsx' | 'due-values.xlsx'): string =>
  apiPath(`/exports/${file}`);

/** @throws ApiError 409 once the import is committed */
export const cancelImport = (id: string) =>
  call(`/imports/${encodeURIComponent(id)}/cancel`, importReport, { method: 'POST' });

/** @throws ApiError 409 whose `errors` name what stands in the way */
export const revertImport = (id: string, reason: string) =>
  call(`/imports/${encodeURIComponent(id)}/revert`, importReport, { method: 'POST', reason });

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: ({ signal }) => call(`/imports/${encodeURIComponent(id)}`, importReport, { signal }),
  });

export const importsQuery = infiniteQueryOptions({
  queryKey: ['imports', 'list'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ signal, pageParam }) =>
    call('/imports', importPage, { query: { limit: '50', cursor: pageParam }, signal }),
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

/** Real data that an empty product offers. */
export const samplesQuery = queryOptions({
  queryKey: ['samples'],
  queryFn: ({ signal }) => call('/samples', sampleList, { signal }),
  retry: false,
});

export const loadSample = (id: string): Promise<ImportReport> =>
  call(`/samples/${encodeURIComponent(id)}`, importReport, { method: 'POST' });
