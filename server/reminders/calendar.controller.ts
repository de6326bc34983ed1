import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Public } from '../access/allow.js';
import { Credentials } from '../access/credentials.js';
import { isPermitted } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import { SignInThrottle } from '../access/sign-in-throttle.js';
import { DueService } from '../benefits/due.service.js';
import type { Config } from '../config.js';
import { feedFile } from '../contract/reminder.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { CONFIG } from '../http/config.token.js';
import { notFound } from '../http/problem.js';
import { ReturnsStream } from '../http/returns.js';
import { calendarOf } from './calendar.js';
import { RemindersService } from './reminders.service.js';

/** A calendar looks further ahead than a list. */
const HORIZON_DAYS = 100;
const MEDIA_TYPE = 'text/calendar';
/** 256 bits. */
const FILE = /^([\w-]{43})\.ics$/;

/** What is due as a calendar to subscribe to. Calendar programs do not sign in: the address is the secret. */
@Controller('calendar')
export class CalendarController {
  constructor(
    private readonly credentials: Credentials,
    private readonly throttle: SignInThrottle,
    private readonly reminders: RemindersService,
    private readonly due: DueService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(':file')
  @Public()
  @ReturnsStream(MEDIA_TYPE)
  async read(
    @Param('file', { schema: feedFile }) file: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const who = await this.personOf(file, request);
    const { items } = await this.reminders.list(who, HORIZON_DAYS);
    const { dueDay } = await this.due.rules();
    const body = calendarOf(items, dueDay, {
      origin: this.config.publicUrl,
      now: this.clock.now().toISOString(),
    });
    response
      .status(200)
      .set({
        'Content-Type': `${MEDIA_TYPE}; charset=utf-8`,
        'Content-Disposition': 'inline; filename="throughline.ics"',
        'Cache-Control': 'private, max-age=300',
        'X-Robots-Tag': 'noindex',
      })
      .end(body);
  }

  /**
   * The person is found by the hash of the secret: nothing is compared with it, so no time tells how much of a guess is right.
   * @throws Problem 404 whatever is wrong with the address; 429 for who tries many
   */
  private async personOf(file: string, request: Request): Promise<Principal> {
    const secret = FILE.exec(file)?.[1];
    const who = secret === undefined ? null : await this.credentials.ofFeed(secret);
    if (who !== null && isPermitted(who, 'reminders.own')) return who;
    await this.throttle.admit(`calendar ${request.ip ?? ''}`, 'Too many wrong calendar addresses.');
    throw notFound();
  }
}
