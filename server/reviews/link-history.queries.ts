import type { EntityManager } from 'typeorm';
import type { Layer } from '../contract/chain.js';
import { named } from '../database/named.js';

/** A link, whether it lives or not, with the codes of its ends. */
export interface LinkEnds {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly fromType: Layer;
  readonly toType: Layer;
  readonly fromCode: string;
  readonly toCode: string;
  readonly allocation: string | null;
  readonly contribution: string | null;
  readonly isLive: boolean;
}

const NODES = `node as (
  select id, code from investments union all select id, code from initiatives union all select id, code from capabilities
  union all select id, code from outcomes union all select id, code from benefits)`;

/** Links by id. */
export const linksOf = (manager: EntityManager, ids: readonly string[]): Promise<LinkEnds[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : named(
        manager,
        'links by id',
        `with ${NODES} select l.id, l.from_id as "from", l.to_id as "to", l.from_type as "fromType", l.to_type as "toType", f.code as "fromCode",
           t.code as "toCode", l.allocation::text, l.contribution::text, l.archived_at is null as "isLive"
         from links l join node f on f.id = l.from_id join node t on t.id = l.to_id where l.id = any ($1::uuid[])`,
        [ids],
      );

/** Ends of the links that live, or did at or after an instant. */
export const linksSince = (
  manager: EntityManager,
  since: string,
): Promise<Pick<LinkEnds, 'fromType' | 'fromCode' | 'toType' | 'toCode'>[]> =>
  named(
    manager,
    'links since',
    `with ${NODES} select l.from_type as "fromType", f.code as "fromCode", l.to_type as "toType", t.code as "toCode"
     from links l join node f on f.id = l.from_id join node t on t.id = l.to_id where l.archived_at is null or l.archived_at >= $1::timestamptz`,
    [since],
  );

/** A link that an import wrote, with what it was before; `was` is null of one that was not there. */
export interface ImportedLink {
  readonly importId: string;
  readonly id: string;
  readonly was: { readonly allocation: string | null; readonly contribution: string | null } | null;
}

/** Links that imports wrote. */
export const linksOfImports = (manager: EntityManager, ids: readonly string[]): Promise<ImportedLink[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : named(
        manager,
        'links of imports',
        `select import_id as "importId", record_id as id, case when before is null or before ->> 'archived_at' is not null then null
           else jsonb_build_object('allocation', before ->> 'allocation', 'contribution', before ->> 'contribution') end as was
         from import_changes where table_name = 'links' and import_id = any ($1::uuid[])`,
        [ids],
      );

/** Ids of investments and benefits with amounts in some months, archived or not: the first that counts and the one after the last, null of no bound. */
export const holdersIn = async (manager: EntityManager, from: string | null, to: string | null): Promise<string[]> =>
  (
    await named<{ id: string }>(
      manager,
      'holders of amounts in months',
      `with bounds as (select coalesce(($1::text || '-01')::date, '-infinity') as first, coalesce(($2::text || '-01')::date, 'infinity') as after)
       select distinct investment_id as id from investment_costs, bounds where month >= first and month < after
       union all select distinct benefit_id from benefit_values, bounds where month >= first and month < after`,
      [from, to],
    )
  ).map(({ id }) => id);
