import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { benefitIdsByCode } from '../access/named-benefits.js';
import { hasRole, type Principal } from '../access/principal.js';
import { canonicalJson, ENTERPRISE, recordChange } from '../audit/write.js';
import { ValueWriting, type LockedBenefit, type SentValue } from '../benefits/value-writing.service.js';
import type { EntriesQuery, EntryList, EntryReceipt, SaveEntry } from '../contract/entry.js';
import { inSnapshot } from '../database/snapshot.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { readCursor, writeCursor } from '../http/cursor.js';
import { reasonOf } from '../http/request-context.js';
import { invalid, invalidField, notFound } from '../http/problem.js';
import {
  countEntries,
  entriesOf,
  findEntry,
  holdEntryId,
  storeEntry,
  undoable,
  type StoredEntry,
} from './entries.queries.js';
import { changedFields, itemsOf, keptOf, receiptOf, summaryOf } from './receipt.js';

/** What an entry is called in the audit. */
export const ENTRY = 'value_entry';

/** See `EntryPlace`. */
const PLACE = z.tuple([z.iso.datetime(), z.uuid()]);

/** Entries: many values of many benefits in one transaction, and the receipts of them. */
@Injectable()
export class EntryService {
  constructor(
    private readonly source: DataSource,
    private readonly writing: ValueWriting,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Saves all cells or none. The same entry sent again is answered with its receipt.
   *
   * @throws Problem 422 for the id of another entry and for unknown benefits, and what `ValueWriting.write` throws
   */
  async save(who: Principal, given: SaveEntry): Promise<EntryReceipt> {
    const entry = reasoned(given);
    const requestHash = createHash('sha256').update(canonicalJson(entry)).digest('hex');
    return this.source.transaction(async (manager) => {
      await holdEntryId(manager, entry.id);
      const known = await findEntry(manager, entry.id);
      if (known) return this.again(manager, who, known, requestHash);
      const sent = await sentValues(manager, who, entry);
      const benefits = await this.writing.lock(
        manager,
        who,
        sent.map((row) => row.benefitId),
      );
      refuseUnknown(
        sent,
        sent.map((row) => row.code),
        (row) => benefits.has(row.benefitId),
      );
      const now = this.clock.now().toISOString();
      const months = (await this.writing.write(manager, who, benefits, sent, now)).map(keptOf);
      const stored: StoredEntry = {
        id: entry.id,
        userId: who.userId,
        savedAt: now,
        by: who.email,
        reason: entry.reason || null,
        requestHash,
        cells: itemsOf(months).length,
        benefits: new Set(months.map((month) => month.benefitId)).size,
        undoneAt: null,
        undoneBy: null,
        months,
      };
      await storeEntry(manager, stored);
      if (months.length > 0) await recordEntry(manager, who, 'entered', stored, benefits, now);
      return receiptOf(stored, months.length > 0);
    });
  }

  /** The person's own entries. */
  list(who: Principal, { limit, cursor }: EntriesQuery): Promise<EntryList> {
    const after = cursor === undefined ? null : readCursor(cursor, PLACE);
    return inSnapshot(this.source, async (manager) => {
      const found = await entriesOf(manager, who.userId, limit + 1, after);
      const entries = found.slice(0, limit);
      const last = entries.at(-1);
      const canUndo = await undoable(
        manager,
        who,
        entries.map((entry) => entry.id),
      );
      return {
        items: entries.map((entry) => summaryOf(entry, canUndo.has(entry.id))),
        total: await countEntries(manager, who.userId),
        nextCursor: found.length > limit && last ? writeCursor([last.savedAt, last.id]) : null,
      };
    });
  }

  /** @throws Problem 404 for an entry that is not there, or not the person's (an administrator sees all) */
  read(who: Principal, id: string): Promise<EntryReceipt> {
    return inSnapshot(this.source, async (manager) => {
      const entry = await findEntry(manager, id);
      if (!entry || !maySee(who, entry)) throw notFound();
      return receiptOf(entry, (await undoable(manager, who, [id])).has(id));
    });
  }

  private async again(
    manager: EntityManager,
    who: Principal,
    known: StoredEntry,
    requestHash: string,
  ): Promise<EntryReceipt> {
    if (known.userId !== who.userId || known.requestHash !== requestHash)
      throw invalidField('/id', 'id.taken', 'Another entry has this id. Give each entry an id of its own.');
    return receiptOf(known, (await undoable(manager, who, [known.id])).has(known.id));
  }
}

/** Whoever made it and administrators; for others it does not exist. */
export const maySee = (who: Principal, entry: StoredEntry): boolean =>
  entry.userId === who.userId || hasRole(who, 'admin');

/** An entry that does not say why is made for the reason of its request. */
const reasoned = (entry: SaveEntry): SaveEntry => {
  const reason = entry.reason || reasonOf();
  return reason ? { ...entry, reason } : entry;
};

const sentValues = async (manager: EntityManager, who: Principal, entry: SaveEntry): Promise<SentValue[]> => {
  const codes = [...new Set(entry.items.map((item) => item.benefit))];
  const ids = await benefitIdsByCode(manager, who, codes);
  const idOf = (code: string): string | undefined => ids.get(code.toLowerCase());
  refuseUnknown(
    entry.items,
    entry.items.map((item) => item.benefit),
    (item) => idOf(item.benefit) !== undefined,
  );
  return entry.items.map(({ benefit, reason, ...item }, index) => ({
    ...item,
    item: index,
    code: benefit,
    benefitId: idOf(benefit)!,
    reason: reason || entry.reason || null,
  }));
};

const refuseUnknown = <Row>(rows: readonly Row[], codes: readonly string[], isKnown: (row: Row) => boolean): void => {
  const errors = rows.flatMap((row, index) =>
    isKnown(row)
      ? []
      : [
          {
            pointer: `/items/${index}/benefit`,
            code: 'benefit.unknown',
            message: `There is no benefit ${codes[index]}, or it is not visible to you.`,
          },
        ],
  );
  if (errors.length > 0) throw invalid(errors);
};

/** One event for the whole entry, and the data versions of every portfolio that it touched. */
export const recordEntry = async (
  manager: EntityManager,
  who: Principal,
  action: 'entered' | 'undone',
  entry: StoredEntry,
  benefits: ReadonlyMap<string, LockedBenefit>,
  at: string,
): Promise<void> => {
  const former = changedFields(entry.months, 'before');
  const entered = changedFields(entry.months, 'after');
  const codes = new Set(entry.months.map((month) => month.benefit));
  const isUndone = action === 'undone';
  await recordChange(
    manager,
    {
      at,
      actor: who.email,
      action,
      objectType: ENTRY,
      objectId: entry.id,
      objectCode: codes.size === 1 ? [...codes][0]! : null,
      before: { items: isUndone ? entered : former },
      after: { reason: isUndone ? undoReason(entry) : entry.reason, items: isUndone ? former : entered },
      ...(isUndone ? {} : { reason: entry.reason }),
    },
    [...new Set([...benefits.values()].map((benefit) => benefit.portfolioId ?? ENTERPRISE))],
  );
};

/** What revisions say that came by taking an entry back: of which, and why, as far as somebody said. */
export const undoReason = (entry: { id: string }, given = reasonOf()): string =>
  [`Undo of entry ${entry.id}`, given].filter(Boolean).join(': ');
