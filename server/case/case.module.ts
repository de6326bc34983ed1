import { Module } from '@nestjs/common';
import { ChainModule } from '../chain/chain.module.js';
import { ComputedModule } from '../http/computed.module.js';
import { CaseController } from './case.controller.js';
import { CaseService } from './case.service.js';
import { ForecastController } from './forecast.controller.js';
import { ForecastService } from './forecast.service.js';

@Module({
  imports: [ComputedModule, ChainModule],
  controllers: [CaseController, ForecastController],
  providers: [CaseService, ForecastService],
  exports: [CaseService, ForecastService],
})
export class CaseModule {}
