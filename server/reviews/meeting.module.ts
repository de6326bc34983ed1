import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { ReviewActionsController } from './actions.controller.js';
import { ReviewActionsService } from './actions.service.js';
import { SharedReviewService } from './shared.service.js';
import { ReviewSharesController } from './shares.controller.js';
import { ReviewSharesService } from './shares.service.js';

/** What happens with a review in and after its meeting: what is agreed, and who else reads it. */
@Module({
  imports: [AccessModule],
  controllers: [ReviewActionsController, ReviewSharesController],
  providers: [ReviewActionsService, ReviewSharesService, SharedReviewService],
})
export class MeetingModule {}
