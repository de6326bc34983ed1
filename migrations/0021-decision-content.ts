import type { MigrationInterface, QueryRunner } from 'typeorm';

const PARTS = ['decision_options', 'decision_escalations', 'decision_reopenings'];

/** Options, escalations and reopenings are content of their decision: whoever read it before they changed has read another version. */
export class DecisionContent1763700000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table mended_records (
        table_name text not null,
        record_id uuid not null,
        version_before integer not null,
        version_after integer not null,
        constraint mended_records_table_name_record_id_version_before_pk primary key (table_name, record_id, version_before)
      );
      comment on table mended_records is 'Versions of a record that nobody wrote itself: a migration put it right, or parts of a decision changed. An import that left version_before can still be reverted at version_after.';

      create function raise_decision_version() returns trigger
      language plpgsql set search_path = public, pg_temp as $$
      declare
        ids uuid[];
        versions integer[];
      begin
        with raised as (
          update decisions d set version = d.version + 1, updated_at = greatest(d.updated_at, p.at)
          from (select decision_id, max(updated_at) as at from changed group by decision_id) p
          -- What this transaction has written itself nobody has read yet.
          where d.id = p.decision_id and d.xmin <> pg_current_xact_id()::xid
          returning d.id, d.version)
        select array_agg(id), array_agg(version) into ids, versions from raised;
        -- The decision's own fields are as they were left, so an import of them can still be reverted. What the import noted stays: the audit vouches
        -- for it. A statement of its own, which sees what was noted by whoever had held the decision until now.
        with raised as (select * from unnest(ids, versions) as r (id, version)),
        followed as (
          update mended_records m set version_after = r.version from raised r
          where m.table_name = 'decisions' and m.record_id = r.id and m.version_after = r.version - 1
          returning m.record_id)
        insert into mended_records
          select 'decisions', id, version - 1, version from raised where id not in (select record_id from followed);
        return null;
      end $$;
      ${PARTS.map(
        (table) => `
      create trigger ${table}_added after insert on ${table}
        referencing new table as changed for each statement execute function raise_decision_version();
      create trigger ${table}_changed after update on ${table}
        referencing new table as changed for each statement execute function raise_decision_version();`,
      ).join('')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${PARTS.map((table) => `drop trigger ${table}_added on ${table}; drop trigger ${table}_changed on ${table};`).join('\n')}
      drop function raise_decision_version();
      drop table mended_records;
    `);
  }
}
