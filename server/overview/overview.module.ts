import { Module } from '@nestjs/common';
import { ComputedModule } from '../http/computed.module.js';
import { TraceModule } from '../trace/trace.module.js';
import { OverviewController } from './overview.controller.js';
import { OverviewService } from './overview.service.js';

@Module({
  imports: [ComputedModule, TraceModule],
  controllers: [OverviewController],
  providers: [OverviewService],
})
export class OverviewModule {}
