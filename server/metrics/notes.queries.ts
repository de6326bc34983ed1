import type { DataSource, EntityManager } from 'typeorm';
import type { Annotation, MetricNotes } from '../contract/metric-notes.js';
import { named } from '../database/named.js';

/** An annotation as it is stored. */
export interface AnnotationRow extends Annotation {
  metric: string;
  decisionId: string | null;
}

interface Flat {
  id: string;
  version: number;
  metric: string;
  on: string;
  text: string;
  by: string;
  decisionId: string | null;
  code: string | null;
  title: string | null;
  decidedOn: string | null;
  isArchived: boolean;
}

/** The day of a decision is one in the reporting time zone, as in its own list. One that was archived stays named. */
const FIELDS = `a.id, a.version, a.metric_id as metric, a.happened_on::text as "on", a.content as text, a.written_by as by,
  a.decision_id as "decisionId", d.code, coalesce(d.title, '') as title, (d.decided_at at time zone (select reporting_time_zone from settings))::date::text as "decidedOn", d.archived_at is not null as "isArchived"
  from metric_annotations a left join decisions d on d.id = a.decision_id`;

const rowOf = ({ code, title, decidedOn, isArchived, ...rest }: Flat): AnnotationRow => ({
  ...rest,
  decision: code === null ? null : { code, title: title ?? '', decidedOn, isArchived },
});

/** What was said of a metric, in order of time. */
export const annotationsOf = async (on: DataSource | EntityManager, metric: string): Promise<AnnotationRow[]> =>
  (
    await named<Flat>(
      on,
      'annotations of a metric',
      `select ${FIELDS} where a.metric_id = $1 and a.archived_at is null order by a.happened_on, a.id`,
      [metric],
    )
  ).map(rowOf);

/** A live annotation of a metric, held until the transaction ends. */
export const lockAnnotation = async (
  manager: EntityManager,
  metric: string,
  id: string,
): Promise<AnnotationRow | undefined> =>
  (
    await named<Flat>(
      manager,
      'annotation to change',
      `select ${FIELDS} where a.id = $1 and a.metric_id = $2 and a.archived_at is null for update of a`,
      [id, metric],
    )
  ).map(rowOf)[0];

export const insertAnnotation = (
  manager: EntityManager,
  { id, metric, on, text, decisionId, by }: Omit<AnnotationRow, 'version' | 'decision'>,
  now: string,
): Promise<unknown> =>
  manager.query(
    `insert into metric_annotations (id, metric_id, happened_on, content, decision_id, written_by, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [id, metric, on, text, decisionId, by, now],
  );

/** Writes the next version of what `lockAnnotation` holds. */
export const updateAnnotation = (
  manager: EntityManager,
  {
    id,
    version,
    on,
    text,
    decisionId,
    by,
  }: Pick<AnnotationRow, 'id' | 'version' | 'on' | 'text' | 'decisionId' | 'by'>,
  now: string,
  isArchived = false,
): Promise<unknown> =>
  manager.query(
    `update metric_annotations set version = $2 + 1, happened_on = $3, content = $4, decision_id = $5, written_by = $8, updated_at = $6::timestamptz,
       archived_at = case when $7::boolean then $6::timestamptz end where id = $1 and version = $2`,
    [id, version, on, text, decisionId, now, isArchived, by],
  );

/** The decision of a code; held, so that it is not archived meanwhile. The one that is `stored` may be archived since. */
export const decisionId = async (manager: EntityManager, code: string, stored: string | null): Promise<string | null> =>
  (
    await named<{ id: string }>(
      manager,
      'decision of an annotation',
      `select id from decisions where lower(code) = lower($1) and (archived_at is null or id = $2::uuid)
       order by archived_at nulls first limit 1 for share`,
      [code, stored],
    )
  )[0]?.id ?? null;

export const countAnnotations = async (manager: EntityManager, metric: string): Promise<number> =>
  (
    await named<{ count: number }>(
      manager,
      'count of annotations',
      'select count(*)::int as count from metric_annotations where metric_id = $1 and archived_at is null',
      [metric],
    )
  )[0]!.count;

interface OwnerRow {
  metric: string;
  owner: string | null;
  version: number;
}

/** Owners of all metrics that ever had one. */
export const ownerRows = (on: DataSource | EntityManager): Promise<OwnerRow[]> =>
  named<OwnerRow>(
    on,
    'owners of metrics',
    'select metric_id as metric, owner_email as owner, version from metric_owners',
  );

/** Names the owner; false where somebody else did so since `version` (0: nobody ever). */
export const writeOwner = async (
  manager: EntityManager,
  metric: string,
  owner: string | null,
  version: number,
  now: string,
): Promise<boolean> => {
  const rows: unknown[] =
    version === 0
      ? await manager.query(
          `insert into metric_owners (metric_id, owner_email, created_at, updated_at) values ($1, $2, $3, $3)
           on conflict do nothing returning metric_id`,
          [metric, owner, now],
        )
      : (
          await manager.query(
            `update metric_owners set owner_email = $2, version = version + 1, updated_at = $3
             where metric_id = $1 and version = $4 returning metric_id`,
            [metric, owner, now, version],
          )
        )[0];
  return rows.length > 0;
};

/** Targets of a metric, the earliest first. */
export const targetRows = (on: DataSource | EntityManager, metric: string): Promise<MetricNotes['targets']> =>
  named<MetricNotes['targets'][number]>(
    on,
    'targets of a metric',
    `select id, version, from_period as "from", trim_scale(target)::text as target, trim_scale(amber)::text as amber
     from metric_targets where metric_id = $1 and archived_at is null order by from_period`,
    [metric],
  );
