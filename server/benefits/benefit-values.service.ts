import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { gridScope, refuseForeignOwner } from '../access/grid-owner.js';
import type { Principal } from '../access/principal.js';
import { recordChange } from '../audit/write.js';
import type { BenefitMonth, BenefitMonths, ChangeBenefitValues, ConfirmValue } from '../contract/benefit.js';
import { benefit, benefitValue, type AnyRecord } from '../contract/records.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { stale } from '../http/etag.js';
import { forbidden, invalid, notFound, Problem, type ProblemError } from '../http/problem.js';
import { lockOwner, refuseOvertaken, refuseStaleMonths, type StoredMonth } from '../database/month-grid.js';
import { RegisterService } from '../records/register.service.js';
import { lockMonth, monthsOf, storedMonthsOf } from './benefit-values.queries.js';

type Item = ChangeBenefitValues['items'][number];

/** Values of a benefit by month: entered by its portfolio manager, confirmed or rejected by finance. */
@Injectable()
export class BenefitValuesService {
  constructor(
    private readonly source: DataSource,
    private readonly register: RegisterService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read(principal: Principal, ref: string): Promise<BenefitMonths> {
    const owner = await this.register.read(benefit, principal, ref);
    return grid(owner, await monthsOf(this.source, owner.id));
  }

  /**
   * Changes only the cells that are sent; one transaction. A realised value that is corrected keeps its former state as a revision and loses
   * its confirmation (the database sees to both).
   *
   * @throws Problem 404, 403, 412 listing the stale rows, 422 (no reason for a correction, a missing exchange rate)
   */
  async change(principal: Principal, ref: string, change: ChangeBenefitValues): Promise<BenefitMonths> {
    const owner = await this.register.read(benefit, principal, ref);
    return this.source.transaction(async (manager) => {
      await lockOwner(manager, 'benefits', owner.id);
      await refuseForeignOwner(manager, principal, 'benefit', owner.id, 'values');
      const before = await monthsOf(manager, owner.id);
      const stored = await storedMonthsOf(manager, owner.id);
      refuseStaleMonths(
        change.items.map((item) => ({ key: item.month, version: item.version })),
        stored,
      );
      const byMonth = new Map(before.map((row) => [row.month, row]));
      refuseUnreasoned(change.items, byMonth);
      const now = this.clock.now().toISOString();
      for (const item of change.items) {
        const row = byMonth.get(item.month);
        await this.write(manager, principal, owner.id, stored.get(item.month) ?? null, merged(item, row), row, now);
      }
      const after = await monthsOf(manager, owner.id);
      const months = new Set(change.items.map((item) => item.month));
      await this.record(
        manager,
        principal,
        owner,
        'changed',
        before.filter((row) => months.has(row.month)),
        after.filter((row) => months.has(row.month)),
      );
      return grid(owner, after);
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

  private async write(
    manager: EntityManager,
    principal: Principal,
    benefitId: string,
    stored: StoredMonth | null,
    next: Merged,
    before: BenefitMonth | undefined,
    now: string,
  ): Promise<void> {
    const reports = next.realised !== null && !sameAmount(before?.realised ?? null, next.realised);
    const written = (await manager.query(
      `insert into benefit_values as v (id, benefit_id, month, planned, forecast, realised, evidence, reported_by, changed_by, reason, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
       on conflict (benefit_id, month) do update set version = v.version + 1, updated_at = $11, archived_at = null, import_id = null,
         planned = $4, forecast = $5, realised = $6, evidence = $7, reported_by = $8, changed_by = $9, reason = $10
         where v.version = $12
       returning id`,
      [
        stored?.id ?? uuidv7(),
        benefitId,
        `${next.month}-01`,
        next.planned,
        next.forecast,
        next.realised,
        next.evidence,
        next.realised === null ? null : reports ? principal.email : (before?.reportedBy ?? principal.email),
        principal.email,
        next.reason,
        now,
        stored?.version ?? null,
      ],
    )) as unknown[];
    refuseOvertaken(written, next.month);
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

interface Merged {
  month: string;
  planned: string | null;
  forecast: string | null;
  realised: string | null;
  evidence: string | null;
  reason: string | null;
}

/** What is sent over what is there: a cell that is not sent keeps what it has, one that is sent as null is emptied. */
const merged = (item: Item, row: BenefitMonth | undefined): Merged => ({
  month: item.month,
  planned: item.planned === undefined ? (row?.planned ?? null) : item.planned,
  forecast: item.forecast === undefined ? (row?.forecast ?? null) : item.forecast,
  realised: item.realised === undefined ? (row?.realised ?? null) : item.realised,
  evidence: item.evidence === undefined ? (row?.evidence ?? null) : item.evidence,
  reason: item.reason ?? null,
});

/** Amounts are equal by value: `100.5` is `100.50`. */
const sameAmount = (a: string | null, b: string | null): boolean =>
  a === b || (a !== null && b !== null && unpadded(a) === unpadded(b));
const unpadded = (text: string): string => {
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  const plain = trimmed.replace(/^(-?)0+(?=\d)/, '$1');
  return plain === '-0' ? '0' : plain;
};

/** A reported value is not overwritten without a word. */
const refuseUnreasoned = (items: readonly Item[], stored: ReadonlyMap<string, BenefitMonth>): void => {
  const errors: ProblemError[] = items.flatMap((item, index) => {
    const now = stored.get(item.month)?.realised ?? null;
    if (item.realised === undefined || now === null || sameAmount(now, item.realised) || item.reason) return [];
    return [
      {
        pointer: `/items/${index}/reason`,
        code: 'reason.required',
        message: `${item.month} has a realised value already (${now}). Say in reason why it changes.`,
      },
    ];
  });
  if (errors.length > 0) throw invalid(errors);
};

const grid = (owner: AnyRecord, items: BenefitMonth[]): BenefitMonths => ({
  benefitCode: String(owner['code']),
  currency: owner['currency'] as string | null,
  unit: owner['unit'] as string | null,
  items,
});
