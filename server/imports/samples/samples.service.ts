import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '../../access/principal.js';
import { recordChange } from '../../audit/write.js';
import type { ImportReport, Sample, SampleList } from '../../contract/import.js';
import { CLOCK, type Clock } from '../../http/clock.js';
import { notFound, Problem } from '../../http/problem.js';
import type { LongConnection } from '../connection.js';
import { IS_EMPTY } from '../emptiness.js';
import { ImportService } from '../import.service.js';
import { sampleFiles, SAMPLES } from './catalogue.js';

const notEmpty = (): Problem =>
  new Problem(409, 'conflict', 'Samples are loaded into an empty product only, so that they do not mix with your own records.');

/** Offers real data to a product that has none yet. */
@Injectable()
export class SamplesService {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ImportService) private readonly imports: ImportService,
  ) {}

  async list(): Promise<SampleList> {
    const empty = (await this.source.query<{ empty: boolean }[]>(IS_EMPTY))[0]!.empty;
    return { empty, items: empty ? [...SAMPLES] : [] };
  }

  /**
   * Imports a sample, with the currency and fiscal year that it is in: both in one transaction, so that a failure leaves no trace.
   *
   * @throws Problem 404, 409 where the product is not empty
   */
  async load(principal: Principal, id: string): Promise<ImportReport> {
    const sample = SAMPLES.find((one) => one.id === id);
    if (!sample) throw notFound();
    if (!(await this.list()).empty) throw notEmpty();
    const report = await this.imports.import(principal, await sampleFiles(id), {
      id: undefined,
      dryRun: false,
      onProblem: 'reject',
      decimal: 'dot',
      first: (connection) => this.prepare(connection, principal, sample),
    });
    // Only another import that came between can be the reason.
    if (report.status !== 'committed') throw new Problem(409, 'conflict', report.problems[0]?.message ?? 'The sample was not loaded.');
    return report;
  }

  private async prepare(connection: LongConnection, principal: Principal, sample: Sample): Promise<void> {
    // Again, now that no other import can come between.
    if (!(await connection.query<{ empty: boolean }>(IS_EMPTY))[0]!.empty) throw notEmpty();
    const columns = `reporting_currency as "reportingCurrency", fiscal_year_start_month as "fiscalYearStartMonth"`;
    const [before] = await connection.query<Record<string, unknown>>(`select ${columns} from settings`);
    const now = this.clock.now().toISOString();
    const [after] = await connection.query<Record<string, unknown>>(
      `update settings set reporting_currency = $1, fiscal_year_start_month = $2, version = version + 1, updated_at = $3 returning ${columns}`,
      [sample.reportingCurrency, sample.fiscalYearStartMonth, now],
    );
    const entry = { at: now, actor: principal.email, action: 'changed', objectType: 'settings', objectId: null, objectCode: null };
    await recordChange(connection.manager, { ...entry, before: before!, after: after! });
  }
}
