import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.js';
import { sameAmount, tidyAmount } from '../core/money.js';
import { Problem } from '../http/problem.js';
import {
  refuseForeign,
  refuseMissingRates,
  refuseStale,
  refuseTwice,
  refuseUnreasoned,
  type Planned,
  type SentValue,
} from './value-refusals.js';
import {
  keyOf,
  lockBenefits,
  monthsWithoutRate,
  reasonRules,
  restoreValues,
  storedValues,
  writeValues,
  type FormerValue,
  type LockedBenefit,
  type MonthValues,
  type NextValue,
  type ReasonRules,
  type StoredValue,
} from './value-writing.queries.js';

export type { FormerValue, LockedBenefit, MonthValues, ReasonRules, SentValue, StoredValue };

/** A month that was changed: as it was (null: it was not there) and as it is. */
export interface WrittenValue {
  id: string;
  benefitId: string;
  code: string;
  month: string;
  before: StoredValue | null;
  after: MonthValues;
  version: number;
  reason: string | null;
  /** The month was locked when it was written. */
  locked: boolean;
}

/** The one way in which values of months come from people into the store: of one benefit or of thousands, with the same rules. */
@Injectable()
export class ValueWriting {
  /** Locks live benefits in order of id until the transaction ends; what is archived or unknown is not in the answer. */
  lock(manager: EntityManager, principal: Principal, ids: readonly string[]): Promise<Map<string, LockedBenefit>> {
    return lockBenefits(manager, principal, [...new Set(ids)].sort());
  }

  /** What is stored for months of locked benefits, by `benefitId month`; archived ones too. */
  stored(
    manager: EntityManager,
    months: readonly { benefitId: string; month: string }[],
  ): Promise<Map<string, StoredValue>> {
    return storedValues(manager, months);
  }

  /** Which changes need a reason now; the settings are held until the transaction ends. */
  rules(manager: EntityManager, benefitIds: readonly string[], now: string): Promise<ReasonRules> {
    return reasonRules(manager, benefitIds, now);
  }

  /**
   * Writes what differs from what is stored, in a few statements for any number of months. A realised value that is corrected keeps its
   * former state as a revision and loses its confirmation (the database sees to both).
   *
   * @param benefits as `lock` answered; each sent month belongs to one of them
   * @returns the months that changed, in the order of the request
   * @throws Problem 403 for foreign benefits, 412 listing the stale months, 422 (sent twice, no reason, no exchange rate)
   */
  async write(
    manager: EntityManager,
    principal: Principal,
    benefits: ReadonlyMap<string, LockedBenefit>,
    sent: readonly SentValue[],
    now: string,
  ): Promise<WrittenValue[]> {
    refuseForeign(sent, benefits);
    refuseTwice(sent);
    const stored = await storedValues(manager, sent);
    refuseStale(sent, stored);
    const changes = sent.map((row) => plannedOf(row, stored.get(keyOf(row)))).filter(isChange);
    if (changes.length === 0) return [];
    const rules = await reasonRules(manager, [...benefits.keys()], now);
    refuseUnreasoned(changes, rules);
    const valued = changes.filter(({ next }) => next.planned ?? next.forecast ?? next.realised);
    refuseMissingRates(
      valued,
      await monthsWithoutRate(
        manager,
        valued.map(({ sent: row }) => row),
      ),
    );
    const rows = changes.map((change) => nextOf(change, stored.get(keyOf(change.sent)), principal.email));
    refuseOvertaken(rows, await writeValues(manager, rows, principal.email, now), changes);
    return changes.map(({ sent: { month, reason, code, benefitId }, before, next }, index) => ({
      id: rows[index]!.id,
      benefitId,
      code: benefits.get(benefitId)?.code ?? code,
      month,
      before,
      after: next,
      version: rows[index]!.version + 1,
      reason,
      locked: rules.lockedThrough !== null && month <= rules.lockedThrough,
    }));
  }

  /**
   * Gives months their former values as new versions.
   * @throws Problem 412 where somebody without the benefit's lock (an import) changed one just now
   */
  async restore(
    manager: EntityManager,
    rows: readonly FormerValue[],
    change: { by: string; at: string; reason: string },
  ): Promise<void> {
    if ((await restoreValues(manager, rows, change)) < rows.length)
      throw new Problem(412, 'precondition-failed', 'Someone else changed one of these months just now. Try again.');
  }
}

/** What is sent over what is there: what is not sent keeps what it has, what is sent as null is emptied. */
const plannedOf = (sent: SentValue, stored: StoredValue | undefined): Planned => {
  const before = stored && !stored.archived ? stored : null;
  const amount = (field: 'planned' | 'forecast' | 'realised'): string | null => {
    const given = sent[field];
    return given === undefined ? (before?.[field] ?? null) : given === null ? null : tidyAmount(given);
  };
  const evidence = sent.evidence === undefined ? (before?.evidence ?? null) : sent.evidence || null;
  return {
    sent,
    before,
    next: { planned: amount('planned'), forecast: amount('forecast'), realised: amount('realised'), evidence },
  };
};

const isChange = ({ before, next }: Planned): boolean =>
  !sameAmount(before?.planned ?? null, next.planned) ||
  !sameAmount(before?.forecast ?? null, next.forecast) ||
  !sameAmount(before?.realised ?? null, next.realised) ||
  (before?.evidence ?? null) !== next.evidence;

/** Who reports a value is whoever changed it last: another field beside it may change without that. */
const nextOf = ({ sent, before, next }: Planned, stored: StoredValue | undefined, by: string): NextValue => ({
  ...next,
  id: stored?.id ?? uuidv7(),
  benefitId: sent.benefitId,
  month: sent.month,
  version: stored?.version ?? 0,
  reportedBy:
    next.realised === null ? null : sameAmount(before?.realised ?? null, next.realised) ? before!.reportedBy : by,
  reason: sent.reason,
});

/** An import writes without the benefit's lock: it may have come between our reading and our writing. */
const refuseOvertaken = (
  rows: readonly NextValue[],
  written: ReadonlySet<string>,
  changes: readonly Planned[],
): void => {
  const overtaken = changes.filter((_change, index) => !written.has(keyOf(rows[index]!)));
  if (overtaken.length === 0) return;
  const { sent } = overtaken[0]!;
  throw new Problem(
    412,
    'precondition-failed',
    `${sent.code} ${sent.month} was changed by someone else just now. Read it again and repeat your change.`,
    overtaken.map(({ sent: row }) => ({
      pointer: `/items/${row.item}`,
      code: 'cell.stale',
      message: `${row.code} ${row.month} was changed by someone else just now.`,
    })),
  );
};
