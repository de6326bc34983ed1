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
      const area = given.area ?? null;
      const unit = area === null ? null : ((await unitIds(manager, [area])).get(area) ?? null);
      if (area !== null && unit === null)
        throw invalidField('/area', 'reference.unknown', `There is no org unit ${area}.`);
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

  /** @throws Problem 404, 412 with the action as it is now */
  async change(who: Principal, id: string, version: number, given: ChangeSurveyAction): Promise<SurveyAction> {
    return this.source.transaction(async (manager) => {
      const before = UUID.test(id) ? await actionById(manager, id) : null;
      if (!before) throw notFound();
      const { theme, action, status } = { ...before, ...given };
      const [, changed] = (await manager.query(
        `update survey_actions set theme = $3, action = $4, status = $5, updated_at = $6, version = version + 1
         where id = $1 and version = $2 and archived_at is null`,
        [id, version, theme, action, status, this.now()],
      )) as [unknown, number];
      if (changed === 0) throw stale((await actionById(manager, id)) ?? before);
      const after = (await actionById(manager, id))!;
      await this.record(manager, who, 'changed', before, after);
      return after;
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
    after: SurveyAction,
  ): Promise<void> {
    const object = { objectType: 'survey_action', objectId: after.id, objectCode: after.area?.code ?? null };
    return recordChange(manager, {
      ...{ at: this.now(), actor: who.email, action, ...object },
      before: before && kept(before),
      after: kept(after),
    });
  }
}

const kept = ({ theme, action, status }: SurveyAction): Record<string, unknown> => ({ theme, action, status });
