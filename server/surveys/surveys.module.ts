import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { ComputedModule } from '../http/computed.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { RemindersModule } from '../reminders/reminders.module.js';
import { SurveyActionsService } from './actions.service.js';
import { AnswersService } from './answers.service.js';
import { RoundsService } from './rounds.service.js';
import { StakeholdersService } from './stakeholders.service.js';
import { SurveysController } from './surveys.controller.js';

@Module({
  imports: [AccessModule, ComputedModule, MetricsModule, RemindersModule],
  controllers: [SurveysController],
  providers: [RoundsService, AnswersService, SurveyActionsService, StakeholdersService],
})
export class SurveysModule {}
