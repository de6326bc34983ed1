import { Module } from '@nestjs/common';
import { ComputedModule } from '../http/computed.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { ServiceLevelsController } from './service-levels.controller.js';
import { ServiceLevelsService } from './service-levels.service.js';

@Module({
  imports: [ComputedModule, MetricsModule],
  controllers: [ServiceLevelsController],
  providers: [ServiceLevelsService],
})
export class ServicesModule {}
