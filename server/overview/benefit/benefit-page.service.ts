import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermitted } from '../../access/policy.js';
import type { Principal } from '../../access/principal.js';
import { DueService } from '../../benefits/due.service.js';
import { planVersionsOf } from '../../benefits/plan-versions.js';
import { isPlanFixed } from '../../benefits/plans.queries.js';
import type { BenefitPageQuery, BenefitProfile, BenefitProfileQuery } from '../../contract/benefit-page.js';
import { localDate, monthOf } from '../../core/period.js';
import { CLOCK, type Clock } from '../../http/clock.js';
import type { Reading } from '../../http/reading.js';
import { TraceService } from '../../trace/trace.service.js';
import { type AskedBenefit, askedOf } from './asked.js';
import { benefitEvents } from './benefit.queries.js';
import { creditsOf } from './credits.js';
import { measurementsOf } from './measurements.js';
import { measuresOf } from './measures.js';
import { columnOf, columnsOf } from './profile.js';
import { summaryOf } from './summary.js';

/** Is this benefit real? What its page says, part by part, from figures that can all be traced. */
@Injectable()
export class BenefitPageService {
  constructor(
    private readonly traces: TraceService,
    private readonly due: DueService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** How it stands, as JSON text. @throws Problem 404 */
  async summary(manager: EntityManager, reading: Reading, who: Principal, ref: string): Promise<string> {
    return JSON.stringify(await summaryOf(await this.asked(manager, reading, who, ref), await this.due.rules(manager)));
  }

  /** Its life by quarter or month, as JSON text. Who reads no actions and decisions is told of none. @throws Problem 404 */
  async profile(
    manager: EntityManager,
    reading: Reading,
    who: Principal,
    ref: string,
    { by }: Pick<BenefitProfileQuery, 'by'>,
  ): Promise<string> {
    const asked = await this.asked(manager, reading, who, ref);
    const { figures, facts, cells, unit, direction } = asked;
    const drawn = { code: facts.code, how: facts.isMoney ? 'sum' : facts.aggregation, direction, unit, cells } as const;
    const columns = columnsOf(figures, drawn, by, reading);
    const place = (month: string): string | null => {
      const at = columnOf(month, by, reading.startMonth);
      return columns.some((column) => column.at === at) ? at : null;
    };
    return JSON.stringify({
      code: facts.code,
      name: facts.name,
      period: reading.period,
      by,
      isMoney: facts.isMoney,
      unit: asked.unitName,
      aggregation: drawn.how,
      better: facts.better,
      todayAt: place(monthOf(reading.underWay)),
      columns,
      events: (await eventsOf(asked, who)).map((event) => ({ ...event, column: place(monthOf(event.on)) })),
    } satisfies BenefitProfile);
  }

  /** What it is measured by, as JSON text. @throws Problem 404 */
  async measures(manager: EntityManager, reading: Reading, who: Principal, ref: string): Promise<string> {
    return JSON.stringify(await measuresOf(await this.asked(manager, reading, who, ref)));
  }

  /** What its value is due to, as JSON text. @throws Problem 404 */
  async credits(manager: EntityManager, reading: Reading, who: Principal, ref: string): Promise<string> {
    return JSON.stringify(await creditsOf(await this.asked(manager, reading, who, ref)));
  }

  /** Its months as they were entered, as JSON text. @throws Problem 404 */
  async measurements(manager: EntityManager, reading: Reading, who: Principal, ref: string): Promise<string> {
    const asked = await this.asked(manager, reading, who, ref);
    const { lockedThrough } = await this.due.rules(manager);
    const isFixed = await isPlanFixed(manager, asked.facts.id, this.clock.now().toISOString());
    return JSON.stringify(await measurementsOf(asked, { lockedThrough, isPlanFixed: isFixed }));
  }

  private asked(manager: EntityManager, reading: Reading, who: Principal, ref: string): Promise<AskedBenefit> {
    const query: BenefitPageQuery = { period: reading.period };
    const context = this.traces.context(manager, reading, who, { ...query, span: 'to_date', type: 'benefit', ref });
    return askedOf(context);
  }
}

type Event = Omit<BenefitProfile['events'][number], 'column'>;

/** Approval, plans made anew, actions that are done and decisions about it, oldest first. */
const eventsOf = async ({ context, facts }: AskedBenefit, who: Principal): Promise<Event[]> => {
  const { manager, reading } = context;
  const { items } = await planVersionsOf(manager, facts.id, 'infinity');
  const replans = items.slice(1).map(({ at, reason }): Event => ({
    kind: 'replan',
    on: localDate(new Date(at).toISOString(), reading.timeZone),
    code: null,
    text: reason,
  }));
  const approval: Event[] =
    facts.approvedOn === null ? [] : [{ kind: 'approval', on: facts.approvedOn, code: null, text: null }];
  const told = isPermitted(who, 'records.read:corrective_action')
    ? await benefitEvents(manager, facts.id, reading.timeZone)
    : [];
  return [...approval, ...replans, ...told].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
};
