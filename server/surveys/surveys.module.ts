import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { ComputedModule } from '../http/computed.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { RemindersModule } from '../reminders/reminders.module.js';
import { SurveyActionsController } from './actions.controller.js';
import { SurveyActionsService } from './actions.service.js';
import { AnswersService } from './answers.service.js';
import { InvitationsService } from './invitations.service.js';
import { RoundsService } from './rounds.service.js';
import { StakeholdersService } from './stakeholders.service.js';
import { SurveyMails } from './survey-mails.service.js';
import { SurveysController } from './surveys.controller.js';

@Module({
  imports: [AccessModule, ComputedModule, MetricsModule, RemindersModule],
  controllers: [SurveysController, SurveyActionsController],
  providers: [
    RoundsService,
    InvitationsService,
    SurveyMails,
    AnswersService,
    SurveyActionsService,
    StakeholdersService,
  ],
  exports: [StakeholdersService],
})
export class SurveysModule {}
