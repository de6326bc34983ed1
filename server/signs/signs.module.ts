import { Module } from '@nestjs/common';
import { CapabilitiesModule } from '../capabilities/capabilities.module.js';
import { ComputedModule } from '../http/computed.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { SignCommentsService } from './comments.service.js';
import { OwnFigures } from './own-figures.service.js';
import { SignsController } from './signs.controller.js';
import { SignsService } from './signs.service.js';
import { SignThresholdsService } from './thresholds.service.js';

@Module({
  imports: [ComputedModule, MetricsModule, CapabilitiesModule],
  controllers: [SignsController],
  providers: [SignsService, OwnFigures, SignThresholdsService, SignCommentsService],
  exports: [SignsService, OwnFigures],
})
export class SignsModule {}
