import { Module } from '@nestjs/common';
import { DueService } from '../benefits/due.service.js';
import { ComputedModule } from '../http/computed.module.js';
import { TraceModule } from '../trace/trace.module.js';
import { BenefitPageController } from './benefit/benefit-page.controller.js';
import { BenefitPageService } from './benefit/benefit-page.service.js';
import { NeedsActionController } from './needs-action.controller.js';
import { NeedsActionService } from './needs-action.service.js';
import { OverviewController } from './overview.controller.js';
import { OverviewService } from './overview.service.js';

@Module({
  imports: [ComputedModule, TraceModule],
  controllers: [OverviewController, BenefitPageController, NeedsActionController],
  providers: [DueService, OverviewService, BenefitPageService, NeedsActionService],
  exports: [OverviewService, NeedsActionService],
})
export class OverviewModule {}
