import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { hashPassword } from '../access/passwords.js';
import type { Principal } from '../access/principal.js';
import { recordChange } from '../audit/write.js';
import type { ExampleRemoved } from '../contract/example.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { Problem } from '../http/problem.js';
import { LongConnection } from '../imports/connection.js';
import { IS_EMPTY } from '../imports/emptiness.js';
import { WRITER_LOCK } from '../imports/import-run.js';
import { archiveGoing, collectGoing, ownReferrers } from './going.js';
import { archiveHeard } from './heard.js';
import { ownNotes, withdrawNotes } from './notes.js';
import { ownSurveys } from './own-surveys.js';
import { removeRounds } from './round.js';
import { archiveScenarios } from './scenario.js';
import { setReportingCurrency } from './reporting-currency.js';
import { administratorAfter, endRoles, endSignIns, givePassword } from './sign-ins.js';
import { ENTERPRISE_NAME } from './story.js';

interface Loaded {
  importId: string;
  userIds: string[];
  currencyBefore: string | null;
}

/** Takes the example away, whatever was changed since. Records are archived, as everywhere; what is one's own stays. */
@Injectable()
export class ExampleRemoval {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * One transaction: records, sign-ins and the audit event go and come together.
   *
   * @param remover null where the environment asks for it
   * @param password a new one for the administrator who is left; null leaves it as it is
   * @throws Problem 404 where no example is loaded; 409 where records of one's own refer to it (each in errors), or nobody could administer
   */
  async remove(remover: Principal | null, password: string | null): Promise<ExampleRemoved> {
    const hash = password === null ? null : await hashPassword(password);
    const connection = await LongConnection.open(this.source, 'removal of the example');
    try {
      await connection.script('begin');
      await connection.query('select pg_advisory_xact_lock($1)', [WRITER_LOCK]);
      const removed = await this.removeAll(connection, remover, hash);
      await connection.script('commit');
      return removed;
    } catch (error) {
      await connection.script('rollback').catch(() => undefined);
      throw error;
    } finally {
      await connection.close();
    }
  }

  private async removeAll(
    connection: LongConnection,
    remover: Principal | null,
    hash: string | null,
  ): Promise<ExampleRemoved> {
    const by = { actor: remover?.email ?? 'system', at: this.clock.now().toISOString() };
    const loaded = await markRemoved(connection, by.at);
    await connection.query(`select pg_advisory_xact_lock(hashtext('throughline users'))`); // as every change of people does
    const administrator = await administratorAfter(connection, loaded.userIds, remover?.userId ?? null);
    await collectGoing(connection, loaded.importId);
    const errors = [
      ...(await ownReferrers(connection)),
      ...(await ownSurveys(connection)),
      ...(await ownNotes(connection)),
    ];
    if (errors.length > 0)
      throw new Problem(
        409,
        'conflict',
        `${errors.length === 1 ? 'A record of your own refers' : `${errors.length} records of your own refer`} to the example; each is listed in errors.`,
        errors,
      );
    const tables = { ...(await archiveGoing(connection, by)), ...(await withdrawNotes(connection, by.at)) };
    const rolesEnded = await endRoles(connection, loaded.userIds, by.at);
    await archiveScenarios(connection, loaded.userIds, by.at);
    await archiveHeard(connection, by.at);
    await removeRounds(connection);
    await endSignIns(connection, loaded.userIds, by.at);
    if (hash !== null)
      await givePassword(connection, administrator.id, { hash, at: by.at, asking: sessionOf(remover) });
    await connection.query(`update imports set status = 'reverted', reverted_at = $2, reverted_by = $3 where id = $1`, [
      loaded.importId,
      by.at,
      by.actor,
    ]);
    const scopes = await connection.query<{ scope: string }>('select scope from data_versions');
    const after = { tables, rolesEnded, ...(hash === null ? {} : { passwordChangedOf: administrator.email }) };
    const object = { objectType: 'example', objectId: loaded.importId, objectCode: null };
    await recordChange(
      connection.manager,
      { ...by, action: 'removed', ...object, before: { name: ENTERPRISE_NAME }, after },
      scopes.map(({ scope }) => scope),
    );
    await restoreCurrency(connection, loaded, by);
    return {
      records: Object.values(tables).reduce((sum, count) => sum + count, 0),
      administrator: administrator.email,
    };
  }
}

const sessionOf = (remover: Principal | null): string | null =>
  remover?.via === 'session' ? remover.credentialId : null;

const markRemoved = async (connection: LongConnection, at: string): Promise<Loaded> => {
  const [loaded] = await connection.query<Loaded>(
    `update example set removed_at = $1 where removed_at is null
     returning import_id as "importId", user_ids as "userIds", currency_before as "currencyBefore"`,
    [at],
  );
  if (!loaded) throw new Problem(404, 'not-found', 'The example is not loaded, so there is nothing to remove.');
  return loaded;
};

/** As on the first start; but amounts of one's own without a currency are in the one that is set. */
const restoreCurrency = async (
  connection: LongConnection,
  { currencyBefore }: Loaded,
  by: { actor: string; at: string },
): Promise<void> => {
  const [state] = await connection.query<{ empty: boolean }>(IS_EMPTY);
  if (currencyBefore !== null && state!.empty) await setReportingCurrency(connection, currencyBefore, by);
};
