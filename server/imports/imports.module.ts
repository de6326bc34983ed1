import { Module } from '@nestjs/common';
import { ImportService } from './import.service.js';
import { ImportsController } from './imports.controller.js';
import { ProgressStream } from './progress-stream.js';
import { RunningImports } from './progress.js';
import { RevertService } from './revert.service.js';

/** Import, revert, export and samples: the tables that people bring and take away. */
@Module({
  controllers: [ImportsController],
  providers: [ImportService, RevertService, RunningImports, ProgressStream],
  exports: [ImportService, RunningImports],
})
export class ImportsModule {}
