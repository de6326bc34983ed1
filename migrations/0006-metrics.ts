import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who answers for a metric, and what people say of its course: a day, a sentence, and the decision behind it where there is one. */
export class Metrics1763700000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A metric without a row has no owner; its version is 0.
      create table metric_owners (
        metric_id text not null,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        owner_email text,
        constraint metric_owners_metric_id_pk primary key (metric_id),
        constraint metric_owners_metric_id_ck check (length(metric_id) between 1 and 120)
      );
      create trigger metric_owners_version before update on metric_owners for each row execute function refuse_stale_version();

      create table metric_annotations (
        id uuid not null default new_id(),
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        archived_at timestamptz,
        metric_id text not null,
        happened_on date not null,
        content text not null,
        decision_id uuid,
        written_by text not null,
        constraint metric_annotations_id_pk primary key (id),
        constraint metric_annotations_metric_id_ck check (length(metric_id) between 1 and 120),
        constraint metric_annotations_happened_on_ck check (isfinite(happened_on)),
        constraint metric_annotations_content_ck check (length(content) between 1 and 300),
        constraint metric_annotations_decision_id_fk foreign key (decision_id) references decisions (id)
      );
      create index metric_annotations_metric_id_ix on metric_annotations (metric_id, happened_on) where archived_at is null;
      create trigger metric_annotations_version before update on metric_annotations
        for each row execute function refuse_stale_version();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table metric_annotations, metric_owners');
  }
}
