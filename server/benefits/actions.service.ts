import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { fractionOf, isShort, needsAction } from '../core/benefit-status.js';
import type { Fraction } from '../core/exact-amounts.js';
import { addMonths, monthOf } from '../core/period.js';
import type { Reading } from '../http/reading.js';
import { actionRows, type ActionRow } from './actions.queries.js';
import type { BenefitStanding } from './standing.service.js';

/** Months before the one under way in which what is done is still told. */
const RECENT_MONTHS = 6;

export interface Action extends ActionRow {
  readonly isOverdue: boolean;
  /** The expected effect in the reporting currency; null where none is stated, it is no money, or there is no rate. */
  readonly inReporting: Fraction | null;
}

export interface Actions {
  /** Benefits off track or not measured at the end of both periods, with how they stood at the end of the first. */
  readonly short: readonly {
    readonly of: BenefitStanding;
    readonly before: BenefitStanding;
    readonly hasAction: boolean;
  }[];
  /** Those of them that nobody acts upon. */
  readonly needing: readonly { readonly of: BenefitStanding; readonly before: BenefitStanding }[];
  /** Overdue first, then by the day on which they are due. */
  readonly open: readonly Action[];
  /** Done in the last half-year, the latest first. */
  readonly done: readonly Action[];
}

/** What is done about benefits that fall short, and where nothing is. */
@Injectable()
export class ActionsService {
  /**
   * @param now how the benefits of the scope stand at the end of the period
   * @param before the same at the end of the period before
   */
  async of(
    manager: EntityManager,
    reading: Reading,
    now: readonly BenefitStanding[],
    before: readonly BenefitStanding[],
  ): Promise<Actions> {
    const rows = (await actionRows(manager, reading)).map((row) => actionOf(row, reading.today));
    const open = rows.filter((row) => row.doneOn === null).sort(byDue);
    const acted = new Set(open.map(({ benefitId }) => benefitId));
    const former = new Map(before.map((of) => [of.row.id, of]));
    const short = now.flatMap((of) => {
      const was = former.get(of.row.id);
      const isNeed = was && isShort(was.standing.status) && isShort(of.standing.status);
      return isNeed ? [{ of, before: was, hasAction: acted.has(of.row.id) }] : [];
    });
    const since = `${addMonths(monthOf(reading.today), -RECENT_MONTHS)}-01`;
    return {
      short,
      needing: short.filter((each) =>
        needsAction(each.before.standing.status, each.of.standing.status, each.hasAction),
      ),
      open,
      done: rows
        .filter(({ doneOn }) => doneOn !== null && doneOn >= since)
        .sort((a, b) => compare(b.doneOn!, a.doneOn!) || compare(a.code, b.code)),
    };
  }
}

const actionOf = (row: ActionRow, today: string): Action => ({
  ...row,
  isOverdue: row.doneOn === null && row.dueOn !== null && row.dueOn < today,
  inReporting: row.effectAmount === null || row.rate === null ? null : times(row.effectAmount, row.rate),
});

const times = (a: string, b: string): Fraction => {
  const [left, right] = [fractionOf(a), fractionOf(b)];
  return { n: left.n * right.n, d: left.d * right.d };
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** What is overdue is what was due first; what has no day comes last. */
const byDue = (a: Action, b: Action): number => compare(a.dueOn ?? '~', b.dueOn ?? '~') || compare(a.code, b.code);
