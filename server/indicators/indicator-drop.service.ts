import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { ENTERPRISE, recordChanges } from '../audit/write.js';
import { type AnyRecord, indicator, indicatorValue, metricTarget } from '../contract/records.js';
import { lockOwner } from '../database/month-grid.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { RegisterService } from '../records/register.service.js';

/** The rows of an `update … returning`, as TypeORM gives them with their count. */
type Updated<Row> = [Row[], number];

const MONTHS = `
  update indicator_values set archived_at = $2, updated_at = $2, version = version + 1
  where indicator_id = $1 and archived_at is null
  returning to_char(month, 'YYYY-MM') as month, trim_scale(value)::text as value, evidence`;

const TARGETS = `
  update metric_targets set archived_at = $2, updated_at = $2, version = version + 1
  where lower(metric_id) = lower($1) and archived_at is null
  returning id, metric_id as "metricId", from_period as "fromPeriod", trim_scale(target)::text as target, trim_scale(amber)::text as amber`;

/** Takes an own indicator out of every page and figure: months and targets mean nothing without it, so they go with it. */
@Injectable()
export class IndicatorDropService {
  constructor(
    private readonly register: RegisterService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One transaction; the audit keeps all of it. @param version what If-Match named. @throws Problem 404, 403, 412 with the indicator as it is */
  async drop(who: Principal, ref: string, version: number): Promise<void> {
    await this.register.archive(indicator, who, ref, version, (manager, owner) => this.withIt(manager, who, owner));
  }

  private async withIt(manager: EntityManager, who: Principal, owner: AnyRecord): Promise<void> {
    // Nobody enters a month, or sets a target, meanwhile.
    await lockOwner(manager, 'indicators', owner.id);
    const at = this.clock.now().toISOString();
    const code = String(owner['code']);
    const [months] = await manager.query<Updated<{ month: string }>>(MONTHS, [owner.id, at]);
    const [targets] = await manager.query<Updated<{ id: string }>>(TARGETS, [code, at]);
    const entry = { at, actor: who.email, action: 'archived', after: null };
    const items = months.toSorted((one, other) => one.month.localeCompare(other.month));
    await recordChanges(
      manager,
      [
        ...(items.length === 0
          ? []
          : [
              {
                ...{ ...entry, objectType: indicatorValue.type, objectId: owner.id, objectCode: code },
                before: { items },
              },
            ]),
        ...targets.map(({ id, ...before }) => ({
          ...{ ...entry, objectType: metricTarget.type, objectId: id, objectCode: null },
          before,
        })),
      ],
      [ENTERPRISE],
    );
  }
}
