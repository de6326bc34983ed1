import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { Allow, Who } from '../../access/allow.js';
import { isPermitted } from '../../access/policy.js';
import type { Principal } from '../../access/principal.js';
import { SettingsService } from '../../access/settings.service.js';
import { appendAudit } from '../../audit/write.js';
import { CLOCK, type Clock } from '../../http/clock.js';
import { ReturnsStream } from '../../http/returns.js';
import { sendCsvZip } from './csv-zip.js';
import { ExportSnapshot } from './export-snapshot.js';
import { dataWorkbook, templateWorkbook } from './workbook.js';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const asFile = (response: Response, mediaType: string, fileName: string): void => {
  response.status(200).set({
    'Content-Type': mediaType,
    'Content-Disposition': `attachment; filename="${fileName}"`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
};

/** The import tables, on their way out: what is exported here imports again and changes nothing. */
@Controller('exports')
export class ExportsController {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SettingsService) private readonly settings: SettingsService,
  ) {}

  @Get('data.zip')
  @Allow('exports.read')
  @ReturnsStream('application/zip')
  zip(@Who() who: Principal, @Res() response: Response): Promise<void> {
    return this.withSnapshot(who, 'data.zip', async (snapshot, name) => {
      asFile(response, 'application/zip', name);
      await sendCsvZip(snapshot, response);
    });
  }

  @Get('data.xlsx')
  @Allow('exports.read')
  @ReturnsStream(XLSX)
  workbook(@Who() who: Principal, @Res() response: Response): Promise<void> {
    return this.withSnapshot(who, 'data.xlsx', async (snapshot, name) => {
      const bytes = await dataWorkbook(snapshot);
      asFile(response, XLSX, name);
      response.end(bytes);
    });
  }

  @Get('template.xlsx')
  @Allow('exports.read')
  @ReturnsStream(XLSX)
  async template(@Res() response: Response): Promise<void> {
    const bytes = await templateWorkbook();
    asFile(response, XLSX, 'template.xlsx');
    response.end(bytes);
  }

  private async withSnapshot(
    who: Principal,
    plainName: string,
    send: (snapshot: ExportSnapshot, fileName: string) => Promise<void>,
  ): Promise<void> {
    // What is made up must not be taken for true where the page with its label is not beside it.
    const fileName = (await this.settings.read()).isExample ? `example-${plainName}` : plainName;
    const snapshot = await ExportSnapshot.open(this.source, who);
    try {
      await this.recordAnswersLeaving(who, snapshot, fileName);
      await send(snapshot, fileName);
    } finally {
      await snapshot.close();
    }
  }

  /** Single answers to surveys leave the product only with a trace of who took them. */
  private async recordAnswersLeaving(who: Principal, snapshot: ExportSnapshot, fileName: string): Promise<void> {
    if (!isPermitted(who, 'records.read:survey_response')) return;
    const answers = snapshot.tables.find((table) => table.declaration.type === 'survey_response')!;
    const count = await snapshot.count(answers);
    if (count === 0) return;
    await this.source.transaction((manager) =>
      appendAudit(manager, {
        at: this.clock.now().toISOString(),
        actor: who.email,
        action: 'exported',
        objectType: 'survey_response',
        objectId: null,
        objectCode: null,
        before: null,
        after: { fileName, count },
      }),
    );
  }
}
