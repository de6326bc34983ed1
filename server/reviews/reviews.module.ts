import { Module } from '@nestjs/common';
import { DecisionsModule } from '../decisions/decisions.module.js';
import { FlowModule } from '../flow/flow.module.js';
import { ComputedModule } from '../http/computed.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { OverviewModule } from '../overview/overview.module.js';
import { SignsModule } from '../signs/signs.module.js';
import { TraceModule } from '../trace/trace.module.js';
import { ColumnsService } from './columns.service.js';
import { FreezingService } from './freezing.service.js';
import { PacksController } from './packs/packs.controller.js';
import { PacksService } from './packs/packs.service.js';
import { PrintController } from './packs/print.controller.js';
import { FrozenRecordsService } from './records.service.js';
import { RestatementController } from './restatement.controller.js';
import { RestatementService } from './restatement.service.js';
import { ReviewsController } from './reviews.controller.js';
import { ReviewsService } from './reviews.service.js';
import { ReviewSources } from './sources.js';
import { StandingController } from './standing.controller.js';
import { StandingService } from './standing.service.js';
import { VerifyService } from './verify.service.js';

/** The quarterly value review: what overview, metrics and traces said on a day, kept for ever. */
@Module({
  imports: [ComputedModule, TraceModule, MetricsModule, OverviewModule, SignsModule, DecisionsModule, FlowModule],
  controllers: [StandingController, ReviewsController, PrintController, PacksController, RestatementController],
  providers: [
    ReviewSources,
    ReviewsService,
    FreezingService,
    FrozenRecordsService,
    VerifyService,
    RestatementService,
    ColumnsService,
    StandingService,
    PacksService,
  ],
  exports: [ReviewsService, FreezingService, VerifyService],
})
export class ReviewsModule {}
