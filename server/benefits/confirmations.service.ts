import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { benefitIdsByRef } from '../access/named-benefits.js';
import type { Principal } from '../access/principal.js';
import { type AuditEntry, recordChanges } from '../audit/write.js';
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
import { invalid, notFound } from '../http/problem.js';
import { type Reading, settle } from '../http/reading.js';
import { RegisterService } from '../records/register.service.js';
import { judgeMonths, lockMonths, monthKey } from './benefit-values.queries.js';
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
      const owner = (await lockJudged(manager, [id])).get(id)!;
      const asked = { benefitId: id, month };
      const before = (await lockMonths(manager, [asked])).get(monthKey(asked)) ?? null;
      const refusal = refusalOf(before, owner.currency, month, given, who, verdict);
      if (refusal) throw refusal.problem;
      const judged = await this.write(manager, who, [{ owner, before: before! }], verdict, given.note ?? null);
      return judged.get(before!.id)!;
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
    return this.source.transaction(async (manager) => {
      const idOf = await benefitIdsByRef(manager, who, [...new Set(given.items.map(({ benefit: ref }) => ref))]);
      const asked = given.items.map(({ benefit: ref, month }) => ({ benefitId: idOf.get(ref) ?? '', month }));
      if (asked.some(({ benefitId }) => benefitId === '')) throw notFound();
      refuseTwice(given.items, idOf);
      // In order: two who judge the same benefits follow one another.
      const owners = await lockJudged(manager, [...new Set(idOf.values())]);
      const months = await lockMonths(manager, asked);
      const refused: RefusedItem[] = [];
      const found: Found[] = [];
      for (const [index, item] of given.items.entries()) {
        const owner = owners.get(asked[index]!.benefitId)!;
        const before = months.get(monthKey(asked[index]!)) ?? null;
        const refusal = refusalOf(before, owner.currency, item.month, item, who, verdict);
        if (refusal) refused.push({ index, code: owner.code, item, now: before, refusal });
        else found.push({ owner, before: before! });
      }
      if (refused.length > 0) throw refuseAll(refused, given.items.length, verdict);
      const at = this.now();
      await this.write(manager, who, found, verdict, note, at);
      return { verdict: given.verdict, values: given.items.length, benefits: owners.size, at };
    });
  }

  private now(): string {
    return this.clock.now().toISOString();
  }

  /** Writes a verdict on values that are locked, with one event for each of their benefits. @returns the values as they are then, by id */
  private async write(
    manager: EntityManager,
    who: Principal,
    found: readonly Found[],
    verdict: Verdict,
    note: string | null,
    at = this.now(),
  ): Promise<ReadonlyMap<string, BenefitMonth>> {
    const ids = found.map(({ before }) => before.id);
    const judged = await judgeMonths(manager, ids, { confirms: verdict === 'confirmed', by: who.email, at, note });
    const ofOwner = new Map<Judged, Found[]>();
    for (const each of found) ofOwner.set(each.owner, [...(ofOwner.get(each.owner) ?? []), each]);
    const entries = [...ofOwner].map(([owner, values]): AuditEntry => ({
      at,
      actor: who.email,
      action: verdict,
      objectType: benefitValue.type,
      objectId: owner.id,
      objectCode: owner.code,
      before: { items: values.map(({ before }) => before) },
      after: { items: values.map(({ before }) => judged.get(before.id)!) },
      reason: note,
    }));
    await recordChanges(
      manager,
      entries,
      [...ofOwner.keys()].map(({ scope }) => scope),
    );
    return judged;
  }
}

/** A value that is judged, and its benefit. */
interface Found {
  owner: Judged;
  before: BenefitMonth;
}
