import { Module } from '@nestjs/common';
import { ConfirmationsModule } from '../benefits/confirmations.module.js';
import { DueService } from '../benefits/due.service.js';
import { BenefitRegister } from '../benefits/register.service.js';
import { ActionsService } from '../benefits/actions.service.js';
import { StandingService } from '../benefits/standing.service.js';
import { CapabilitiesModule } from '../capabilities/capabilities.module.js';
import { CaseModule } from '../case/case.module.js';
import { ChainModule } from '../chain/chain.module.js';
import { DecisionsModule } from '../decisions/decisions.module.js';
import { ComputedModule } from '../http/computed.module.js';
import { IndicatorsModule } from '../indicators/indicators.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { ScenariosModule } from '../scenarios/scenarios.module.js';
import { SignsModule } from '../signs/signs.module.js';
import { SurveysModule } from '../surveys/surveys.module.js';
import { TraceController } from './trace.controller.js';
import { TraceService } from './trace.service.js';

@Module({
  imports: [
    ComputedModule,
    ChainModule,
    CapabilitiesModule,
    CaseModule,
    ScenariosModule,
    ConfirmationsModule,
    MetricsModule,
    SignsModule,
    IndicatorsModule,
    DecisionsModule,
    SurveysModule,
  ],
  controllers: [TraceController],
  providers: [TraceService, StandingService, BenefitRegister, DueService, ActionsService],
  exports: [TraceService],
})
export class TraceModule {}
