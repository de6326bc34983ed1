import type { MigrationInterface, QueryRunner } from 'typeorm';

/** At most one option of a decision is the chosen one. */
export class DecisionChoice1763700000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Of several that are stored as chosen, the one that was marked last stays so.
      update decision_options o set chosen = false, version = version + 1, updated_at = now()
      where o.chosen and o.archived_at is null and exists (
        select from decision_options n where n.decision_id = o.decision_id and n.chosen and n.archived_at is null
          and (n.updated_at, n.id) > (o.updated_at, o.id));

      -- Looked at when the transaction ends: an import marks the new one before it takes the mark from the old one.
      alter table decision_options add constraint decision_options_chosen_uq
        exclude using btree (decision_id with =) where (chosen and archived_at is null) deferrable initially deferred;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table decision_options drop constraint decision_options_chosen_uq');
  }
}
