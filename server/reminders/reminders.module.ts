import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { BenefitsModule } from '../benefits/benefits.module.js';
import { ConfirmationsModule } from '../benefits/confirmations.module.js';
import { CalendarController } from './calendar.controller.js';
import { DigestClock } from './digest.clock.js';
import { DigestService } from './digest.service.js';
import { MailService } from './mail.service.js';
import { RemindersController } from './reminders.controller.js';
import { RemindersService } from './reminders.service.js';
import { ReminderSettingsService } from './settings.service.js';

@Module({
  imports: [AccessModule, BenefitsModule, ConfirmationsModule],
  controllers: [RemindersController, CalendarController],
  providers: [RemindersService, ReminderSettingsService, MailService, DigestService, DigestClock],
  exports: [MailService],
})
export class RemindersModule {}
