import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { SettingsService } from '../access/settings.service.js';
import type { Principal } from '../access/principal.js';
import { bumpDataVersion, ENTERPRISE, recordChange } from '../audit/write.js';
import type { Config } from '../config.js';
import { addMonths, periodMonths, previousPeriod } from '../core/period.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { CONFIG } from '../http/config.token.js';
import type { LongConnection } from '../imports/connection.js';
import { IS_EMPTY } from '../imports/emptiness.js';
import { ImportService } from '../imports/import.service.js';
import { addStoryEvidence } from './evidence.js';
import { addOutlooks } from './outlooks.js';
import { createPeople, peoplesHashes } from './people.js';
import { asFirstPlanned, replan } from './replans.js';
import { addHeard } from './heard.js';
import { addNotes } from './notes.js';
import { addRound } from './round.js';
import { addScenario } from './scenario.js';
import { setReportingCurrency } from './reporting-currency.js';
import { shiftTo } from './shift.js';
import { ENTERPRISE_NAME, STORY_CURRENCY, STORY_LAST_MONTH } from './story.js';
import { storyTables, withStoryFiles } from './tables.js';
import { asFirstReported, tellVerdicts } from './verdicts.js';

/** Who is named for what nobody did by hand. */
const SYSTEM = 'system';

/** Somebody recorded something, or loaded the example, since it was asked. */
class NoLongerEmpty extends Error {}

interface Standing {
  empty: boolean;
  wasLoaded: boolean;
  currency: string;
  /** Whether the settings are as the first start made them. */
  untouched: boolean;
  administrator: string | null;
}

/** Why the example cannot be loaded. */
export interface Obstacle {
  /** Goes on after "because". */
  clause: string;
  /** Whether somebody who did not ask for the example may have expected it: not where there are records, or it was there before. */
  isWorthSaying: boolean;
}

const obstacleIn = (standing: Standing, { reporting }: Config): Obstacle | null => {
  const { empty, wasLoaded, currency, untouched, administrator } = standing;
  if (wasLoaded) return { clause: 'it was loaded before', isWorthSaying: false };
  if (!empty)
    return { clause: 'there are records already, and it is loaded into an empty product only', isWorthSaying: false };
  if (administrator === null) return { clause: 'there is no administrator', isWorthSaying: true };
  const isChosen = reporting.isCurrencyGiven || !untouched || currency !== reporting.currency;
  if (currency === STORY_CURRENCY || !isChosen) return null;
  const clause = `its exchange rates lead into ${STORY_CURRENCY}, and the reporting currency is ${currency}`;
  return { clause, isWorthSaying: true };
};

/** Loads the example enterprise into an empty product. */
@Injectable()
export class ExampleLoading {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(ImportService) private readonly imports: ImportService,
    @Inject(SettingsService) private readonly settings: SettingsService,
  ) {}

  /**
   * Loads the story, its last quarter being the last that is over, in one transaction with its sign-ins: after a crash there is nothing of it.
   *
   * @returns null where it was loaded, else why not, as a clause
   */
  async load(): Promise<string | null> {
    const standing = await this.standing();
    const reason = obstacleIn(standing, this.config);
    if (reason !== null) return reason.clause;
    const { currentPeriod, fiscalYearStartMonth } = await this.settings.read();
    const period = previousPeriod(currentPeriod);
    const hashes = await peoplesHashes();
    const id = uuidv7();
    const now = this.clock.now().toISOString();
    const shift = shiftTo(STORY_LAST_MONTH, period, fiscalYearStartMonth);
    try {
      const tables = await storyTables();
      const report = await withStoryFiles(tables.map(asFirstPlanned).map(asFirstReported), shift, (files) =>
        this.imports.import(this.importer(standing.administrator!), files, {
          id,
          dryRun: false,
          onProblem: 'reject',
          decimal: 'dot',
          first: (connection) => this.prepare(connection, now),
          last: async (connection) => {
            // Before the head of the audit chain is taken, as every writer does: two could wait for each other otherwise.
            await bumpDataVersion(connection.manager, [ENTERPRISE]);
            const people = await createPeople(connection, hashes, now);
            await replan(connection, tables, shift, { actor: SYSTEM, at: now });
            await addOutlooks(connection, tables, shift, { actor: SYSTEM, at: now });
            await addScenario(connection, shift, now);
            await addHeard(connection, now);
            await addRound(connection, shift, now);
            await addNotes(connection, shift, now);
            await tellVerdicts(connection, tables, shift, now);
            await addStoryEvidence(connection, tables, shift, { actor: SYSTEM, at: now });
            const storyEnd = `${addMonths(periodMonths(period, fiscalYearStartMonth).last, 1)}-01`;
            const before = standing.currency === STORY_CURRENCY ? null : standing.currency;
            await this.remember(connection, { id, storyEnd, people, before, now, period });
          },
        }),
      );
      if (report.status !== 'committed')
        throw new Error(`The example's tables are broken: ${report.problems[0]?.message}`);
      return null;
    } catch (error) {
      if (error instanceof NoLongerEmpty) return 'another process was faster';
      throw error;
    }
  }

  /** Why `load` would not load; null where it would. */
  async obstacle(): Promise<Obstacle | null> {
    return obstacleIn(await this.standing(), this.config);
  }

  private async standing(): Promise<Standing> {
    const [empty] = await this.source.query<{ empty: boolean }[]>(IS_EMPTY);
    const [rest] = await this.source.query<Omit<Standing, 'empty'>[]>(
      `select reporting_currency as currency, version = 1 as untouched, exists (select 1 from example) as "wasLoaded",
         (select u.id from users u where u.archived_at is null and exists (
            select 1 from user_roles r where r.user_id = u.id and r.role = 'admin') order by u.created_at, u.id limit 1) as administrator
       from settings`,
    );
    return { ...rest!, empty: empty!.empty };
  }

  /** The import belongs to the administrator, and nobody is said to have done it by hand. */
  private importer(userId: string): Principal {
    const nowhere = { portfolioId: null, portfolioCode: null, orgUnitId: null, orgUnitCode: null };
    const grants = [{ role: 'admin' as const, ...nowhere }];
    const session = { via: 'session' as const, credentialId: '', expiresAt: '' };
    return { userId, email: SYSTEM, name: SYSTEM, grants, ...session };
  }

  /** Asked again, now that no other import can come between. */
  private async prepare(connection: LongConnection, at: string): Promise<void> {
    const [{ empty } = { empty: false }] = await connection.query<{ empty: boolean }>(IS_EMPTY);
    if (!empty || (await connection.query('select 1 from example')).length > 0) throw new NoLongerEmpty();
    await setReportingCurrency(connection, STORY_CURRENCY, { actor: SYSTEM, at });
  }

  private async remember(
    connection: LongConnection,
    loaded: { id: string; storyEnd: string; people: string[]; before: string | null; now: string; period: string },
  ): Promise<void> {
    const { id, storyEnd, people, before, now, period } = loaded;
    await connection.query(
      'insert into example (import_id, story_end, user_ids, currency_before, loaded_at) values ($1, $2, $3, $4, $5)',
      [id, storyEnd, people, before, now],
    );
    const object = { objectType: 'example', objectId: id, objectCode: null };
    const after = { name: ENTERPRISE_NAME, period };
    await recordChange(connection.manager, {
      at: now,
      actor: SYSTEM,
      action: 'loaded',
      ...object,
      before: null,
      after,
    });
  }
}
