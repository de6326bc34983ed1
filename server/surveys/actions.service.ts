import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { recordChange } from '../audit/write.js';
import type { ChangeSurveyAction, CreateSurveyAction, SurveyAction } from '../contract/survey.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { stale } from '../http/etag.js';
import { invalidField, notFound } from '../http/problem.js';
import { actionById } from './actions.queries.js';
import { unitIds } from './rounds.queries.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What is done about what people said: a theme in the words of whoever read the comments, an action, how far it is. */
@Injectable()
export class SurveyActionsService {
  constructor(
    private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Problem 422 for an area that is not there */
  async create(who: Principal, given: CreateSurveyAction): Promise<SurveyAction> {
    return this.source.transaction(async (manager) => {
      const unit = await unitOf(manager, given.area ?? null);
      const [{ id } = { id: '' }] = (await manager.query(
        `insert into survey_actions (org_unit_id, theme, action, status, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $5) returning id`,
        [unit, given.theme, given.action, given.status, this.now()],
      )) as { id: string }[];
      const made = (await actionById(manager, id))!;
      await this.record(manager, who, 'created', null, made);
      return made;
    });
  }

  /** @throws Problem 404, 412 with the action as it is now, 422 for an area that is not there */
  async change(who: Principal, id: string, version: number, given: ChangeSurveyAction): Promise<SurveyAction> {
    return this.source.transaction(async (manager) => {
      const before = await found(manager, id);
      const { theme, action, status } = { ...before, ...given };
      const moves = given.area !== undefined;
      const unit = await unitOf(manager, given.area ?? null);
      const [, changed] = (await manager.query(
        `update survey_actions set theme = $3, action = $4, status = $5, updated_at = $6, version = version + 1,
           org_unit_id = case when $7 then $8::uuid else org_unit_id end
         where id = $1 and version = $2 and archived_at is null`,
        [id, version, theme, action, status, this.now(), moves, unit],
      )) as [unknown, number];
      if (changed === 0) throw stale((await actionById(manager, id)) ?? before);
      const after = (await actionById(manager, id))!;
      await this.record(manager, who, 'changed', before, after);
      return after;
    });
  }

  /** Takes it out of sight, of those who answer too; the audit keeps it. @throws Problem 404, 412 with the action as it is now */
  async withdraw(who: Principal, id: string, version: number): Promise<void> {
    await this.source.transaction(async (manager) => {
      const before = await found(manager, id);
      const [, changed] = (await manager.query(
        `update survey_actions set archived_at = $3, updated_at = $3, version = version + 1
         where id = $1 and version = $2 and archived_at is null`,
        [id, version, this.now()],
      )) as [unknown, number];
      if (changed === 0) throw stale((await actionById(manager, id)) ?? before);
      await this.record(manager, who, 'archived', before, null);
    });
  }

  private now(): string {
    return this.clock.now().toISOString();
  }

  private record(
    manager: EntityManager,
    who: Principal,
    action: string,
    before: SurveyAction | null,
    after: SurveyAction | null,
  ): Promise<void> {
    const { id, area } = (after ?? before)!;
    const object = { objectType: 'survey_action', objectId: id, objectCode: area?.code ?? null };
    return recordChange(manager, {
      ...{ at: this.now(), actor: who.email, action, ...object },
      before: before && kept(before),
      after: after && kept(after),
    });
  }
}

const kept = ({ area, theme, action, status }: SurveyAction): Record<string, unknown> => ({
  ...{ area: area?.code ?? null, theme, action, status },
});

const found = async (manager: EntityManager, id: string): Promise<SurveyAction> => {
  const action = UUID.test(id) ? await actionById(manager, id) : null;
  if (!action) throw notFound();
  return action;
};

/** Id of the unit with this code; null for the whole enterprise. @throws Problem 422 */
const unitOf = async (manager: EntityManager, area: string | null): Promise<string | null> => {
  if (area === null) return null;
  const unit = (await unitIds(manager, [area])).get(area);
  if (unit === undefined) throw invalidField('/area', 'reference.unknown', `There is no org unit ${area}.`);
  return unit;
};
