import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { readSchema, service, type AnyRecord } from '../../../server/contract/records.js';
import {
  impossibleParts,
  serviceHistory,
  serviceLevels,
  type ServiceMonthRecorded,
} from '../../../server/contract/service-level.js';
import { currentIn } from '../../lib/current';
import { ApiError, call } from '../../lib/http';
import { scopeQuery, type PageScope } from '../../ui/page-scope';

const key = ({ period, portfolio, orgUnit }: PageScope) => [period, portfolio, orgUnit] as const;

/** Services of the scope with their figures of the period. */
export const serviceLevelsQuery = (scope: PageScope) =>
  queryOptions({
    queryKey: ['service-levels', ...key(scope)],
    queryFn: ({ signal }) => call('/service-levels', serviceLevels, { query: scopeQuery(scope), signal }),
    placeholderData: keepPreviousData,
  });

/** One service with its months. */
export const serviceQuery = (ref: string, scope: PageScope) =>
  queryOptions({
    queryKey: ['service-level', ref, ...key(scope)],
    queryFn: ({ signal }) =>
      call(`/service-levels/${encodeURIComponent(ref)}`, serviceHistory, { query: scopeQuery(scope), signal }),
    placeholderData: (previous, query) => (query?.queryKey[1] === ref ? previous : undefined),
  });

const stored = z.object({ id: z.string() });

/** What people type of a month: whole numbers as text, null where nothing is stated. */
export type TypedMonth = Readonly<Record<string, string | number | null>>;

/**
 * Writes a month of a service: a new one, or what differs from the one that is there.
 * @throws ApiError 412 where somebody changed it meanwhile, 422 with pointers as the form for months knows them
 */
export async function writeMonth(
  serviceCode: string,
  { month, version, reason, ...typed }: TypedMonth,
  before: ServiceMonthRecorded | undefined,
): Promise<unknown> {
  const amounts = Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [name, value === null ? null : Number(value)]),
  );
  refuseImpossible({ ...before, ...amounts });
  const why = String(reason ?? '');
  try {
    return before
      ? await call(`/service-months/${before.id}`, stored, {
          method: 'PATCH',
          body: amounts,
          of: { version: Number(version) },
          reason: why,
        })
      : await call('/service-months', stored, {
          method: 'POST',
          body: { serviceCode, month, ...amounts },
          reason: why,
        });
  } catch (error) {
    throw error instanceof ApiError ? asOfForm(error) : error;
  }
}

/** A part is no more than its whole. */
function refuseImpossible(month: Readonly<Record<string, unknown>>): void {
  const errors = impossibleParts(month).map(({ field, message }) => ({
    pointer: `/items/0/${field}`,
    code: 'too_many',
    message,
  }));
  if (errors.length > 0) throw new ApiError(422, 'The month cannot be as it is written.', null, errors);
}

const asOfForm = (error: ApiError): ApiError =>
  new ApiError(
    error.status,
    error.message,
    error.requestId,
    error.errors.map((each) => ({ ...each, pointer: `/items/0${each.pointer}` })),
    error.retryAfterSeconds,
    error.body,
  );

const record = readSchema(service);
const recordPath = (ref: string): string => `/services/${encodeURIComponent(ref)}`;

/** A service as its record stands, with the version for the next change. */
export const serviceRecordQuery = (ref: string) =>
  queryOptions({
    queryKey: ['service', ref],
    queryFn: ({ signal }) => call(recordPath(ref), record, { signal }),
  });

/** What a refusal says that the service is now. */
export const currentService = (body: unknown): AnyRecord | null => currentIn(record, body);

/** Adds a service, or changes one. @throws ApiError 409 where its code is taken, 412 where it was changed since it was read, 422 */
export const saveService = (
  fields: Record<string, string | null>,
  of: AnyRecord | null,
  reason: string,
): Promise<AnyRecord> =>
  of === null
    ? call('/services', record, { method: 'POST', body: fields, reason })
    : call(recordPath(of.id), record, {
        method: 'PATCH',
        body: fields,
        of,
        reason,
      });
