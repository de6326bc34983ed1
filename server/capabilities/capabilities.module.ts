import { Module } from '@nestjs/common';
import { ChainModule } from '../chain/chain.module.js';
import { ComputedModule } from '../http/computed.module.js';
import { RecordsModule } from '../records/records.module.js';
import { CapabilitiesController } from './capabilities.controller.js';
import { CapabilityMapService } from './map.service.js';
import { MismatchService } from './mismatch.service.js';
import { StrengthService } from './strength.service.js';

@Module({
  imports: [ComputedModule, ChainModule, RecordsModule],
  controllers: [CapabilitiesController],
  providers: [CapabilityMapService, MismatchService, StrengthService],
  exports: [MismatchService],
})
export class CapabilitiesModule {}
