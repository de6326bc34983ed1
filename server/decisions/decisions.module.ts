import { Module } from '@nestjs/common';
import { ChainModule } from '../chain/chain.module.js';
import { ComputedModule } from '../http/computed.module.js';
import { RecordsModule } from '../records/records.module.js';
import { ClosingService } from './closing.service.js';
import { DecidingController } from './deciding.controller.js';
import { DecisionDelayService } from './delay.service.js';
import { DecisionService } from './decision.service.js';
import { DecisionsController } from './decisions.controller.js';
import { HoldingService } from './holding.service.js';
import { DecisionLogService } from './log.service.js';
import { PrioritiesController } from './priorities.controller.js';
import { PrioritiesService } from './priorities.service.js';
import { RaisingController } from './raising.controller.js';
import { RaisingService } from './raising.service.js';
import { ReopeningService } from './reopening.service.js';
import { DecisionRightsService } from './rights.service.js';

@Module({
  imports: [ComputedModule, ChainModule, RecordsModule],
  controllers: [DecisionsController, RaisingController, DecidingController, PrioritiesController],
  providers: [
    DecisionLogService,
    DecisionRightsService,
    DecisionService,
    DecisionDelayService,
    HoldingService,
    RaisingService,
    ClosingService,
    ReopeningService,
    PrioritiesService,
  ],
  exports: [DecisionService, DecisionLogService, DecisionRightsService],
})
export class DecisionsModule {}
