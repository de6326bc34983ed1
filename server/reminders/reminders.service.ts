import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { isPermitted } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import { ConfirmationsService } from '../benefits/confirmations.service.js';
import { DueService, type DueRules, type OwnBenefit } from '../benefits/due.service.js';
import type { Reminder, Reminders } from '../contract/reminder.js';
import { addDays } from '../core/days.js';
import { dueOn, lastMonthDueBy } from '../core/due-values.js';
import { localDate } from '../core/period.js';
import { inSnapshot } from '../database/snapshot.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { settle, type Reading } from '../http/reading.js';
import {
  actionReminder,
  assumptionReminder,
  confirmationsReminder,
  decisionReminder,
  evidenceReminder,
  rejectedReminder,
  valuesReminder,
  type Undated,
} from './items.js';
import { assumptionsToReview, endingEvidence, hasRejections, openActions, openDecisions } from './reminders.queries.js';
import { countsOf, inOrder, overdueDaysOf, timeOf } from './words.js';

/** What is due or overdue for one person, from everything that has a day or waits. */
@Injectable()
export class RemindersService {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    private readonly due: DueService,
    private readonly confirmations: ConfirmationsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param horizon days ahead */
  async list(who: Principal, horizon: number): Promise<Reminders> {
    const now = this.clock.now().toISOString();
    return inSnapshot(this.source, async (manager) => {
      const rules = await this.due.rules(manager);
      const reading = await settle(manager, who, {}, now);
      const until = addDays(rules.today, horizon);
      const own = await this.due.own(manager, who);
      const found = [
        ...(await this.recorded(manager, who, own, rules, until)),
        ...(await this.rejected(manager, reading, own, rules, until)),
        ...(await this.waiting(manager, who, reading, rules)),
      ];
      const items = found.map((item): Reminder => ({
        ...item,
        time: timeOf(item.dueOn, rules.today),
        overdueDays: overdueDaysOf(item.dueOn, rules.today),
      }));
      return { today: rules.today, until, items: inOrder(items), counts: countsOf(items) };
    });
  }

  private async recorded(
    manager: EntityManager,
    who: Principal,
    own: readonly OwnBenefit[],
    rules: DueRules,
    until: string,
  ): Promise<Undated[]> {
    const ids = own.map(({ id }) => id);
    const missing = await this.due.missing(manager, ids, lastMonthDueBy(until, rules.dueDay));
    return [
      ...own.flatMap((benefit) => {
        const months = missing.get(benefit.id);
        return months === undefined ? [] : [valuesReminder(benefit, months, dueOn(months[0]!, rules.dueDay))];
      }),
      ...(await openActions(manager, who, until)).map(actionReminder),
      ...(await assumptionsToReview(manager, who, until)).map(assumptionReminder),
      ...(await endingEvidence(manager, ids, until)).map(evidenceReminder),
      ...(await openDecisions(manager, who, until)).map(decisionReminder),
    ];
  }

  /** Own values that finance rejected: as good as missing, so due on the day of their month, but not before they were rejected. */
  private async rejected(
    manager: EntityManager,
    reading: Reading,
    own: readonly OwnBenefit[],
    rules: DueRules,
    until: string,
  ): Promise<Undated[]> {
    const byCode = new Map(own.map((benefit) => [benefit.code, benefit]));
    const ids = own.map(({ id }) => id);
    if (!(await hasRejections(manager, ids))) return [];
    const claims = await this.confirmations.claims(manager, reading, { state: 'rejected' });
    return claims.flatMap(({ code, month, rejection }) => {
      const benefit = byCode.get(code);
      if (!benefit || !rejection) return [];
      const [said, expected] = [localDate(instantOf(rejection.at), rules.timeZone), dueOn(month, rules.dueDay)];
      // The example's story may end before the day on which somebody rejects one of its values.
      const day = said > expected && said <= rules.today ? said : expected;
      return day > until ? [] : [rejectedReminder(benefit, month, rejection.note, day)];
    });
  }

  /** One line for all that finance has to judge. */
  private async waiting(manager: EntityManager, who: Principal, reading: Reading, rules: DueRules): Promise<Undated[]> {
    if (!isPermitted(who, 'benefit_values.confirm')) return [];
    const { count, amount, oldest } = await this.confirmations.waiting(manager, reading);
    if (count === 0) return [];
    const since = oldest === null ? null : localDate(oldest, rules.timeZone);
    // The values of the example were stored after its story had ended.
    const shown = since !== null && since <= rules.today ? since : null;
    return [confirmationsReminder(count, { value: amount, currency: reading.currency }, shown)];
  }
}

/** Inside a JSON value an instant has the offset of the database's session. */
const instantOf = (stored: string): string => new Date(stored).toISOString();
