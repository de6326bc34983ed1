import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '../access/principal.js';
import type { RaiseDecision } from '../contract/decision.js';
import { type AnyRecord, RECORDS } from '../contract/records.js';
import { instantOfDay } from '../core/decision-day.js';
import { reportingTimeZone } from '../database/time-zone.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { invalidField } from '../http/problem.js';
import { RegisterService } from '../records/register.service.js';

/** Raises a question that somebody has to decide, on a day that is named without an hour. */
@Injectable()
export class RaisingService {
  constructor(
    private readonly source: DataSource,
    private readonly register: RegisterService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Problem 403, 409 where the code is taken, 422, also for a day that lies ahead in the reporting time zone */
  async raise(who: Principal, { raisedOn: day, ...fields }: RaiseDecision): Promise<AnyRecord> {
    const now = this.clock.now().toISOString();
    const placed = instantOfDay({ day, now, timeZone: await reportingTimeZone(this.source), since: null });
    if (typeof placed === 'string')
      throw invalidField('/raisedOn', 'date.ahead', 'That day lies ahead. Name the day on which it was raised.');
    return this.register.create(RECORDS.decision, who, { ...fields, raisedAt: placed.at });
  }
}
