import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { isPermitted, readsOwnUnitsOnly } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import { recordChange } from '../audit/write.js';
import type { MetricId } from '../contract/metric.js';
import type {
  AddAnnotation,
  Annotation,
  ChangeAnnotation,
  MetricNotes,
  MetricOwner,
} from '../contract/metric-notes.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { stale } from '../http/etag.js';
import { invalidField, notFound, Problem } from '../http/problem.js';
import { metricsFor } from './metrics.service.js';
import {
  type AnnotationRow,
  annotationsOf,
  countAnnotations,
  decisionId,
  insertAnnotation,
  lockAnnotation,
  ownerRows,
  targetRows,
  updateAnnotation,
  writeOwner,
} from './notes.queries.js';

/** More than a chart can number. */
const MOST = 100;

/** Who answers for a metric, and what people say of its course. */
@Injectable()
export class MetricNotesService {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 for a metric that is not this reader's */
  async of(who: Principal, metric: MetricId): Promise<MetricNotes> {
    refuseUnseen(who, metric);
    const annotations = await annotationsOf(this.source, metric);
    const owner = await ownerOf(this.source, metric);
    // Decisions are read by staff: to others an annotation is its sentence.
    const isStaff = !readsOwnUnitsOnly(who);
    return {
      owner: owner.owner,
      ownerVersion: owner.version,
      mayAnnotate: isPermitted(who, 'metrics.annotate'),
      mayRule: isPermitted(who, 'metrics.rule'),
      annotations: annotations.map((row) => shown(isStaff ? row : { ...row, decision: null })),
      targets: await targetRows(this.source, metric),
    };
  }

  /**
   * @param version what If-Match named; 0 where nobody was ever named
   * @throws Problem 404, 412 with the owner as it is
   */
  nameOwner(who: Principal, metric: MetricId, version: number, owner: string | null): Promise<MetricOwner> {
    refuseUnseen(who, metric);
    return this.source.transaction(async (manager) => {
      const before = await ownerOf(manager, metric);
      const now = this.clock.now().toISOString();
      if (!(await writeOwner(manager, metric, owner, version, now))) throw stale(before);
      await recordChange(manager, {
        at: now,
        actor: who.email,
        action: 'changed',
        objectType: 'metric_owner',
        objectId: null,
        objectCode: metric,
        before: { owner: before.owner },
        after: { owner },
      });
      return { metric, owner, version: version + 1 };
    });
  }

  /** @throws Problem 404, 422 for a decision that is not there, 409 where there are too many */
  add(who: Principal, metric: MetricId, given: AddAnnotation): Promise<Annotation> {
    refuseUnseen(who, metric);
    return this.source.transaction(async (manager) => {
      if ((await countAnnotations(manager, metric)) >= MOST)
        throw new Problem(409, 'conflict', `A metric has at most ${MOST} annotations. Withdraw one first.`);
      const id = uuidv7();
      const decision = await decisionOf(manager, given.decisionCode, null);
      const now = this.clock.now().toISOString();
      await insertAnnotation(
        manager,
        { id, metric, on: given.on, text: given.text, decisionId: decision ?? null, by: who.email },
        now,
      );
      return this.recorded(manager, who, 'created', now, null, metric, id);
    });
  }

  /** @throws Problem 404, 412 with the annotation as it is, 422 */
  change(who: Principal, metric: MetricId, id: string, version: number, given: ChangeAnnotation): Promise<Annotation> {
    return this.onOne(who, metric, id, version, async (manager, before, now) => {
      const decision = await decisionOf(manager, given.decisionCode, before.decisionId);
      const after = {
        ...before,
        on: given.on ?? before.on,
        text: given.text ?? before.text,
        decisionId: decision === undefined ? before.decisionId : decision,
        by: who.email,
      };
      await updateAnnotation(manager, after, now);
      return this.recorded(manager, who, 'changed', now, before, metric, id);
    });
  }

  /** Takes an annotation out of the chart and the list. @throws Problem 404, 412 */
  async withdraw(who: Principal, metric: MetricId, id: string, version: number): Promise<void> {
    await this.onOne(who, metric, id, version, async (manager, before, now) => {
      await updateAnnotation(manager, before, now, true);
      await recordChange(manager, event(who, 'archived', now, metric, before, null));
    });
  }

  private onOne<T>(
    who: Principal,
    metric: MetricId,
    id: string,
    version: number,
    work: (manager: EntityManager, before: AnnotationRow, now: string) => Promise<T>,
  ): Promise<T> {
    refuseUnseen(who, metric);
    return this.source.transaction(async (manager) => {
      const before = await lockAnnotation(manager, metric, id);
      if (!before) throw notFound();
      if (before.version !== version) throw stale(shown(before));
      return work(manager, before, this.clock.now().toISOString());
    });
  }

  private async recorded(
    manager: EntityManager,
    who: Principal,
    action: 'created' | 'changed',
    now: string,
    before: AnnotationRow | null,
    metric: MetricId,
    id: string,
  ): Promise<Annotation> {
    const after = (await lockAnnotation(manager, metric, id))!;
    await recordChange(manager, event(who, action, now, metric, before, after));
    return shown(after);
  }
}

const refuseUnseen = (who: Principal, id: MetricId): void => {
  if (!metricsFor(who).some((metric) => metric.id === id)) throw notFound();
};

const ownerOf = async (
  on: DataSource | EntityManager,
  metric: MetricId,
): Promise<{ owner: string | null; version: number }> =>
  (await ownerRows(on)).find((row) => row.metric === metric) ?? { owner: null, version: 0 };

/** Undefined where nothing is said of a decision, null where none is wanted. */
const decisionOf = async (
  manager: EntityManager,
  code: string | null | undefined,
  stored: string | null,
): Promise<string | null | undefined> => {
  if (code === undefined || code === null) return code;
  const id = await decisionId(manager, code, stored);
  if (id === null) throw invalidField('/decisionCode', 'reference.unknown', `There is no decision ${code}.`);
  return id;
};

const shown = ({ id, version, on, text, by, decision }: AnnotationRow): Annotation => ({
  id,
  version,
  on,
  text,
  by,
  decision,
});

const event = (
  who: Principal,
  action: 'created' | 'changed' | 'archived',
  at: string,
  metric: MetricId,
  before: AnnotationRow | null,
  after: AnnotationRow | null,
) => ({
  at,
  actor: who.email,
  action,
  objectType: 'metric_annotation',
  objectId: (after ?? before)!.id,
  objectCode: metric,
  before: before && kept(before),
  after: after && kept(after),
});

const kept = ({ on, text, decision }: AnnotationRow) => ({ on, text, decisionCode: decision?.code ?? null });
