import { Module } from '@nestjs/common';
import { ChainModule } from '../chain/chain.module.js';
import { ComputedModule } from '../http/computed.module.js';
import { RecordsModule } from '../records/records.module.js';
import { DuplicatesService } from './duplicates.service.js';
import { EfficiencyController } from './efficiency.controller.js';
import { EfficiencyService } from './efficiency.service.js';

@Module({
  imports: [ComputedModule, ChainModule, RecordsModule],
  controllers: [EfficiencyController],
  providers: [EfficiencyService, DuplicatesService],
})
export class EfficiencyModule {}
