import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { Allow, Who } from '../../access/allow.js';
import type { Principal } from '../../access/principal.js';
import { SettingsService } from '../../access/settings.service.js';
import { BenefitRegister } from '../../benefits/register.service.js';
import { benefitListQuery, type BenefitListQuery } from '../../contract/register.js';
import { inSnapshot } from '../../database/snapshot.js';
import { CLOCK, type Clock } from '../../http/clock.js';
import { settle } from '../../http/reading.js';
import { ReturnsStream } from '../../http/returns.js';
import { benefitWorkbook } from './benefit-list.js';
import { asFile, XLSX } from './exports.controller.js';

/** The register of benefits as a workbook: what the screen shows, filtered like it, with raw values. */
@ApiTags('exports')
@Controller('exports')
export class BenefitListController {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SettingsService) private readonly settings: SettingsService,
    @Inject(BenefitRegister) private readonly register: BenefitRegister,
  ) {}

  @Get('benefits.xlsx')
  @Allow('value.read')
  @ReturnsStream(XLSX)
  async workbook(
    @Who() who: Principal,
    @Query({ schema: benefitListQuery }) query: BenefitListQuery,
    @Res() response: Response,
  ): Promise<void> {
    const { period, portfolio, orgUnit, ...filter } = query;
    const { isExample } = await this.settings.read();
    const now = this.clock.now().toISOString();
    const bytes = await inSnapshot(this.source, async (manager) => {
      const reading = await settle(manager, who, { period, portfolio, orgUnit }, now);
      const on = filter.on ?? (await this.register.today(manager));
      const list = await this.register.list(manager, reading, { ...filter, on });
      return benefitWorkbook(list, { filter, scope: reading.scope.label, isExample, by: who.email, at: now });
    });
    // What is made up must not be taken for true where the page with its label is not beside it.
    asFile(response, XLSX, `${isExample ? 'example-' : ''}benefits.xlsx`);
    response.end(bytes);
  }
}
