import { Module } from '@nestjs/common';
import { ComputedModule } from '../http/computed.module.js';
import { ItemsService } from './items.service.js';
import { MetricsController } from './metrics.controller.js';
import { MetricNotesController } from './notes.controller.js';
import { MetricNotesService } from './notes.service.js';
import { MetricsService } from './metrics.service.js';
import { ServiceMetricsService } from './service-metrics.service.js';
import { StakeholderFigures } from './stakeholder.service.js';

@Module({
  imports: [ComputedModule],
  controllers: [MetricsController, MetricNotesController],
  providers: [ItemsService, MetricsService, MetricNotesService, ServiceMetricsService, StakeholderFigures],
  exports: [ItemsService, MetricsService, ServiceMetricsService, StakeholderFigures],
})
export class MetricsModule {}
