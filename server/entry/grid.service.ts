import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Principal } from '../access/principal.js';
import { DueService, type DueRules } from '../benefits/due.service.js';
import {
  MOST_ENTRY_MONTHS,
  type EntryCell,
  type EntryGrid,
  type EntryQuery,
  type EntryRow,
} from '../contract/entry.js';
import * as p from '../contract/primitives.js';
import { dueOn, isOver } from '../core/due-values.js';
import { plainDecimal } from '../core/money.js';
import { addMonths, monthOf, monthsBetween, periodMonths } from '../core/period.js';
import { scaleHint } from '../core/scale-hint.js';
import { inSnapshot } from '../database/snapshot.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { readCursor, writeCursor } from '../http/cursor.js';
import { invalidField } from '../http/problem.js';
import { settle, type Reading } from '../http/reading.js';
import { cellsOf, findBenefits, lastValues, type FoundBenefit, type StoredCell } from './grid.queries.js';
import { sumsOf } from './sums.js';

/** Months before and after the end of the period that the sheet shows unless asked otherwise. */
const REACH = 12;

const place = z.object({ isDue: z.boolean(), code: z.string().max(64), id: p.id });

type Month = EntryGrid['months'][number];

/** The sheet on which values are entered: benefits by month, with what is due, overdue and locked. */
@Injectable()
export class EntryGridService {
  constructor(
    private readonly source: DataSource,
    private readonly due: DueService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 for a scope that is not there or not visible, 422 for months in the wrong order or too many */
  read(who: Principal, query: EntryQuery): Promise<EntryGrid> {
    const now = this.clock.now().toISOString();
    return inSnapshot(this.source, async (manager) => {
      const reading = await settle(manager, who, query, now);
      return this.grid(manager, who, query, reading, now);
    });
  }

  private async grid(
    manager: EntityManager,
    who: Principal,
    query: EntryQuery,
    reading: Reading,
    now: string,
  ): Promise<EntryGrid> {
    const { from, to } = monthsAsked(query, reading);
    const rules = await this.due.rules(manager);
    const { today, lastOverdue } = rules;
    const { totals, rows } = await findBenefits(manager, who, {
      from,
      to,
      underWay: `${monthOf(today)}-01`,
      lastOverdue,
      now,
      scope: reading.scope,
      mine: query.mine !== undefined,
      dueOnly: query.due !== undefined,
      q: query.q || null,
      limit: query.limit,
      after: query.cursor === undefined ? null : readCursor(query.cursor, place),
    });
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    const months = monthsOf(from, to, today, rules);
    const { total, ...due } = totals;
    const found = await rowsOf(manager, shown, months, { lastOverdue, today });
    return {
      from,
      to,
      today,
      lockedThrough: rules.lockedThrough,
      dueDay: rules.dueDay,
      months,
      counts: {
        ...due,
        lockedMonths: months.filter((month) => month.locked).length,
        // Only the month before this one can be due and still in time.
        nextDueOn: totals.due > totals.overdue ? dueOn(addMonths(monthOf(today), -1), rules.dueDay) : null,
      },
      rows: found,
      sums: sumsOf(found, months.length),
      total,
      nextCursor:
        rows.length > query.limit && last ? writeCursor({ isDue: last.due > 0, code: last.code, id: last.id }) : null,
    };
  }
}

const monthsAsked = (query: EntryQuery, reading: Reading): { from: string; to: string } => {
  const end = periodMonths(reading.period, reading.startMonth).last;
  const from = query.from ?? addMonths(query.to ?? end, query.to === undefined ? -REACH : -2 * REACH);
  const to = query.to ?? addMonths(query.from ?? end, query.from === undefined ? REACH : 2 * REACH);
  const count = monthsBetween(from, to) + 1;
  if (count < 1) throw invalidField('to', 'months.order', 'The last month lies before the first.');
  if (count > MOST_ENTRY_MONTHS)
    throw invalidField('to', 'months.too_many', `At most ${MOST_ENTRY_MONTHS} months stand on one sheet.`);
  return { from, to };
};

const monthsOf = (from: string, to: string, today: string, rules: DueRules): Month[] =>
  Array.from({ length: monthsBetween(from, to) + 1 }, (_, index) => {
    const month = addMonths(from, index);
    return {
      month,
      locked: rules.lockedThrough !== null && month <= rules.lockedThrough,
      dueOn: dueOn(month, rules.dueDay),
      over: isOver(month, today),
    };
  });

const rowsOf = async (
  manager: EntityManager,
  shown: readonly FoundBenefit[],
  months: readonly Month[],
  { lastOverdue, today }: { lastOverdue: string; today: string },
): Promise<EntryRow[]> => {
  if (shown.length === 0) return [];
  const ids = shown.map((row) => row.id);
  const stored = new Map<string, StoredCell>();
  for (const cell of await cellsOf(manager, ids, months[0]!.month, months.at(-1)!.month, today))
    stored.set(`${cell.benefitId} ${cell.month}`, cell);
  const last = new Map((await lastValues(manager, ids)).map((row) => [row.benefitId, row]));
  return shown.map((found) => {
    const cells = months.map((month) => cellOf(month, stored.get(`${found.id} ${month.month}`), lastOverdue));
    const latest = last.get(found.id);
    const { id: _id, mayWrite, due: _due, ...benefit } = found;
    const amounts = cells.flatMap((cell) => [cell.planned, cell.forecast, cell.realised]);
    return {
      benefit,
      scaleHint: found.isMoney ? scaleHint(amounts) : null,
      last: latest ? { month: latest.month, realised: plainDecimal(latest.realised, true) } : null,
      mayWrite,
      cells,
    };
  });
};

const shownAmount = (stored: string | null | undefined): string | null =>
  stored === null || stored === undefined ? null : plainDecimal(stored, true);

const cellOf = ({ month, locked, over }: Month, cell: StoredCell | undefined, lastOverdue: string): EntryCell => {
  const due = over && cell !== undefined && cell.realised === null && (cell.planned ?? cell.forecast) !== null;
  return {
    month,
    version: cell?.version ?? null,
    planned: shownAmount(cell?.planned),
    forecast: shownAmount(cell?.forecast),
    realised: shownAmount(cell?.realised),
    evidence: cell?.evidence ?? null,
    evidenceItems: cell?.evidenceItems ?? 0,
    reportedBy: cell?.reportedBy ?? null,
    confirmedBy: cell?.confirmedBy ?? null,
    updatedAt: cell?.updatedAt ?? null,
    updatedBy: cell?.updatedBy ?? null,
    rejected: cell?.rejected ?? null,
    state: {
      locked,
      due,
      overdue: due && month <= lastOverdue,
      provisional: cell !== undefined && cell.realised !== null && cell.confirmedBy === null,
    },
  };
};
