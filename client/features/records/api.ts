import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { auditPage } from '../../../server/contract/access.js';
import { chain, gaps, LAYERS, type Gap, type Layer } from '../../../server/contract/chain.js';
import { page } from '../../../server/contract/primitives.js';
import { readSchema, RECORDS, type AnyRecord } from '../../../server/contract/records.js';
import type { RecordType } from '../../../server/contract/columns.js';
import { call, callForNothing, type Query } from '../../lib/http';
import { registerOf, type RegisterType } from '../../lib/registers';
import { scopeQuery, type PageScope } from '../../ui/page-scope';

/** The registers of the chain: lists, records, and what is computed about them. */

const pathTo = (type: RegisterType, ref?: string): string =>
  `/${registerOf(type)!.path}${ref === undefined ? '' : `/${encodeURIComponent(ref)}`}`;
const pageOf = (type: RegisterType) => page(readSchema(RECORDS[type]));

const PAGE = 50;
/** As many as one call gives, where all records are needed. */
const MOST = 500;

export type RecordPage = { items: AnyRecord[]; total: number; nextCursor: string | null };

/** One page after the other, in the order of the server; `whole`: in the largest steps. */
export const listQuery = (type: RegisterType, query: Query, whole = false) =>
  infiniteQueryOptions({
    queryKey: ['records', type, 'list', query, whole],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }): Promise<RecordPage> =>
      call(pathTo(type), pageOf(type), {
        query: { ...query, limit: String(whole ? MOST : PAGE), cursor: pageParam },
        signal,
      }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

/** How many records there are, whatever the filters of the page. */
export const countQuery = (type: RegisterType, query: Query) =>
  queryOptions({
    queryKey: ['records', type, 'count', query],
    queryFn: async ({ signal }) =>
      (await call(pathTo(type), pageOf(type), { query: { ...query, limit: '1' }, signal })).total,
  });

export const recordQuery = (type: RegisterType, ref: string) =>
  queryOptions({
    queryKey: ['records', type, 'one', ref],
    queryFn: ({ signal }) => call(pathTo(type, ref), readSchema(RECORDS[type]), { signal }),
  });

/** The links of one end, at most 500: `from` those that lead on from it, `to` those that lead to it. */
export const linksQuery = (end: 'from' | 'to', type: string, code: string) =>
  queryOptions({
    queryKey: ['records', 'link', 'at', end, type, code],
    queryFn: async ({ signal }) => {
      const query = { [`${end}Code`]: code, limit: String(MOST) };
      const found = await call('/links', pageOf('link'), { query, signal });
      // A code may be in two types.
      return found.items.filter((link) => link[`${end}Type`] === type);
    },
  });

/** A decision and an action have a title in the place of a name. */
const named = page(
  z
    .object({ code: z.string(), name: z.string().nullish(), title: z.string().nullish() })
    .transform(({ code, name, title }) => ({ code, name: name ?? title ?? '' })),
);
export interface Choice {
  type: RecordType;
  code: string;
  name: string;
}

/** Records of some types whose code or name holds the words. */
export const choicesQuery = (types: readonly RecordType[], q: string) =>
  queryOptions({
    queryKey: ['records', 'choices', types, q],
    queryFn: async ({ signal }): Promise<Choice[]> => {
      const limit = String(Math.max(8, Math.floor(24 / types.length)));
      const found = await Promise.all(
        types.map(async (type) => {
          const path = `/${RECORDS[type].table.replaceAll('_', '-')}`;
          const { items } = await call(path, named, { query: { q: q || undefined, limit, sort: 'code' }, signal });
          return items.map(({ code, name }) => ({ type, code, name }));
        }),
      );
      return found.flat();
    },
  });

/** The name behind a reference; null where there is none, or none that is visible. */
export const nameQuery = (type: RecordType, code: string) =>
  queryOptions({
    queryKey: ['records', 'name', type, code],
    queryFn: async ({ signal }) => {
      const path = `/${RECORDS[type].table.replaceAll('_', '-')}`;
      return (await call(path, named, { query: { code, limit: '1' }, signal })).items[0]?.name ?? null;
    },
    staleTime: 5 * 60_000,
  });

export const chainQuery = (scope: PageScope) =>
  queryOptions({
    queryKey: ['chain', scopeQuery(scope)],
    queryFn: ({ signal }) => call('/chain', chain, { query: scopeQuery(scope), signal }),
    placeholderData: keepPreviousData,
  });

/** The gaps of one record. */
export const gapsOfQuery = (scope: PageScope, type: Layer, ref: string) =>
  queryOptions({
    queryKey: ['gaps', 'of', scopeQuery(scope), type, ref],
    queryFn: async ({ signal }) => {
      const query = { ...scopeQuery(scope), type, ref, limit: String(MOST) };
      return (await call('/chain/gaps', gaps, { query, signal })).items;
    },
  });

/** All gaps of the scope. */
export const allGapsQuery = (scope: PageScope) =>
  queryOptions({
    queryKey: ['gaps', 'all', scopeQuery(scope)],
    queryFn: async ({ signal }) => {
      const items: Gap[] = [];
      let cursor: string | undefined;
      do {
        const query = { ...scopeQuery(scope), limit: String(MOST), cursor };
        const found = await call('/chain/gaps', gaps, { query, signal });
        items.push(...found.items);
        cursor = found.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return items;
    },
    placeholderData: keepPreviousData,
  });

/** The last events on a record, on its months, and the imports that wrote it. */
export const historyQuery = (type: RegisterType, id: string, limit = 5) =>
  queryOptions({
    queryKey: ['audit', 'of', type, id, limit],
    queryFn: ({ signal }) =>
      call('/audit', auditPage, {
        query: { objectType: type, objectId: id, related: 'true', limit: String(limit) },
        signal,
      }),
  });

/** @param key the same for each try with the same content and reason, so that a repetition is done once */
export const createRecord = (
  type: RegisterType,
  body: Record<string, unknown>,
  key: string,
  reason: string,
): Promise<AnyRecord> =>
  call(pathTo(type), readSchema(RECORDS[type]), { method: 'POST', body, headers: { 'idempotency-key': key }, reason });

/** @throws ApiError 412 where the record was changed since it was read */
export const changeRecord = (
  type: RegisterType,
  record: AnyRecord,
  body: Record<string, unknown>,
  reason: string,
): Promise<AnyRecord> =>
  call(pathTo(type, record.id), readSchema(RECORDS[type]), { method: 'PATCH', body, of: record, reason });

/** @throws ApiError 409 naming what still refers to it, 412 where it was changed since it was read */
export const archiveRecord = (type: RegisterType, record: AnyRecord, reason: string): Promise<void> =>
  callForNothing(pathTo(type, record.id), { method: 'DELETE', of: record, reason });

export const isLayer = (type: string): type is Layer => (LAYERS as readonly string[]).includes(type);
