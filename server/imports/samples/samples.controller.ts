import { Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { Allow, Who } from '../../access/allow.js';
import type { Principal } from '../../access/principal.js';
import { ref } from '../../contract/primitives.js';
import { importReport, sampleList, type ImportReport, type SampleList } from '../../contract/import.js';
import { Returns } from '../../http/returns.js';
import { SamplesService } from './samples.service.js';

@Controller('samples')
export class SamplesController {
  constructor(@Inject(SamplesService) private readonly samples: SamplesService) {}

  /** Nothing is offered once there are records. */
  @Get()
  @Allow('imports.read')
  @Returns(sampleList)
  list(): Promise<SampleList> {
    return this.samples.list();
  }

  /** Sets the currency and fiscal year of the sample and imports it; 409 where there are records already. */
  @Post(':id')
  @Allow('samples.load')
  @Returns(importReport, 201)
  load(@Who() who: Principal, @Param('id', { schema: ref }) id: string): Promise<ImportReport> {
    return this.samples.load(who, id);
  }
}
