import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import type { Principal } from '../access/principal.js';
import { recordChange } from '../audit/write.js';
import type { ChangeView, CreateView, View, ViewQuery, Views } from '../contract/view.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { readCursor, writeCursor } from '../http/cursor.js';
import { stale } from '../http/etag.js';
import { forbidden, notFound, Problem } from '../http/problem.js';
import { countViews, insertView, lockView, ownViews, updateView, viewsOf, type ViewRow } from './views.queries.js';

/** As many as a menu can hold. */
const MOST = 50;

/** Saved views: what a person narrowed a page to, under a name; shared ones are everybody's to open, and their owner's to change. */
@Injectable()
export class SavedViews {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Own views of a page, and those that others share. */
  async list(who: Principal, { page, limit, cursor }: ViewQuery): Promise<Views> {
    const offset = cursor === undefined ? 0 : readCursor(cursor, z.int().min(0));
    const rows = await viewsOf(this.source, who.userId, page, limit, offset);
    const [total, next] = [await countViews(this.source, who.userId, page), offset + rows.length];
    return {
      items: rows.map((row) => viewOf(row, who)),
      total,
      nextCursor: next < total ? writeCursor(next) : null,
    };
  }

  /** @throws Problem 409 for a name that one has used already, 422 where one has too many */
  create(who: Principal, given: CreateView): Promise<View> {
    return this.source.transaction(async (manager) => {
      const { count } = await refuseTwice(manager, who, given.page, given.name, null);
      if (count >= MOST)
        throw new Problem(
          422,
          'rule-broken',
          `You have ${count} views of this page. Delete one before you save another.`,
        );
      const now = this.clock.now().toISOString();
      const row: ViewRow = { id: uuidv7(), version: 1, userId: who.userId, owner: who.name, updatedAt: now, ...given };
      await insertView(manager, row, now);
      await recordChange(manager, event(who, 'created', row, now, null, kept(row)), []);
      return viewOf(row, who);
    });
  }

  /** @throws Problem 403 for a view of somebody else, 404 for one that is not visible, 409 for a used name, 412 for an old version */
  change(who: Principal, id: string, version: number, given: ChangeView): Promise<View> {
    return this.source.transaction(async (manager) => {
      const before = await this.own(manager, who, id, version);
      const row: ViewRow = {
        ...before,
        name: given.name ?? before.name,
        search: given.search ?? before.search,
        shared: given.shared ?? before.shared,
      };
      await refuseTwice(manager, who, row.page, row.name, id);
      const now = this.clock.now().toISOString();
      await updateView(manager, row, now);
      await recordChange(manager, event(who, 'changed', row, now, kept(before), kept(row)), []);
      return viewOf({ ...row, version: version + 1, updatedAt: now }, who);
    });
  }

  /** Archives a view; its name is free again. Throws as `change` does. */
  async remove(who: Principal, id: string, version: number): Promise<void> {
    await this.source.transaction(async (manager) => {
      const row = await this.own(manager, who, id, version);
      const now = this.clock.now().toISOString();
      await updateView(manager, row, now, true);
      await recordChange(manager, event(who, 'archived', row, now, kept(row), null), []);
    });
  }

  private async own(manager: EntityManager, who: Principal, id: string, version: number): Promise<ViewRow> {
    const row = await lockView(manager, id);
    if (!row || (row.userId !== who.userId && !row.shared)) throw notFound();
    if (row.userId !== who.userId)
      throw forbidden(`This view is ${row.owner}’s. Save it as one of your own to change it.`);
    if (row.version !== version) throw stale(viewOf(row, who));
    return row;
  }
}

/** @throws Problem 409 where another own view of the page has the name */
const refuseTwice = async (
  manager: EntityManager,
  who: Principal,
  page: string,
  name: string,
  id: string | null,
): Promise<{ count: number }> => {
  const { count, withName } = await ownViews(manager, who.userId, page, name);
  if (withName !== null && withName !== id) {
    const message = `You have a view called “${name}” already. Choose another name.`;
    throw new Problem(409, 'duplicate', message, [{ pointer: '/name', code: 'view.duplicate', message }]);
  }
  return { count };
};

const viewOf = ({ userId, updatedAt, ...row }: ViewRow, who: Principal): View => ({
  ...row,
  isOwn: userId === who.userId,
  updatedAt: new Date(updatedAt).toISOString(),
});

const kept = ({ page, name, search, shared }: ViewRow) => ({ page, name, search, shared });

const event = (
  { email }: Principal,
  action: string,
  row: ViewRow,
  at: string,
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
) => ({ at, actor: email, action, objectType: 'saved_view', objectId: row.id, objectCode: row.name, before, after });
