import type { MigrationInterface, QueryRunner } from 'typeorm';

const PARTS = ['decision_options', 'decision_escalations', 'decision_reopenings'];

/** Options, escalations and reopenings are content of their decision: whoever read it before they changed has read another version. */
export class DecisionContent1763700000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Runs with the owner's rights: the API only adds to import_changes.
      create function raise_decision_version() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        with raised as (
          update decisions d set version = d.version + 1, updated_at = greatest(d.updated_at, p.at)
          from (select decision_id, max(updated_at) as at from changed group by decision_id) p
          -- What this transaction has written itself nobody has read yet.
          where d.id = p.decision_id and d.xmin <> pg_current_xact_id()::xid
          returning d.id, d.version)
        -- The decision's own fields are as the import left them, so it can still be reverted.
        update import_changes c set version_after = r.version from raised r
        where c.table_name = 'decisions' and c.record_id = r.id and c.version_after = r.version - 1;
        return null;
      end $$;
      revoke execute on function raise_decision_version() from public;
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
    `);
  }
}
