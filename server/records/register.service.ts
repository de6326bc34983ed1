import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.js';
import { recordChange } from '../audit/write.js';
import { type AnyRecord, type Declaration } from '../contract/records.js';
import { named } from '../database/named.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { stale } from '../http/etag.js';
import { forbidden, notFound, Problem } from '../http/problem.js';
import { blankValues, changedFields, recordOfRow, selectList } from './fields.js';
import { encodeCursor, listSql, type ListQuery } from './list.js';
import { inTheWay } from './in-the-way.js';
import { columnValues, dependentsOf } from './references.js';
import { refuseTakeOver } from './take-over.js';
import { refuse, unwritableWords } from './refusals.js';
import { ruledFields } from './rules.js';
import { writableAmong } from '../access/rights.js';
import { dataVersionScope, readCondition } from '../access/scope.js';
import { storedColumnsOf } from '../database/columns.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export interface RecordPage {
  items: AnyRecord[];
  total: number;
  nextCursor: string | null;
}

/**
 * List, read, create, change and archive, the same for every record type. What is out of the person's sight does not exist (404);
 * what they see but may not write is refused (403). Each change and its audit event are one transaction.
 */
@Injectable()
export class RegisterService {
  constructor(
    private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(declaration: Declaration, principal: Principal, query: ListQuery): Promise<RecordPage> {
    const sql = listSql(declaration, query, readCondition(principal, declaration.type));
    const [count] = (await this.source.query(`select count(*) as total ${sql.matching}`, sql.values)) as [
      { total: number },
    ];
    const rows = (await this.source.query(
      `select ${selectList(declaration)}, (${sql.order.expression})::text as "sortValue" ${sql.matching} ${sql.page}`,
      [...sql.values, ...sql.pageValues],
    )) as (Record<string, unknown> & { id: string; sortValue: string | null })[];
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    return {
      items: shown.map(({ sortValue: _sortValue, ...row }) => recordOfRow(declaration, row)),
      total: count.total,
      nextCursor: rows.length > query.limit && last ? encodeCursor(sql.sort, last.sortValue, last.id) : null,
    };
  }

  /** @throws Problem 404 where there is none, it is archived and named by code, or it is out of sight */
  async read(declaration: Declaration, principal: Principal, ref: string): Promise<AnyRecord> {
    const row = await this.find(this.source, declaration, principal, ref);
    if (!row) throw notFound();
    return row;
  }

  /**
   * @param restores whether a record with this key that is in the archive comes back with these fields; else it is refused
   * @throws Problem 403, 409 where the key is taken, 422
   */
  async create(
    declaration: Declaration,
    principal: Principal,
    fields: Record<string, unknown>,
    restores = false,
  ): Promise<AnyRecord> {
    return this.source.transaction(async (manager) => {
      const now = this.clock.now().toISOString();
      const ruled = await ruledFields(manager, declaration.type, fields, null, { who: principal, now });
      const values = await columnValues(manager, declaration, ruled);
      await refuse(declaration, { manager, before: null, values, now });
      const archived = await this.archivedTwin(manager, declaration, values, restores);
      if (archived) return this.restore(manager, declaration, principal, archived, values);
      const id = uuidv7();
      const row = { ...values, id, created_at: now, updated_at: now };
      const names = Object.keys(row);
      await manager.query(
        `insert into ${declaration.table} (${names.join(', ')}) values (${names.map((_name, index) => `$${index + 1}`).join(', ')})`,
        Object.values(row),
      );
      await this.refuseUnwritable(manager, declaration, principal, id);
      await refuseTakeOver(manager, declaration, principal, id);
      const created = (await this.find(manager, declaration, null, id))!;
      await this.record(
        manager,
        declaration,
        principal,
        'created',
        null,
        created,
        await this.scopesOf(manager, declaration, id),
      );
      return created;
    });
  }

  /**
   * @param version what If-Match named
   * @throws Problem 404, 403, 412 with the current record, 422
   */
  async change(
    declaration: Declaration,
    principal: Principal,
    ref: string,
    version: number,
    fields: Record<string, unknown>,
  ): Promise<AnyRecord> {
    return this.source.transaction(async (manager) => {
      const before = await this.writable(manager, declaration, principal, ref);
      if (before.version !== version) throw stale(before);
      if (Object.keys(fields).length === 0) return before;
      const now = this.clock.now().toISOString();
      const ruled = await ruledFields(manager, declaration.type, fields, before, { who: principal, now });
      const values = await columnValues(manager, declaration, ruled);
      await refuse(declaration, { manager, before, values, now });
      const scopes = await this.scopesOf(manager, declaration, before.id);
      await this.update(manager, declaration, before, values);
      await this.refuseUnwritable(manager, declaration, principal, before.id);
      const after = (await this.find(manager, declaration, null, before.id))!;
      scopes.push(...(await this.scopesOf(manager, declaration, before.id)));
      await this.record(manager, declaration, principal, 'changed', before, after, scopes);
      return after;
    });
  }

  /** @param first what is archived with it, before it. @throws Problem 409 naming what still refers to the record */
  async archive(
    declaration: Declaration,
    principal: Principal,
    ref: string,
    version: number,
    first?: (manager: EntityManager, record: AnyRecord) => Promise<void>,
  ): Promise<void> {
    await this.source.transaction(async (manager) => {
      const before = await this.writable(manager, declaration, principal, ref);
      if (before.version !== version) throw stale(before);
      const now = this.clock.now().toISOString();
      await refuse(declaration, { manager, before, values: { archived_at: now }, now });
      await first?.(manager, before);
      const scopes = await this.scopesOf(manager, declaration, before.id);
      await this.update(manager, declaration, before, { archived_at: now });
      const dependents = await dependentsOf(manager, declaration.type, before.id);
      if (dependents.length > 0) throw inTheWay(declaration, before, dependents);
      await this.record(manager, declaration, principal, 'archived', before, null, scopes);
    });
  }

  /** The record by id or code; null principal: whatever is there, for the server's own use. */
  private async find(
    on: DataSource | EntityManager,
    declaration: Declaration,
    principal: Principal | null,
    ref: string,
  ): Promise<AnyRecord | null> {
    const scope = principal ? readCondition(principal, declaration.type) : null;
    const byId = UUID.test(ref);
    // A fact that shares its code with others (a competency by day) is named by id only.
    if (!byId && !(declaration.key[0] === 'code' && declaration.type !== 'competency')) return null;
    const match = byId ? 't.id = $1' : 'lower(t.code) = lower($1) and t.archived_at is null';
    const scopeName = scope && scope.values.length > 0 ? 'scoped' : 'all';
    const [row] = await named<Record<string, unknown>>(
      on,
      `read ${declaration.type} ${byId ? 'id' : 'code'} ${scopeName}`,
      `select ${selectList(declaration)} from ${declaration.table} t where ${match} and ${scope ? scope.text(2) : 'true'}`,
      [ref, ...(scope?.values ?? [])],
    );
    return row ? recordOfRow(declaration, row) : null;
  }

  /** The record, if it can be seen (else 404), is not archived (else 404) and can be written (else 403). */
  private async writable(
    manager: EntityManager,
    declaration: Declaration,
    principal: Principal,
    ref: string,
  ): Promise<AnyRecord> {
    const seen = await this.find(manager, declaration, principal, ref);
    if (!seen || seen.archivedAt !== null) throw notFound();
    await this.refuseUnwritable(manager, declaration, principal, seen.id);
    return seen;
  }

  private async refuseUnwritable(
    manager: EntityManager,
    declaration: Declaration,
    principal: Principal,
    id: string,
  ): Promise<void> {
    if (!(await writableAmong(manager, principal, declaration.type, [id])).has(id))
      throw forbidden(unwritableWords(declaration));
  }

  /** `UPDATE … WHERE id AND version`: of two writers with the same version one finds no row. */
  private async update(
    manager: EntityManager,
    declaration: Declaration,
    before: AnyRecord,
    values: Record<string, unknown>,
  ): Promise<void> {
    const names = Object.keys(values);
    const sets = names.map((name, index) => `${name} = $${index + 4}`);
    const [, changed] = (await manager.query(
      `update ${declaration.table} set ${[...sets, 'version = version + 1', 'updated_at = $3'].join(', ')} where id = $1 and version = $2`,
      [before.id, before.version, this.clock.now().toISOString(), ...Object.values(values)],
    )) as [unknown, number];
    if (changed === 0) {
      const current = await this.find(manager, declaration, null, before.id);
      throw stale(current ?? before);
    }
  }

  private async restore(
    manager: EntityManager,
    declaration: Declaration,
    principal: Principal,
    before: AnyRecord,
    values: Record<string, unknown>,
  ): Promise<AnyRecord> {
    await this.refuseUnwritable(manager, declaration, principal, before.id);
    await this.update(manager, declaration, before, { ...blankValues(declaration), ...values, archived_at: null });
    await this.refuseUnwritable(manager, declaration, principal, before.id);
    await refuseTakeOver(manager, declaration, principal, before.id);
    const after = (await this.find(manager, declaration, null, before.id))!;
    const scopes = await this.scopesOf(manager, declaration, before.id);
    await this.record(manager, declaration, principal, 'restored', before, after, scopes);
    return after;
  }

  /** A code that is in the archive is not free: bringing it back is an import's business, but for facts that are added by a form of their own. */
  private async archivedTwin(
    manager: EntityManager,
    declaration: Declaration,
    values: Record<string, unknown>,
    restores: boolean,
  ): Promise<AnyRecord | null> {
    const keys = storedColumnsOf(declaration.type).filter((column) => declaration.key.includes(column.field));
    const conditions = keys.map((column, index) =>
      column.kind.kind === 'code' ? `lower(${column.name}) = lower($${index + 1})` : `${column.name} = $${index + 1}`,
    );
    const [twin] = (await manager.query(
      `select id, archived_at from ${declaration.table} where ${conditions.join(' and ')}`,
      keys.map((column) => values[column.name]),
    )) as { id: string; archived_at: string | null }[];
    if (!twin) return null;
    if (twin.archived_at && restores) return this.find(manager, declaration, null, twin.id);
    const what = `${declaration.label} with this ${declaration.key.length > 1 ? 'key' : 'code'}`;
    throw new Problem(
      409,
      'duplicate',
      twin.archived_at
        ? `There is an archived ${what.toLowerCase()}. Import it to bring it back, or choose another.`
        : `There is a ${what.toLowerCase()} already. Change that one, or choose another.`,
    );
  }

  private async scopesOf(manager: EntityManager, declaration: Declaration, id: string): Promise<string[]> {
    const [row] = (await manager.query(
      `select ${dataVersionScope(declaration.type)} as scope from ${declaration.table} t where t.id = $1`,
      [id],
    )) as { scope: string }[];
    return [row!.scope];
  }

  private async record(
    manager: EntityManager,
    declaration: Declaration,
    principal: Principal,
    action: string,
    before: AnyRecord | null,
    after: AnyRecord | null,
    scopes: string[],
  ): Promise<void> {
    const subject = (after ?? before)!;
    const at = this.clock.now().toISOString();
    const entry = {
      at,
      actor: principal.email,
      action,
      objectType: declaration.type,
      objectId: subject.id,
      objectCode: typeof subject['code'] === 'string' ? subject['code'] : null,
      before: before && after ? changedFields(before, after) : before,
      after: before && after ? changedFields(after, before) : after,
    };
    await recordChange(manager, entry, scopes);
  }
}
