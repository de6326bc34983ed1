import { Module } from '@nestjs/common';
import { CaseModule } from '../case/case.module.js';
import { ChainModule } from '../chain/chain.module.js';
import { ComputedModule } from '../http/computed.module.js';
import { DueService } from './due.service.js';
import { BenefitRegister } from './register.service.js';
import { StandingService } from './standing.service.js';
import { ValueController } from './value.controller.js';
import { ValueService } from './value.service.js';

@Module({
  imports: [ComputedModule, ChainModule, CaseModule],
  controllers: [ValueController],
  providers: [ValueService, StandingService, BenefitRegister, DueService],
  exports: [BenefitRegister, DueService],
})
export class ValueModule {}
