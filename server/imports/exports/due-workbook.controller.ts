import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { Allow, Who } from '../../access/allow.js';
import type { Principal } from '../../access/principal.js';
import { SettingsService } from '../../access/settings.service.js';
import { DueService, IS_MISSING } from '../../benefits/due.service.js';
import { DECLARATIONS } from '../../contract/records.js';
import { addMonths, monthOf } from '../../core/period.js';
import { ReturnsStream } from '../../http/returns.js';
import { ExportSnapshot } from './export-snapshot.js';
import { asFile, XLSX } from './exports.controller.js';
import { exportQuery } from './table-query.js';
import { dueWorkbook } from './workbook.js';

const BENEFIT_VALUES = DECLARATIONS.find(({ type }) => type === 'benefit_value')!;

/** A workbook to report in: the values of one's own benefits that are to be reported, with all that is stored of their months. */
@Controller('exports')
export class DueWorkbookController {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(DueService) private readonly due: DueService,
    @Inject(SettingsService) private readonly settings: SettingsService,
  ) {}

  @Get('due-values.xlsx')
  @Allow('exports.read')
  @ReturnsStream(XLSX)
  async workbook(@Who() who: Principal, @Res() response: Response): Promise<void> {
    const { isExample } = await this.settings.read();
    const own = (await this.due.own(this.source.manager, who)).filter(({ mayWrite }) => mayWrite);
    const { today } = await this.due.rules();
    // A month that is not over has no value yet, whatever day it is due on.
    const lastMonth = addMonths(monthOf(today), -1);
    const snapshot = await ExportSnapshot.open(this.source, who);
    try {
      const missing = exportQuery(who, BENEFIT_VALUES, {
        text: (first) => `t.id in (select v.id from benefit_values v
          where v.benefit_id = any ($${first}::uuid[]) and v.month <= $${first + 1} and ${IS_MISSING})`,
        values: [own.map(({ id }) => id), `${lastMonth}-01`],
      });
      const bytes = await dueWorkbook(snapshot, missing, { own, lastMonth });
      // What is made up must not be taken for true where the page with its label is not beside it.
      asFile(response, XLSX, `${isExample ? 'example-' : ''}due-values.xlsx`);
      response.end(bytes);
    } finally {
      await snapshot.close();
    }
  }
}
