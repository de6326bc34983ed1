import { Module } from '@nestjs/common';
import { ComputedModule } from '../http/computed.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { RecordsModule } from '../records/records.module.js';
import { WorkItemEventsController } from './events.controller.js';
import { WorkItemEventsService } from './events.service.js';
import { FlowController, ItemMovesController, StagesInUseController } from './flow.controller.js';
import { FlowService } from './flow.service.js';

@Module({
  imports: [ComputedModule, MetricsModule, RecordsModule],
  controllers: [WorkItemEventsController, FlowController, StagesInUseController, ItemMovesController],
  providers: [WorkItemEventsService, FlowService],
  exports: [FlowService],
})
export class FlowModule {}
