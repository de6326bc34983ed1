import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { gridScope } from '../access/grid-owner.js';
import type { Principal } from '../access/principal.js';
import { recordChange } from '../audit/write.js';
import type { BenefitMonth, BenefitMonths, ChangeBenefitValues, ConfirmValue } from '../contract/benefit.js';
import { benefit, benefitValue, type AnyRecord } from '../contract/records.js';
import { sameAmount } from '../core/money.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { stale } from '../http/etag.js';
import { forbidden, notFound, Problem } from '../http/problem.js';
import { lockOwner } from '../database/month-grid.js';
import { RegisterService } from '../records/register.service.js';
import { lockMonth, monthsOf } from './benefit-values.queries.js';
import { ValueWriting } from './value-writing.service.js';
import { isPlanFixed } from './plans.queries.js';

/** Values of a benefit by month: entered by its portfolio manager, confirmed or rejected by finance. */
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
        reason: row.reason || null,
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
      );
      return grid(owner, isFixed, after);
    });
  }

  /**
   * Finance accepts a realised value as it was seen.
   * @throws Problem 403 for the reporter, 404 without a realised value, 409 where it is confirmed already, 412 for another version or amount
   */
  async confirm(principal: Principal, ref: string, month: string, given: ConfirmValue): Promise<BenefitMonth> {
    return this.judge(principal, ref, month, given, 'confirmed');
  }

  /** Finance refuses a realised value; a confirmation that it had is withdrawn. Same refusals as `confirm`. */
  async reject(principal: Principal, ref: string, month: string, given: ConfirmValue): Promise<BenefitMonth> {
    return this.judge(principal, ref, month, given, 'rejected');
  }

  private async judge(
    principal: Principal,
    ref: string,
    month: string,
    given: ConfirmValue,
    verdict: 'confirmed' | 'rejected',
  ): Promise<BenefitMonth> {
    const owner = await this.register.read(benefit, principal, ref);
    return this.source.transaction(async (manager) => {
      await lockOwner(manager, 'benefits', owner.id);
      const before = await lockMonth(manager, owner.id, month);
      if (!before || before.realised === null) throw notFound();
      if (before.reportedBy === principal.email)
        throw forbidden('You reported this value yourself. Someone else in finance must confirm or reject it.');
      if (before.version !== given.version || !sameAmount(before.realised, given.amount)) throw stale(before);
      if (verdict === 'confirmed' && before.confirmedBy !== null)
        throw new Problem(409, 'conflict', `The value of ${month} is confirmed already, by ${before.confirmedBy}.`);
      const now = this.clock.now().toISOString();
      const confirms = verdict === 'confirmed';
      await manager.query(
        `update benefit_values set version = version + 1, updated_at = $2, changed_by = $3, reason = $4, import_id = null,
           confirmed_by = case when $5 then $3 end, confirmed_at = case when $5 then $2::timestamptz end,
           confirmed_amount = case when $5 then realised end, confirmed_currency = case when $5 then $6 end,
           confirmed_version = case when $5 then version end, confirmed_how = case when $5 then 'person' end
         where id = $1`,
        [before.id, now, principal.email, given.note ?? null, confirms, owner['currency'] ?? null],
      );
      if (!confirms)
        await manager.query(
          `insert into confirmations (benefit_value_id, verdict, amount, currency, value_version, by_email, at, note)
           values ($1, 'rejected', $2, $3, $4, $5, $6, $7)`,
          [
            before.id,
            before.realised,
            owner['currency'] ?? null,
            before.version,
            principal.email,
            now,
            given.note ?? null,
          ],
        );
      const after = (await lockMonth(manager, owner.id, month))!;
      await this.record(manager, principal, owner, verdict, [before], [after]);
      return after;
    });
  }

  private async record(
    manager: EntityManager,
    principal: Principal,
    owner: AnyRecord,
    action: string,
    before: BenefitMonth[],
    after: BenefitMonth[],
  ): Promise<void> {
    await recordChange(
      manager,
      {
        at: this.clock.now().toISOString(),
        actor: principal.email,
        action,
        objectType: benefitValue.type,
        objectId: owner.id,
        objectCode: String(owner['code']),
        before: { items: before },
        after: { items: after },
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
