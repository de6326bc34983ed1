import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { ValueModule } from '../benefits/value.module.js';
import { BenefitListController } from './exports/benefit-list.controller.js';
import { DueWorkbookController } from './exports/due-workbook.controller.js';
import { ExportsController } from './exports/exports.controller.js';
import { ImportKeys } from './import-keys.js';
import { ImportService } from './import.service.js';
import { ImportsController } from './imports.controller.js';
import { ImportMappingsController, ImportSourcesController } from './mapping/mapping.controller.js';
import { MappingsService } from './mapping/mappings.service.js';
import { SourcesService } from './mapping/sources.service.js';
import { ProgressStream } from './progress-stream.js';
import { RunningImports } from './progress.js';
import { RevertService } from './revert.service.js';
import { SamplesController } from './samples/samples.controller.js';
import { SamplesService } from './samples/samples.service.js';
import { Turns } from './turns.js';

/** Import, revert, export and samples: the tables that people bring and take away. */
@Module({
  imports: [AccessModule, ValueModule],
  controllers: [
    ImportsController,
    ImportSourcesController,
    ImportMappingsController,
    ExportsController,
    BenefitListController,
    DueWorkbookController,
    SamplesController,
  ],
  providers: [
    ImportService,
    ImportKeys,
    Turns,
    RevertService,
    RunningImports,
    ProgressStream,
    SamplesService,
    SourcesService,
    MappingsService,
  ],
  exports: [ImportService, SamplesService],
})
export class ImportsModule {}
