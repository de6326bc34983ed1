import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Principal } from '../access/principal.js';
import {
  ValueWriting,
  type FormerValue,
  type LockedBenefit,
  type ReasonRules,
} from '../benefits/value-writing.service.js';
import type { ChangedSince, EntryReceipt } from '../contract/entry.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { forbidden, notFound, Problem } from '../http/problem.js';
import { findEntry, markUndone, verdictsOf, type KeptMonth, type StoredEntry } from './entries.queries.js';
import { maySee, recordEntry, undoReason } from './entry.service.js';
import { receiptOf } from './receipt.js';

/** Takes an entry back: all of it, or nothing where something was built upon it. */
@Injectable()
export class UndoService {
  constructor(
    private readonly source: DataSource,
    private readonly writing: ValueWriting,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Every cell becomes what it was, as a new revision. A month that was not there goes back to the archive, unless it holds part of a plan
   * that the approval has fixed since: then it stays, emptied, and the baseline plan with it. Who had reported a value has reported it
   * again; a confirmation that the entry withdrew does not come back.
   *
   * @throws Problem 404, 403 where a benefit is not the person's to write any more, 409 for an entry that is undone or empty, that was
   *   built upon (`changed` names each month), or whose months were locked since
   */
  async undo(who: Principal, id: string): Promise<EntryReceipt> {
    return this.source.transaction(async (manager) => {
      const entry = await findEntry(manager, id, true);
      if (!entry || !maySee(who, entry)) throw notFound();
      refuseDone(entry);
      const ids = [...new Set(entry.months.map((month) => month.benefitId))];
      const benefits = await this.writing.lock(manager, who, ids);
      if ([...benefits.values()].some((benefit) => !benefit.isOwn))
        throw forbidden('You may take back values only in your own portfolio. Ask its manager.');
      const now = this.clock.now().toISOString();
      await this.refuseBuiltUpon(manager, entry, benefits);
      const rules = await this.writing.rules(manager, ids, now);
      refuseLockedSince(entry, rules);
      const change = { by: who.email, at: now, reason: undoReason(entry) };
      await this.writing.restore(
        manager,
        entry.months.map((month) => formerOf(month, rules)),
        change,
      );
      await markUndone(manager, id, who.email, now);
      await recordEntry(manager, who, 'undone', entry, benefits, now);
      return receiptOf({ ...entry, undoneAt: now, undoneBy: who.email }, false);
    });
  }

  private async refuseBuiltUpon(
    manager: EntityManager,
    entry: StoredEntry,
    benefits: ReadonlyMap<string, LockedBenefit>,
  ): Promise<void> {
    const stored = await this.writing.stored(manager, entry.months);
    const built = entry.months.flatMap((month) => {
      const now = stored.get(`${month.benefitId} ${month.month}`)!;
      return now.version === month.version && benefits.has(month.benefitId) ? [] : [{ month, now }];
    });
    if (built.length === 0) return;
    const verdicts = await verdictsOf(
      manager,
      built.map(({ now }) => now.id),
    );
    const changed = built.map(({ month, now }): ChangedSince => {
      const isArchived = now.archived || !benefits.has(month.benefitId);
      const what = isArchived ? 'archived' : (verdicts.get(now.id) ?? 'changed');
      return { benefit: month.benefit, month: month.month, what, by: now.changedBy, at: now.changedAt };
    });
    throw new Problem(
      409,
      'conflict',
      changed.length === 1
        ? `${sentence(changed[0]!)} The entry stays as it is.`
        : `${changed.length} months were changed since. The entry stays as it is.`,
      changed.map((row, index) => ({ pointer: `/items/${index}`, code: 'changed_since', message: sentence(row) })),
      { changed },
    );
  }
}

const sentence = (row: ChangedSince): string =>
  row.what === 'archived'
    ? `${row.benefit} ${row.month} was archived since.`
    : `${row.benefit} ${row.month} was ${row.what} since, by ${row.by}.`;

const refuseDone = (entry: StoredEntry): void => {
  if (entry.undoneAt !== null)
    throw new Problem(409, 'conflict', `This entry was undone already, by ${entry.undoneBy} at ${entry.undoneAt}.`);
  if (entry.months.length === 0) throw new Problem(409, 'conflict', 'This entry changed nothing.');
};

/** What was entered into an open month is frozen with it; a restatement of a locked month may be taken back. */
const refuseLockedSince = (entry: StoredEntry, { lockedThrough }: ReasonRules): void => {
  const locked = entry.months.filter(
    (month) => !month.locked && lockedThrough !== null && month.month <= lockedThrough,
  );
  if (locked.length === 0) return;
  throw new Problem(
    409,
    'conflict',
    'Months of this entry were locked since. Restate their values with a reason instead.',
    locked.map(({ benefit, month }, index) => ({
      pointer: `/items/${index}`,
      code: 'month.locked',
      message: `${month} was locked since: ${benefit} changes in it only with a reason.`,
    })),
  );
};

const EMPTY = { planned: null, forecast: null, realised: null, evidence: null, reportedBy: null };

const formerOf = ({ valueId, benefitId, version, before, after }: KeptMonth, rules: ReasonRules): FormerValue => {
  const isFixed = rules.planFixed.has(benefitId) && (before?.planned ?? after.planned) !== null;
  return {
    ...(before ?? EMPTY),
    id: valueId,
    version,
    firstPlannedAt: before?.firstPlannedAt ?? null,
    keepFirstPlan: isFixed,
    archive: before === null && !isFixed,
  };
};
