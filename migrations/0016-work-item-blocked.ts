import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a work item is blocked, and since when. Items that are there are not blocked: nobody said so. */
export class WorkItemBlocked1763700000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table work_items
        add column blocked_reason text,
        add column blocked_since timestamptz,
        add constraint work_items_blocked_since_ck check (isfinite(blocked_since));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table work_items
        drop constraint work_items_blocked_since_ck,
        drop column blocked_since,
        drop column blocked_reason;
    `);
  }
}
