import type { EntityManager } from 'typeorm';
import type { Principal } from './principal.js';
import { readCondition } from './scope.js';

/** Ids of the live benefits that are named by code, whatever its case, and that the person may see; by code in small letters. */
export const benefitIdsByCode = async (
  manager: EntityManager,
  who: Principal,
  codes: readonly string[],
): Promise<Map<string, string>> => {
  const scope = readCondition(who, 'benefit');
  const rows = (await manager.query(
    `select t.id, lower(t.code) as code from benefits t
     where lower(t.code) = any (select lower(c) from unnest($1::text[]) c) and t.archived_at is null and ${scope.text(2)}`,
    [codes, ...scope.values],
  )) as { id: string; code: string }[];
  return new Map(rows.map((row) => [row.code, row.id]));
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Ids of the live benefits that are named by id or code, and that the person may see; by the name that was given. */
export const benefitIdsByRef = async (
  manager: EntityManager,
  who: Principal,
  refs: readonly string[],
): Promise<Map<string, string>> => {
  const [ids, codes] = [refs.filter((ref) => UUID.test(ref)), refs.filter((ref) => !UUID.test(ref))];
  const byCode = await benefitIdsByCode(manager, who, codes);
  const scope = readCondition(who, 'benefit');
  const rows = (await manager.query(
    `select t.id from benefits t where t.id = any ($1::uuid[]) and t.archived_at is null and ${scope.text(2)}`,
    [ids, ...scope.values],
  )) as { id: string }[];
  const byId = new Set(rows.map(({ id }) => id));
  const found = new Map<string, string>();
  for (const ref of refs) {
    const id = UUID.test(ref) ? ref.toLowerCase() : byCode.get(ref.toLowerCase());
    if (id !== undefined && (byId.has(id) || !UUID.test(ref))) found.set(ref, id);
  }
  return found;
};
