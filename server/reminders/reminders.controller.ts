import { Body, Controller, Delete, Get, Header, Patch, Post, Query } from '@nestjs/common';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import {
  changeReminderSettings,
  reminderFeed,
  reminders,
  reminderSettings,
  remindersQuery,
  testDigest,
  type ChangeReminderSettings,
  type ReminderFeed,
  type Reminders,
  type ReminderSettings,
  type RemindersQuery,
  type TestDigest,
} from '../contract/reminder.js';
import { AnswerNotKept } from '../http/idempotency.interceptor.js';
import { Returns, ReturnsNothing } from '../http/returns.js';
import { DigestService } from './digest.service.js';
import { RemindersService } from './reminders.service.js';
import { ReminderSettingsService } from './settings.service.js';

/** What is due for whoever asks, and how they hear of it. Nobody reads another's. */
@Controller('reminders')
export class RemindersController {
  constructor(
    private readonly reminders: RemindersService,
    private readonly settings: ReminderSettingsService,
    private readonly digests: DigestService,
  ) {}

  @Get()
  @Allow('reminders.own')
  @Header('Cache-Control', 'no-store')
  @Returns(reminders)
  list(@Who() who: Principal, @Query({ schema: remindersQuery }) query: RemindersQuery): Promise<Reminders> {
    return this.reminders.list(who, query.horizon);
  }

  @Get('settings')
  @Allow('reminders.own')
  @Header('Cache-Control', 'no-store')
  @Returns(reminderSettings)
  read(@Who() who: Principal): Promise<ReminderSettings> {
    return this.settings.read(who);
  }

  @Patch('settings')
  @Allow('reminders.own')
  @Header('Cache-Control', 'no-store')
  @Returns(reminderSettings)
  change(
    @Who() who: Principal,
    @Body({ schema: changeReminderSettings }) given: ChangeReminderSettings,
  ): Promise<ReminderSettings> {
    return this.settings.change(who, given.digest);
  }

  @Post('feed')
  @Allow('reminders.own')
  @AnswerNotKept()
  @Header('Cache-Control', 'no-store')
  @Returns(reminderFeed, 201)
  makeFeed(@Who() who: Principal): Promise<ReminderFeed> {
    return this.settings.makeFeed(who);
  }

  @Delete('feed')
  @Allow('reminders.own')
  @ReturnsNothing()
  endFeed(@Who() who: Principal): Promise<void> {
    return this.settings.endFeed(who);
  }

  @Post('digest/test')
  @Allow('reminders.own')
  @Header('Cache-Control', 'no-store')
  @Returns(testDigest)
  sendTest(@Who() who: Principal): Promise<TestDigest> {
    return this.digests.sendTest(who);
  }
}
