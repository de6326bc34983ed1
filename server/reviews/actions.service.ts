import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { readsOwnUnitsOnly } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import { recordChange } from '../audit/write.js';
import type { ChangedReviewAction, NewReviewAction, ReviewAction, ReviewActions } from '../contract/review-after.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { stale } from '../http/etag.js';
import { invalidField, notFound, Problem } from '../http/problem.js';
import { actionById, actionsOfQuarter, actionsUpTo, rewordingsOf } from './actions.queries.js';
import { codeOf, lockReviews } from './stored.queries.js';
import { reviewedBefore, visibleReview } from './visible.queries.js';

/**
 * What a review decided and agreed. It is recorded in the meeting, so with frozen and published reviews, too: it hangs on a review and is no part
 * of its document. The review of the next quarter says what became of it.
 */
@Injectable()
export class ReviewActionsService {
  constructor(
    private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Of the quarter of the review, of the quarter reviewed before, and what was open since then of earlier ones. @throws Problem 404 */
  list(who: Principal, ref: string): Promise<ReviewActions> {
    return this.source.transaction(async (manager) => {
      const { period } = await visibleReview(manager, who, ref);
      const previousPeriod = await reviewedBefore(manager, who, period);
      const items = await actionsOfQuarter(manager, period);
      const previous = await this.followedUp(manager, who, previousPeriod);
      const rewordings = await rewordingsOf(
        manager,
        [...items, ...previous].map(({ id }) => id),
      );
      return { items, previous, previousPeriod, rewordings };
    });
  }

  /** @throws Problem 404 for no such review */
  create(who: Principal, ref: string, given: NewReviewAction): Promise<ReviewAction> {
    return this.source.transaction(async (manager) => {
      await lockReviews(manager);
      const review = await visibleReview(manager, who, ref);
      const id = uuidv7();
      await manager.query(
        `insert into review_actions (id, review_id, kind, text, owner, due_on, created_at, created_by, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $7)`,
        [id, review.id, given.kind, given.text, given.owner, given.dueOn, this.now(), who.email],
      );
      const { action } = (await actionById(manager, id))!;
      await this.record(manager, who, 'created', review, null, action);
      return action;
    });
  }

  /**
   * Changes what was agreed, or says whether it was kept; by its own review or by that which follows it up.
   * @throws Problem 404, 412 with the action as it is now, 422 where nothing says why it was not kept
   */
  change(who: Principal, ref: string, id: string, version: number, given: ChangedReviewAction): Promise<ReviewAction> {
    return this.source.transaction(async (manager) => {
      await lockReviews(manager);
      const { action: before, review } = await this.found(manager, who, ref, id);
      const { text, owner, dueOn, outcome, note } = { ...before, ...given };
      if (outcome === 'not_kept' && note === null)
        throw invalidField('/note', 'note.required', 'Say in a note why it was not kept.');
      const [, changed] = (await manager.query(
        `update review_actions set text = $3, owner = $4, due_on = $5, outcome = $6, note = $7, updated_at = $8, version = version + 1
         where id = $1 and version = $2 and archived_at is null`,
        [id, version, text, owner, dueOn, outcome, note, this.now()],
      )) as [unknown, number];
      if (changed === 0) throw stale(before);
      const { action: after } = (await actionById(manager, id))!;
      await this.record(manager, who, 'changed', review, before, after);
      return after;
    });
  }

  /**
   * Takes back what was recorded by mistake; the audit keeps it.
   * @throws Problem 404, 409 where its outcome is told or a frozen review may name it, 412 with the action as it is now
   */
  async withdraw(who: Principal, ref: string, id: string, version: number): Promise<void> {
    await this.source.transaction(async (manager) => {
      await lockReviews(manager);
      const { action: before, review } = await this.found(manager, who, ref, id);
      if (!before.isWithdrawable)
        throw new Problem(
          409,
          'conflict',
          'It stays: its outcome is told, or a review that was frozen since names it. Say instead what became of it, with a note.',
        );
      const [, changed] = (await manager.query(
        `update review_actions set archived_at = $3, updated_at = $3, version = version + 1
         where id = $1 and version = $2 and archived_at is null`,
        [id, version, this.now()],
      )) as [unknown, number];
      if (changed === 0) throw stale(before);
      await this.record(manager, who, 'archived', review, before, null);
    });
  }

  /** An action that this review shows. */
  private async found(manager: EntityManager, who: Principal, ref: string, id: string) {
    const review = await visibleReview(manager, who, ref);
    const found = await actionById(manager, id);
    if (!found) throw notFound();
    if (found.review.period !== review.period) {
      const shown = await this.followedUp(manager, who, await reviewedBefore(manager, who, review.period));
      if (!shown.some((action) => action.id === id)) throw notFound();
    }
    return found;
  }

  private async followedUp(manager: EntityManager, who: Principal, period: string | null): Promise<ReviewAction[]> {
    return period === null ? [] : actionsUpTo(manager, period, readsOwnUnitsOnly(who));
  }

  private now(): string {
    return this.clock.now().toISOString();
  }

  private record(
    manager: EntityManager,
    who: Principal,
    action: string,
    review: { period: string; revision: number },
    before: ReviewAction | null,
    after: ReviewAction | null,
  ): Promise<void> {
    const object = { objectType: 'review_action', objectId: (after ?? before)!.id, objectCode: codeOf(review) };
    return recordChange(manager, {
      ...{ at: this.now(), actor: who.email, action, ...object },
      before: before && kept(before),
      after: after && kept(after),
    });
  }
}

const kept = ({ kind, text, owner, dueOn, outcome, note }: ReviewAction): Record<string, unknown> => ({
  ...{ kind, text, owner, dueOn, outcome, note },
});
