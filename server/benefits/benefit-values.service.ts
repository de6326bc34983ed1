import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { gridScope } from '../access/grid-owner.js';
import type { Principal } from '../access/principal.js';
import { recordChange } from '../audit/write.js';
import type { BenefitMonth, BenefitMonths, ChangeBenefitValues } from '../contract/benefit.js';
import { benefit, benefitValue, type AnyRecord } from '../contract/records.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { notFound } from '../http/problem.js';
import { reasonOf } from '../http/request-context.js';
import { RegisterService } from '../records/register.service.js';
import { monthsOf } from './benefit-values.queries.js';
import { ValueWriting } from './value-writing.service.js';
import { isPlanFixed } from './plans.queries.js';
import { reasonsIn } from './plan-versions.js';

/** Values of a benefit by month, entered by its portfolio manager. */
@Injectable()
export class BenefitValuesService {
  constructor(
    private readonly source: DataSource,
    private readonly register: RegisterService,
    private readonly writing: ValueWriting,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read(principal: Principal, ref: string): Promise<BenefitMonths> {
    const owner = await this.register.read(benefit, principal, ref);
    const now = this.clock.now().toISOString();
    return grid(owner, await isPlanFixed(this.source, owner.id, now), await monthsOf(this.source, owner.id));
  }

  /**
   * Changes only the cells that are sent, with the rules of `ValueWriting`; one transaction.
   *
   * @throws Problem 404, and what `ValueWriting.write` throws
   */
  async change(principal: Principal, ref: string, change: ChangeBenefitValues): Promise<BenefitMonths> {
    const owner = await this.register.read(benefit, principal, ref);
    return this.source.transaction(async (manager) => {
      const benefits = await this.writing.lock(manager, principal, [owner.id]);
      if (!benefits.has(owner.id)) throw notFound();
      const code = String(owner['code']);
      const sent = change.items.map((row, item) => ({
        ...row,
        item,
        benefitId: owner.id,
        code,
        reason: row.reason || reasonOf(),
      }));
      const before = await monthsOf(manager, owner.id);
      const now = this.clock.now().toISOString();
      const written = await this.writing.write(manager, principal, benefits, sent, now);
      const isFixed = await isPlanFixed(manager, owner.id, now);
      if (written.length === 0) return grid(owner, isFixed, before);
      const after = await monthsOf(manager, owner.id);
      const months = new Set(written.map((row) => row.month));
      await this.record(
        manager,
        principal,
        owner,
        'changed',
        before.filter((row) => months.has(row.month)),
        after.filter((row) => months.has(row.month)),
        now,
        reasonsIn(written),
      );
      return grid(owner, isFixed, after);
    });
  }

  private async record(
    manager: EntityManager,
    principal: Principal,
    owner: AnyRecord,
    action: string,
    before: BenefitMonth[],
    after: BenefitMonth[],
    at: string,
    reason: string | null,
  ): Promise<void> {
    await recordChange(
      manager,
      {
        at,
        actor: principal.email,
        action,
        objectType: benefitValue.type,
        objectId: owner.id,
        objectCode: String(owner['code']),
        before: { items: before },
        after: { items: after },
        reason,
      },
      [await gridScope(manager, 'benefit', owner.id)],
    );
  }
}

const grid = (owner: AnyRecord, isPlanFixed: boolean, items: BenefitMonth[]): BenefitMonths => ({
  benefitCode: String(owner['code']),
  currency: owner['currency'] as string | null,
  unit: owner['unit'] as string | null,
  isPlanFixed,
  items,
});
