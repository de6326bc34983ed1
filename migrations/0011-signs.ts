import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From where on a test of the signs of misalignment holds, and what people say of a sign in a period. */
export class Signs1763700000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table sign_thresholds (
        test text not null,
        version integer not null default 1,
        threshold numeric(20,4) not null,
        updated_at timestamptz not null default now(),
        constraint sign_thresholds_test_pk primary key (test),
        constraint sign_thresholds_threshold_ck check (threshold between 0 and 10000)
      );
      insert into sign_thresholds (test, threshold) values
        ('priority_stability', 0.6), ('strategic_spend_share', 0.5),
        ('unowned_share', 0.1), ('shared_capabilities', 3), ('reopened_share', 0.15),
        ('time_to_decide', 30), ('at_intended_level', 0.8), ('overdue_open', 0),
        ('waiting_share', 0.5), ('handoffs', 4),
        ('maturity_gap', 1), ('competency_coverage', 0.8),
        ('satisfaction', 3.5), ('strategic_involvement', 0.5), ('unexplained_priorities', 0),
        ('unserving_indicators', 0.25), ('traced_spend', 0.6), ('unmeasured_benefits', 0.2),
        ('escalations', 1), ('above_level_share', 0.2), ('forum_overlaps', 0);

      create table sign_comments (
        id uuid not null default new_id(),
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        sign text not null,
        period text not null,
        content text,
        decision_id uuid,
        written_by text not null,
        constraint sign_comments_id_pk primary key (id),
        constraint sign_comments_period_ck check (period ~ '^[0-9]{4}-Q[1-4]$'),
        constraint sign_comments_content_ck check (length(content) between 1 and 1000),
        constraint sign_comments_decision_id_fk foreign key (decision_id) references decisions (id),
        constraint sign_comments_sign_period_uq unique (sign, period)
      );
      create trigger sign_comments_version before update on sign_comments for each row execute function refuse_stale_version();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sign_comments, sign_thresholds');
  }
}
