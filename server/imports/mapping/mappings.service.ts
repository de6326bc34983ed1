import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import type { Principal } from '../../access/principal.js';
import { recordChange } from '../../audit/write.js';
import type {
  changeMapping,
  ImportMapping,
  SavedMapping,
  SavedMappingList,
  saveMapping,
} from '../../contract/mapping.js';
import { CLOCK, type Clock } from '../../http/clock.js';
import { stale } from '../../http/etag.js';
import { notFound, Problem } from '../../http/problem.js';
import { headersOf } from './fit.js';

const FIELDS = `id, version, created_at as "createdAt", updated_at as "updatedAt", name, headers, mapping`;
/** As many as a person has; more could not be told apart in a list. */
const MOST = 100;

const taken = (): Problem =>
  new Problem(409, 'duplicate', 'You have a mapping of this name already. Choose another name, or change that one.', [
    { pointer: '/name', code: 'name.taken', message: 'You have a mapping of this name already.' },
  ]);

/** A person's own mappings of foreign columns, for the next file of the same kind. */
@Injectable()
export class MappingsService {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The last used first. */
  async list(principal: Principal): Promise<SavedMappingList> {
    const items = await this.source.query<SavedMapping[]>(
      `select ${FIELDS} from import_mappings where user_id = $1 and archived_at is null order by updated_at desc, id limit ${MOST}`,
      [principal.userId],
    );
    return { items };
  }

  /** @throws Problem 409 where an own mapping has the name, 422 where one has too many */
  async save(principal: Principal, { name, mapping }: z.output<typeof saveMapping>): Promise<SavedMapping> {
    return this.source.transaction(async (manager) => {
      await this.refuseTaken(manager, principal, name, null);
      await refuseMany(manager, principal);
      const rows = await manager.query<SavedMapping[]>(
        `insert into import_mappings (id, created_at, updated_at, user_id, user_email, name, headers, mapping)
         values ($1, $2, $2, $3, $4, $5, $6, $7) returning ${FIELDS}`,
        [uuidv7(), this.now(), principal.userId, principal.email, name, headersOf(mapping), JSON.stringify(mapping)],
      );
      const saved = rows[0]!;
      await this.record(manager, principal, 'created', saved.id, null, eventOf(saved));
      return saved;
    });
  }

  /**
   * @param version the one that the person read
   * @throws Problem 404, 409 for a taken name, 412 where it was changed meanwhile
   */
  async change(
    principal: Principal,
    id: string,
    version: number,
    given: z.output<typeof changeMapping>,
  ): Promise<SavedMapping> {
    return this.source.transaction(async (manager) => {
      const before = await this.locked(manager, principal, id);
      if (before.version !== version) throw stale(before);
      const name = given.name ?? before.name;
      const mapping: ImportMapping = given.mapping ?? before.mapping;
      await this.refuseTaken(manager, principal, name, id);
      const rows = await manager.query<[SavedMapping[], number]>(
        `update import_mappings set version = version + 1, updated_at = $2, name = $3, headers = $4, mapping = $5
         where id = $1 returning ${FIELDS}`,
        [id, this.now(), name, headersOf(mapping), JSON.stringify(mapping)],
      );
      const saved = rows[0][0]!;
      await this.record(manager, principal, 'changed', id, eventOf(before), eventOf(saved));
      return saved;
    });
  }

  /**
   * @param version the one that the person read
   * @throws Problem 404, 412 where it was changed meanwhile
   */
  async remove(principal: Principal, id: string, version: number): Promise<void> {
    await this.source.transaction(async (manager) => {
      const before = await this.locked(manager, principal, id);
      if (before.version !== version) throw stale(before);
      await manager.query(
        'update import_mappings set version = version + 1, updated_at = $2, archived_at = $2 where id = $1',
        [id, this.now()],
      );
      await this.record(manager, principal, 'archived', id, eventOf(before), null);
    });
  }

  private now(): string {
    return this.clock.now().toISOString();
  }

  private async locked(manager: EntityManager, principal: Principal, id: string): Promise<SavedMapping> {
    const rows = await manager.query<SavedMapping[]>(
      `select ${FIELDS} from import_mappings where id = $1 and user_id = $2 and archived_at is null for update`,
      [id, principal.userId],
    );
    if (!rows[0]) throw notFound();
    return rows[0];
  }

  private async refuseTaken(
    manager: EntityManager,
    principal: Principal,
    name: string,
    but: string | null,
  ): Promise<void> {
    // Two saves at once would both find the name free; the unique index would then tell less well why.
    await manager.query('select pg_advisory_xact_lock(hashtext($1))', [`import mappings ${principal.userId}`]);
    const rows = await manager.query<unknown[]>(
      `select 1 from import_mappings where user_id = $1 and lower(name) = lower($2) and archived_at is null and id is distinct from $3::uuid`,
      [principal.userId, name, but],
    );
    if (rows.length > 0) throw taken();
  }

  private async record(
    manager: EntityManager,
    principal: Principal,
    action: string,
    objectId: string,
    before: Record<string, unknown> | null,
    after: Record<string, unknown> | null,
  ): Promise<void> {
    const actor = principal.email;
    const entry = {
      at: this.now(),
      actor,
      action,
      objectType: 'import_mapping',
      objectId,
      objectCode: null,
      before,
      after,
    };
    await recordChange(manager, entry, []);
  }
}

/** After `refuseTaken`, which lets one save of a person go on at a time. */
const refuseMany = async (manager: EntityManager, principal: Principal): Promise<void> => {
  const rows = await manager.query<unknown[]>(
    `select 1 from import_mappings where user_id = $1 and archived_at is null limit ${MOST}`,
    [principal.userId],
  );
  if (rows.length < MOST) return;
  throw new Problem(
    422,
    'rule-broken',
    `You have ${MOST} saved mappings. Delete one, or change one, before you save another.`,
  );
};

/** What the audit keeps of a mapping: what it is called and what it fills. */
const eventOf = ({ name, mapping }: SavedMapping): Record<string, unknown> => ({
  name,
  tables: mapping.targets.map(({ table }) => table),
});
