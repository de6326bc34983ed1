import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { isPermitted } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import { ConfirmationsService } from '../benefits/confirmations.service.js';
import { DueService, type DueRules, type OwnBenefit } from '../benefits/due.service.js';
import type { ConfirmationItem } from '../contract/confirmation.js';
import type { Reminder, Reminders } from '../contract/reminder.js';
import { addDays } from '../core/days.js';
import { dueOn, lastMonthDueBy } from '../core/due-values.js';
import { localDate } from '../core/period.js';
import { inSnapshot } from '../database/snapshot.js';
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

/** A page of the list that is read whole. */
const PAGE = 500;

/** What is due or overdue for one person, from everything that has a day or waits. */
@Injectable()
export class RemindersService {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    private readonly due: DueService,
    private readonly confirmations: ConfirmationsService,
  ) {}

  /** @param horizon days ahead */
  async list(who: Principal, horizon: number): Promise<Reminders> {
    const { rules, until, found } = await inSnapshot(this.source, async (manager) => {
      const rules = await this.due.rules(manager);
      const until = addDays(rules.today, horizon);
      return { rules, until, found: await this.recorded(manager, who, rules, until) };
    });
    const items = [
      ...found.items,
      ...(await this.rejected(who, found.rejected, rules, until)),
      ...(await this.waiting(who, rules)),
    ].map((item): Reminder => ({
      ...item,
      time: timeOf(item.dueOn, rules.today),
      overdueDays: overdueDaysOf(item.dueOn, rules.today),
    }));
    return { today: rules.today, until, items: inOrder(items), counts: countsOf(items) };
  }

  private async recorded(
    manager: EntityManager,
    who: Principal,
    rules: DueRules,
    until: string,
  ): Promise<{ rejected: OwnBenefit[]; items: Undated[] }> {
    const own = await this.due.own(manager, who);
    const ids = own.map(({ id }) => id);
    const missing = await this.due.missing(manager, ids, lastMonthDueBy(until, rules.dueDay));
    return {
      rejected: (await hasRejections(manager, ids)) ? own : [],
      items: [
        ...own.flatMap((benefit) => {
          const months = missing.get(benefit.id);
          return months === undefined ? [] : [valuesReminder(benefit, months, dueOn(months[0]!, rules.dueDay))];
        }),
        ...(await openActions(manager, who, until)).map(actionReminder),
        ...(await assumptionsToReview(manager, who, until)).map(assumptionReminder),
        ...(await endingEvidence(manager, ids, until)).map(evidenceReminder),
        ...(await openDecisions(manager, who, until)).map(decisionReminder),
      ],
    };
  }

  /** Own values that finance rejected: as good as missing, so due on the day of their month, but not before they were rejected. */
  private async rejected(
    who: Principal,
    own: readonly OwnBenefit[],
    rules: DueRules,
    until: string,
  ): Promise<Undated[]> {
    if (own.length === 0) return [];
    const byCode = new Map(own.map((benefit) => [benefit.code, benefit]));
    return (await this.allRejected(who)).flatMap((item) => {
      const benefit = byCode.get(item.benefit.code);
      if (!benefit || !item.rejection) return [];
      const [said, expected] = [localDate(item.rejection.at, rules.timeZone), dueOn(item.month, rules.dueDay)];
      // The example's story may end before the day on which somebody rejects one of its values.
      const day = said > expected && said <= rules.today ? said : expected;
      return day > until ? [] : [rejectedReminder(benefit, item.month, item.rejection.note, day)];
    });
  }

  private async allRejected(who: Principal): Promise<ConfirmationItem[]> {
    const found: ConfirmationItem[] = [];
    let cursor: string | null = null;
    do {
      const asked = { state: 'rejected', sort: 'code', limit: PAGE } as const;
      const page = await this.confirmations.list(who, cursor === null ? asked : { ...asked, cursor });
      found.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return found;
  }

  /** One line for all that finance has to judge. */
  private async waiting(who: Principal, rules: DueRules): Promise<Undated[]> {
    if (!isPermitted(who, 'benefit_values.confirm')) return [];
    const { counts, currency, oldest } = await this.confirmations.list(who, {
      state: 'waiting',
      sort: 'reportedAt',
      limit: 1,
    });
    const waiting = counts.find(({ state }) => state === 'waiting');
    if (!waiting || waiting.count === 0) return [];
    const since = oldest === null ? null : localDate(oldest, rules.timeZone);
    // The values of the example were stored after its story had ended.
    const shown = since !== null && since <= rules.today ? since : null;
    return [confirmationsReminder(waiting.count, { value: waiting.amount, currency }, shown)];
  }
}
