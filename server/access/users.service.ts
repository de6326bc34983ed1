import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { recordChange } from '../audit/write.js';
import type { ChangeUser, CreateUser, User } from '../contract/access.js';
import { named } from '../database/named.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { invalid, notFound, Problem, type ProblemError } from '../http/problem.js';
import { Passwords } from './passwords.js';
import type { Principal } from './principal.js';
import { stale } from '../http/etag.js';
import { findUser, listUsers, type UsersQuery } from './users.queries.js';

type WantedGrants = CreateUser['grants'];

/**
 * People and their roles. Users are archived and never deleted: the audit chain names them. Each change and its audit event are one
 * transaction; none of them holds a password or its hash.
 */
@Injectable()
export class UsersService {
  constructor(
    private readonly source: DataSource,
    private readonly passwords: Passwords,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(query: UsersQuery): ReturnType<typeof listUsers> {
    return listUsers(this.source, query);
  }

  /** @throws Problem 404 */
  async read(ref: string): Promise<User> {
    const user = await findUser(this.source, ref);
    if (!user) throw notFound();
    return user;
  }

  /** @throws Problem 409 where the e-mail address is taken, 422 for a portfolio or unit that is not there */
  async create(principal: Principal, given: CreateUser): Promise<User> {
    const passwordHash = await this.passwords.hash(given.password); // before the transaction: it takes long
    return this.source.transaction(async (manager) => {
      const taken = await findUser(manager, given.email);
      if (taken)
        throw new Problem(
          409,
          'duplicate',
          `There is ${taken.archivedAt ? 'an archived' : 'a'} user with this e-mail address already. Use another address.`,
        );
      const id = uuidv7();
      const now = this.clock.now().toISOString();
      await manager.query(
        'insert into users (id, email, name, password_hash, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)',
        [id, given.email, given.name, passwordHash, now],
      );
      await this.grant(manager, id, given.grants);
      const created = (await findUser(manager, id))!;
      await this.record(manager, principal, 'created', created, null, businessFields(created));
      return created;
    });
  }

  /**
   * Changes name, password or roles. A new password ends all sessions of the person; new roles hold from their next request on.
   *
   * @param version what If-Match named
   * @throws Problem 404, 409 for the last administrator, 412 with the current record, 422
   */
  async change(principal: Principal, ref: string, version: number, given: ChangeUser): Promise<User> {
    const passwordHash = given.password === undefined ? null : await this.passwords.hash(given.password);
    return this.source.transaction(async (manager) => {
      const before = await this.touched(manager, ref, version, {
        name: given.name ?? null,
        password_hash: passwordHash,
      });
      if (given.grants) {
        await manager.query('delete from user_roles where user_id = $1', [before.id]);
        await this.grant(manager, before.id, given.grants);
        await this.refuseWithoutAdministrator(manager);
      }
      if (passwordHash !== null) await manager.query('delete from sessions where user_id = $1', [before.id]);
      const after = (await findUser(manager, before.id))!;
      const secretChange = passwordHash === null ? {} : { passwordChanged: true };
      await this.record(manager, principal, 'changed', after, businessFields(before), {
        ...businessFields(after),
        ...secretChange,
      });
      return after;
    });
  }

  /**
   * Archives a person: sessions and tokens end at once.
   * @throws Problem 404, 409 for the last administrator, 412 with the current record
   */
  async archive(principal: Principal, ref: string, version: number): Promise<void> {
    await this.source.transaction(async (manager) => {
      const now = this.clock.now().toISOString();
      const before = await this.touched(manager, ref, version, { archived_at: now });
      await this.refuseWithoutAdministrator(manager);
      await manager.query('delete from sessions where user_id = $1', [before.id]);
      await manager.query('update api_tokens set revoked_at = $2 where user_id = $1 and revoked_at is null', [
        before.id,
        now,
      ]);
      await manager.query(
        `update reminder_settings set digest = 'off', feed_hash = null, feed_made_at = null where user_id = $1`,
        [before.id],
      );
      await this.record(manager, principal, 'archived', before, businessFields(before), null);
    });
  }

  /** `UPDATE … WHERE id AND version`, with the columns that are not null; gives back the person as before. */
  private async touched(
    manager: EntityManager,
    ref: string,
    version: number,
    columns: Partial<Record<'name' | 'password_hash' | 'archived_at', string | null>>,
  ): Promise<User> {
    // One change of people at a time: two administrators could otherwise each take the role from the other.
    await manager.query(`select pg_advisory_xact_lock(hashtext('throughline users'))`);
    const before = await findUser(manager, ref);
    if (!before || before.archivedAt !== null) throw notFound();
    const set = Object.entries(columns).filter(([, value]) => value !== null);
    const assignments = set.map(([column], index) => `, ${column} = $${index + 4}`).join('');
    const [, changed] = (await manager.query(
      `update users set version = version + 1, updated_at = $3${assignments} where id = $1 and version = $2`,
      [before.id, version, this.clock.now().toISOString(), ...set.map(([, value]) => value)],
    )) as [unknown, number];
    if (changed === 0) throw stale(before);
    return before;
  }

  /** Gives roles by the codes of portfolio and unit; the same role twice is given once. */
  private async grant(manager: EntityManager, userId: string, grants: WantedGrants): Promise<void> {
    const errors: ProblemError[] = [];
    for (const [index, { role, portfolioCode, orgUnitCode }] of grants.entries()) {
      const portfolioId = portfolioCode ? await idOf(manager, 'portfolios', portfolioCode) : null;
      const orgUnitId = orgUnitCode ? await idOf(manager, 'org_units', orgUnitCode) : null;
      if (portfolioCode && !portfolioId)
        errors.push(unknown(`/grants/${index}/portfolioCode`, 'portfolio', portfolioCode));
      if (orgUnitCode && !orgUnitId) errors.push(unknown(`/grants/${index}/orgUnitCode`, 'org unit', orgUnitCode));
      if (errors.length > 0) continue;
      await manager.query(
        'insert into user_roles (id, user_id, role, portfolio_id, org_unit_id) values ($1, $2, $3, $4, $5) on conflict do nothing',
        [uuidv7(), userId, role, portfolioId, orgUnitId],
      );
    }
    if (errors.length > 0) throw invalid(errors);
  }

  private async refuseWithoutAdministrator(manager: EntityManager): Promise<void> {
    const [left] = await named(
      manager,
      'any administrator',
      `select 1 from user_roles r join users u on u.id = r.user_id where r.role = 'admin' and u.archived_at is null limit 1`,
    );
    if (!left)
      throw new Problem(409, 'conflict', 'This is the last administrator. Make somebody else administrator first.');
  }

  private async record(
    manager: EntityManager,
    principal: Principal,
    action: string,
    user: User,
    before: Record<string, unknown> | null,
    after: Record<string, unknown> | null,
  ): Promise<void> {
    const at = this.clock.now().toISOString();
    const object = { objectType: 'user', objectId: user.id, objectCode: user.email };
    // No figure depends on who may see it, so no data version moves: caches are keyed by what a reader sees.
    await recordChange(manager, { at, actor: principal.email, action, ...object, before, after }, []);
  }
}

const businessFields = ({ email, name, grants }: User): Record<string, unknown> => ({ email, name, grants });

const idOf = async (
  manager: EntityManager,
  table: 'portfolios' | 'org_units',
  code: string,
): Promise<string | null> => {
  const [row] = await named<{ id: string }>(
    manager,
    `grant for ${table}`,
    `select id from ${table} where lower(code) = lower($1) and archived_at is null`,
    [code],
  );
  return row?.id ?? null;
};

const unknown = (pointer: string, what: string, code: string): ProblemError => ({
  pointer,
  code: 'reference.unknown',
  message: `There is no ${what} with the code ${code}. Use a code that exists, or create it first.`,
});
