import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How fresh the records behind a metric are, why a capability was given a level, and which records a migration has mended (in the table of 0021). */
export class Freshness1763700000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- When records of a type were written last is asked with each scorecard: the end of the index, not a scan of the trail.
      create index audit_events_object_type_ix on audit_events (object_type, seq);

      alter table maturity_assessments add column note text;
      comment on column maturity_assessments.note is 'Which criteria of the level are met, and which of the next; null: not stated.';

      -- 0014 moved the version of targets on, and not the time of their change: whoever changed one since has moved both.
      insert into mended_records
        select c.table_name, c.record_id, max(c.version_after), t.version
        from import_changes c join imports i on i.id = c.import_id join metric_targets t on t.id = c.record_id
        where c.table_name = 'metric_targets' and i.status = 'committed' and t.updated_at = i.finished_at and t.version > c.version_after
        group by c.table_name, c.record_id, t.version;

      -- 0015 took the mark from all chosen options of a decision but the last; who takes it away by hand stands in the audit.
      insert into mended_records
        select c.table_name, c.record_id, c.version_after, o.version
        from import_changes c join imports i on i.id = c.import_id join decision_options o on o.id = c.record_id
        where c.table_name = 'decision_options' and i.status = 'committed' and o.version = c.version_after + 1
          and o.chosen is false and o.archived_at is null
          and not exists (select from import_changes l where l.record_id = o.id and l.version_after = o.version)
          and not exists (select from audit_events e where e.object_type = 'decision_option' and e.object_id = o.id::text
            and e.at::timestamptz > i.finished_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from mended_records where table_name <> 'decisions';
      alter table maturity_assessments drop column note;
      drop index audit_events_object_type_ix;
    `);
  }
}
