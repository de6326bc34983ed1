import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { needsAction } from '../../../server/contract/action.js';
import { benefitEvidence, evidenceItem, type EvidenceItem } from '../../../server/contract/evidence.js';
import { page } from '../../../server/contract/primitives.js';
import { readSchema, RECORDS, type AnyRecord } from '../../../server/contract/records.js';
import { apiPath, call, callForNothing } from '../../lib/http';
import { upload } from '../../lib/upload';
import { scopeQuery, type PageScope } from '../../ui/page-scope';

/** What proves a benefit, what it rests on, and what is done about it. */

const MOST = '500';
const benefitPath = (code: string): string => `/benefits/${encodeURIComponent(code)}`;

export const evidenceQuery = (code: string) =>
  queryOptions({
    queryKey: ['proof', 'evidence', code],
    queryFn: ({ signal }) => call(`${benefitPath(code)}/evidence`, benefitEvidence, { signal }),
  });

/** @param key the same for each try with the same content and reason, so that a repetition is done once */
export const addEvidence = (
  code: string,
  body: Record<string, unknown>,
  key: string,
  reason: string,
): Promise<EvidenceItem> =>
  call(`${benefitPath(code)}/evidence`, evidenceItem, {
    method: 'POST',
    body,
    headers: { 'idempotency-key': key },
    reason,
  });

export const addEvidenceFile = (
  code: string,
  file: File,
  fields: Record<string, string>,
  reason: string,
  onProgress: (part: number) => void,
): Promise<EvidenceItem> => {
  const form = new FormData();
  for (const [name, text] of Object.entries(fields)) if (text !== '') form.append(name, text);
  form.append('file', file, file.name);
  return upload(`${benefitPath(code)}/evidence/files`, evidenceItem, form, { reason, onProgress });
};

/** @throws ApiError 412 where the item was changed since it was read */
export const changeEvidence = (
  item: EvidenceItem,
  body: Record<string, unknown>,
  reason: string,
): Promise<EvidenceItem> => call(`/evidence/${item.id}`, evidenceItem, { method: 'PATCH', body, of: item, reason });

export const removeEvidence = (item: EvidenceItem, reason: string): Promise<void> =>
  callForNothing(`/evidence/${item.id}`, { method: 'DELETE', of: item, reason });

export const fileAddress = ({ id }: EvidenceItem): string => apiPath(`/evidence/${id}/file`);

export type ProofType = 'assumption' | 'corrective_action';
const PATHS: Record<ProofType, string> = { assumption: '/assumptions', corrective_action: '/corrective-actions' };

/** Assumptions or corrective actions of a benefit, by the day on which something is to happen. */
export const ofBenefitQuery = (type: ProofType, code: string) =>
  queryOptions({
    queryKey: ['proof', type, code],
    queryFn: async ({ signal }): Promise<AnyRecord[]> => {
      const sort = type === 'assumption' ? 'reviewOn' : 'dueOn';
      const query = { benefitCode: code, limit: MOST, sort };
      return (await call(PATHS[type], page(readSchema(RECORDS[type])), { query, signal })).items;
    },
  });

export const createOf = (type: ProofType, body: Record<string, unknown>, key: string): Promise<AnyRecord> =>
  call(PATHS[type], readSchema(RECORDS[type]), { method: 'POST', body, headers: { 'idempotency-key': key } });

/** @throws ApiError 412 where the record was changed since it was read */
export const changeOf = (
  type: ProofType,
  record: AnyRecord,
  body: Record<string, unknown>,
  reason = '',
): Promise<AnyRecord> =>
  call(`${PATHS[type]}/${record.id}`, readSchema(RECORDS[type]), { method: 'PATCH', body, of: record, reason });

export const archiveOf = (type: ProofType, record: AnyRecord): Promise<void> =>
  callForNothing(`${PATHS[type]}/${record.id}`, { method: 'DELETE', of: record });

/** Where somebody must act in the scope, and what is being done. */
export const needsActionQuery = (scope: PageScope) =>
  queryOptions({
    queryKey: ['needs-action', scopeQuery(scope)],
    queryFn: ({ signal }) => call('/value/needs-action', needsAction, { query: scopeQuery(scope), signal }),
    placeholderData: keepPreviousData,
  });
