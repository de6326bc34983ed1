import { Module } from '@nestjs/common';
import { ComputedModule } from '../http/computed.module.js';
import { RecordsModule } from '../records/records.module.js';
import { IndicatorDropService } from './indicator-drop.service.js';
import {
  IndicatorDropController,
  IndicatorTrendsController,
  IndicatorValuesController,
} from './indicators.controller.js';
import { IndicatorsService } from './indicators.service.js';
import { IndicatorValuesService } from './indicator-values.service.js';

@Module({
  imports: [ComputedModule, RecordsModule],
  controllers: [IndicatorTrendsController, IndicatorValuesController, IndicatorDropController],
  providers: [IndicatorsService, IndicatorValuesService, IndicatorDropService],
  exports: [IndicatorsService],
})
export class IndicatorsModule {}
