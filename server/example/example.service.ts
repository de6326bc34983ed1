import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SettingsService } from '../access/settings.service.js';
import type { Config } from '../config.js';
import type { Example } from '../contract/example.js';
import { named } from '../database/named.js';
import { CONFIG } from '../http/config.token.js';
import { Problem } from '../http/problem.js';
import { ExampleLoading } from './loading.service.js';
import { isReachable } from './reachable.js';
import { ExampleRemoval } from './removal.service.js';
import { ENTERPRISE_NAME, EXAMPLE_PASSWORD, SIGN_INS } from './story.js';

const OPEN_TO_ALL =
  'its sign-ins have passwords that everybody knows, and others than this machine can reach this address';

/** Whether the example is there, and what the start does about it. */
@Injectable()
export class ExampleService {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(SettingsService) private readonly settings: SettingsService,
    @Inject(ExampleLoading) private readonly loading: ExampleLoading,
    @Inject(ExampleRemoval) private readonly removal: ExampleRemoval,
  ) {}

  /** For everybody, before signing in too. A sign-in that was changed by hand is left out: its password may be another. */
  async read(): Promise<Example> {
    const rows = await named<{ email: string | null }>(
      this.source,
      'sign-ins of the example',
      `select u.email from example e left join users u on u.id = any (e.user_ids) and u.archived_at is null and u.version = 1
       where e.removed_at is null`,
    );
    const isLoaded = rows.length > 0;
    const live = new Set(rows.map(({ email }) => email));
    return {
      isLoaded,
      name: ENTERPRISE_NAME,
      period: isLoaded ? (await this.settings.read()).openPeriod : null,
      signIns: SIGN_INS.filter(({ email }) => live.has(email)).map((person) => ({
        ...person,
        password: EXAMPLE_PASSWORD,
      })),
    };
  }

  /**
   * What EXAMPLE_DATA asks for: loads the example, takes it away, or leaves all as it is.
   *
   * @returns what to tell the person who started the product, in sentences
   */
  async atStart(): Promise<string[]> {
    const { isLoaded } = await this.read();
    if (this.config.exampleData === 'off') return isLoaded ? [await this.removed()] : [];
    const open = isReachable(this.config);
    if (isLoaded) return open ? [`The example enterprise is loaded: ${OPEN_TO_ALL}. EXAMPLE_DATA=off removes it.`] : [];
    return this.config.exampleData === 'on' ? this.loadedAsAsked(open) : this.loadedByItself(open);
  }

  private async loadedAsAsked(open: boolean): Promise<string[]> {
    const reason = await this.loading.load();
    if (reason !== null) return [`The example enterprise was not loaded, because ${reason}.`];
    return [loaded, ...(open ? [`Take care: ${OPEN_TO_ALL}.`] : [])];
  }

  /** Into the embedded database only, and says why not only where the person may have expected it. */
  private async loadedByItself(open: boolean): Promise<string[]> {
    if (this.config.database !== null) return [];
    const reason = await this.loading.obstacle();
    if (reason === null && open)
      return [`The example enterprise was not loaded, because ${OPEN_TO_ALL}. EXAMPLE_DATA=on loads it all the same.`];
    if (reason !== null)
      return reason.isWorthSaying ? [`The example enterprise was not loaded, because ${reason.clause}.`] : [];
    return this.loadedAsAsked(open);
  }

  private async removed(): Promise<string> {
    try {
      const { records, administrator } = await this.removal.remove(null, null);
      return `The example enterprise was removed: ${records} records and its sign-ins. Sign in as ${administrator}.`;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const reasons = [error.detail, ...error.errors.map(({ message }) => message)].join('\n  ');
      return `The example enterprise was not removed. ${reasons}`;
    }
  }
}

const loaded = `The example enterprise is loaded; its sign-ins stand on the sign-in page. It can be removed there, or by EXAMPLE_DATA=off.`;
