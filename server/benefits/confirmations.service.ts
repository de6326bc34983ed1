import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { gridScope } from '../access/grid-owner.js';
import type { Principal } from '../access/principal.js';
import { recordChange } from '../audit/write.js';
import type { BenefitMonth, ConfirmValue } from '../contract/benefit.js';
import type {
  ConfirmationQuery,
  Confirmations,
  JudgedValues,
  JudgeValues,
  Verdicts,
} from '../contract/confirmation.js';
import { benefit, benefitValue } from '../contract/records.js';
import { plainDecimal } from '../core/money.js';
import { inSnapshot } from '../database/snapshot.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { readCursor, writeCursor } from '../http/cursor.js';
import { invalid } from '../http/problem.js';
import { type Reading, settle } from '../http/reading.js';
import { RegisterService } from '../records/register.service.js';
import { lockMonth } from './benefit-values.queries.js';
import { itemOf, totalsOf } from './confirmation-items.js';
import { refuseAll, refuseTwice, refusalOf, type RefusedItem, type Verdict } from './confirmation-refusals.js';
import {
  claimCounts,
  claimsOf,
  lockJudged,
  verdictsOf,
  waitingClaims,
  type ClaimRow,
  type Judged,
} from './confirmations.queries.js';

export type { ClaimRow };

/** Finance accepts or refuses realised values; who said what of which amount stays for ever. */
@Injectable()
export class ConfirmationsService {
  constructor(
    private readonly source: DataSource,
    private readonly register: RegisterService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * One page of realised values in a state, with what there is in all of them.
   * @throws Problem 404 for a scope out of sight, 422 for a cursor that is none of ours
   */
  async list(who: Principal, query: ConfirmationQuery): Promise<Confirmations> {
    const offset = query.cursor === undefined ? 0 : readCursor(query.cursor, z.int().min(0));
    return inSnapshot(this.source, async (manager) => {
      const now = this.clock.now().toISOString();
      const { currency, scope, timeZone, today } = await settle(manager, who, query, now);
      const counts = await claimCounts(manager, currency, scope);
      const { rows, total } = await claimsOf(manager, currency, scope, query, offset, today);
      const next = offset + rows.length;
      return {
        items: rows.map((row) => itemOf(row, who)),
        total,
        nextCursor: next < total && rows.length > 0 ? writeCursor(next) : null,
        currency,
        ...totalsOf(counts, now, timeZone),
      };
    });
  }

  /** All values of the scope in a state (and of those that wait: for one reason), by code and month. */
  async claims(
    manager: EntityManager,
    reading: Reading,
    of: Pick<ConfirmationQuery, 'state' | 'why'>,
  ): Promise<ClaimRow[]> {
    return (
      await claimsOf(manager, reading.currency, reading.scope, { ...of, sort: 'code', limit: null }, 0, reading.today)
    ).rows;
  }

  /** How many values of the scope wait, their sum in the reporting currency, and when the oldest was reported. */
  async waiting(
    manager: EntityManager,
    { currency, scope }: Reading,
  ): Promise<{ count: number; amount: string; oldest: string | null }> {
    const { count, amount, oldest } = await waitingClaims(manager, currency, scope);
    return { count, amount: plainDecimal(amount ?? '0', true), oldest };
  }

  /** What was said of one month of a benefit, newest first. */
  async verdictsOn(manager: EntityManager, benefitId: string, month: string): Promise<Verdicts['items']> {
    return (await verdictsOf(manager, benefitId)).filter((verdict) => verdict.month === month);
  }

  /** @throws Problem 404 for a benefit that is not there or out of sight */
  async history(who: Principal, ref: string): Promise<Verdicts> {
    const { id } = await this.register.read(benefit, who, ref);
    const items = await verdictsOf(this.source.manager, id);
    return { items: items.map((item) => ({ ...item, amount: plainDecimal(item.amount, item.currency !== null) })) };
  }

  /**
   * Judges one value as it was seen.
   * @throws Problem 403 for the reporter, 404 without a realised value, 409 where it is confirmed already or in another currency, 412 for another version or amount
   */
  async judge(
    who: Principal,
    ref: string,
    month: string,
    given: ConfirmValue,
    verdict: Verdict,
  ): Promise<BenefitMonth> {
    const { id } = await this.register.read(benefit, who, ref);
    return this.source.transaction(async (manager) => {
      const owner = await lockJudged(manager, id);
      const before = await lockMonth(manager, owner.id, month);
      const refusal = refusalOf(before, owner.currency, month, given, who, verdict);
      if (refusal) throw refusal.problem;
      const after = await this.write(manager, who, owner, before!, verdict, given.note ?? null, this.now());
      await this.record(manager, who, owner, verdict, [before!], [after]);
      return after;
    });
  }

  /**
   * Judges many values in one transaction: all of them or none.
   * @throws Problem 404, 403, 409 or 412 by the first refusal, with one error for each value that is refused; 422 for a rejection without a note or a value that is sent twice
   */
  async judgeAll(who: Principal, given: JudgeValues): Promise<JudgedValues> {
    const verdict: Verdict = given.verdict === 'confirm' ? 'confirmed' : 'rejected';
    const note = given.note?.trim() || null;
    if (verdict === 'rejected' && note === null)
      throw invalid([
        {
          pointer: '/note',
          code: 'note.required',
          message: 'Say in note what has to be put right before it can be confirmed.',
        },
      ]);
    const idOf = new Map<string, string>();
    for (const ref of new Set(given.items.map(({ benefit: ref }) => ref)))
      idOf.set(ref, (await this.register.read(benefit, who, ref)).id);
    refuseTwice(given.items, idOf);
    const now = this.now();
    return this.source.transaction(async (manager) => {
      const owners = new Map<string, Judged>();
      // In order: two who judge the same benefits follow one another.
      for (const id of [...new Set(idOf.values())].sort()) owners.set(id, await lockJudged(manager, id));
      const refused: RefusedItem[] = [];
      const rows = new Map<string, { before: BenefitMonth[]; after: BenefitMonth[] }>();
      for (const [index, item] of given.items.entries()) {
        const owner = owners.get(idOf.get(item.benefit)!)!;
        const before = await lockMonth(manager, owner.id, item.month);
        const refusal = refusalOf(before, owner.currency, item.month, item, who, verdict);
        if (refusal) refused.push({ index, code: owner.code, item, now: before, refusal });
        if (refused.length > 0) continue;
        const pages = rows.get(owner.id) ?? { before: [], after: [] };
        pages.before.push(before!);
        pages.after.push(await this.write(manager, who, owner, before!, verdict, note, now));
        rows.set(owner.id, pages);
      }
      if (refused.length > 0) throw refuseAll(refused, given.items.length, verdict);
      for (const owner of owners.values()) {
        const pages = rows.get(owner.id)!;
        await this.record(manager, who, owner, verdict, pages.before, pages.after);
      }
      return { verdict: given.verdict, values: given.items.length, benefits: owners.size, at: now };
    });
  }

  private now(): string {
    return this.clock.now().toISOString();
  }

  private async write(
    manager: EntityManager,
    who: Principal,
    owner: Judged,
    before: BenefitMonth,
    verdict: Verdict,
    note: string | null,
    now: string,
  ): Promise<BenefitMonth> {
    const confirms = verdict === 'confirmed';
    await manager.query(
      `update benefit_values set version = version + 1, updated_at = $2, changed_by = $3, reason = $4, import_id = null,
         confirmed_by = case when $5 then $3 end, confirmed_at = case when $5 then $2::timestamptz end,
         confirmed_amount = case when $5 then realised end, confirmed_currency = case when $5 then $6 end,
         confirmed_version = case when $5 then version end, confirmed_how = case when $5 then 'person' end
       where id = $1`,
      [before.id, now, who.email, note, confirms, owner.currency],
    );
    if (!confirms)
      await manager.query(
        `insert into confirmations (benefit_value_id, verdict, amount, currency, value_version, by_email, at, note)
         values ($1, 'rejected', $2, $3, $4, $5, $6, $7)`,
        [before.id, before.realised, owner.currency, before.version, who.email, now, note],
      );
    return (await lockMonth(manager, owner.id, before.month))!;
  }

  private async record(
    manager: EntityManager,
    who: Principal,
    owner: Judged,
    verdict: Verdict,
    before: BenefitMonth[],
    after: BenefitMonth[],
  ): Promise<void> {
    await recordChange(
      manager,
      {
        at: this.now(),
        actor: who.email,
        action: verdict,
        objectType: benefitValue.type,
        objectId: owner.id,
        objectCode: owner.code,
        before: { items: before },
        after: { items: after },
      },
      [await gridScope(manager, 'benefit', owner.id)],
    );
  }
}
