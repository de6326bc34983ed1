import type { DataSource, EntityManager } from 'typeorm';
import type { RecordType } from '../contract/columns.js';
import { RECORDS } from '../contract/records.js';
import { isPermitted } from './policy.js';
import { managedPortfolios, type Principal } from './principal.js';
import { writeCondition } from './scope.js';

/** Which of the records of a type, by id, the person may write. The same conditions refuse the others when they are written. */
export const writableAmong = async (
  on: DataSource | EntityManager,
  who: Principal,
  type: RecordType,
  ids: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (ids.length === 0 || !isPermitted(who, `records.write:${type}`)) return new Set();
  const { text, values } = writeCondition(who, type);
  const rows = (await on.query(
    `select t.id from ${RECORDS[type].table} t where t.id = any ($1::uuid[]) and ${text(2)}`,
    [ids, ...values],
  )) as { id: string }[];
  return new Set(rows.map(({ id }) => id));
};

/** Of a link at one end of a record. */
export type LinkEnd = 'from' | 'to';

/**
 * Whether the person may write a link that has the record at this end, with a record of their own at the other. A link is written by the
 * manager of its `from`, one to a benefit by that of the benefit; between capability and outcome either end will do.
 *
 * @param mayWrite whether they may write the record itself
 */
export const mayLink = (who: Principal, type: RecordType, end: LinkEnd, mayWrite: boolean): boolean => {
  if (!isPermitted(who, 'records.write:link')) return false;
  const isDecidedHere = end === 'from' ? type === 'investment' || type === 'initiative' : type === 'benefit';
  return isDecidedHere ? mayWrite : mayWrite || managedPortfolios(who).length > 0;
};

/** By id of a record of the chain: who manages its portfolio; of one in several portfolios, for the first by code. */
export const whomToAsk = async (
  on: DataSource | EntityManager,
  type: RecordType,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (ids.length === 0) return new Map();
  const rows = (await on.query(
    `select distinct on (r.id) r.id, p.manager_email as manager from unnest($2::uuid[]) as r(id)
       join portfolios p on p.id = any (portfolios_of($1, r.id)) and p.archived_at is null and p.manager_email is not null
       order by r.id, p.code`,
    [type, ids],
  )) as { id: string; manager: string }[];
  return new Map(rows.map(({ id, manager }) => [id, manager]));
};

/** What the rights of a person to write follow from, as part of a key: the same text means the same rights on the same data. */
export const rightsKey = (who: Principal): string =>
  who.grants
    .map(({ role, portfolioId }) => `${role}:${portfolioId ?? ''}`)
    .sort()
    .join(',');
