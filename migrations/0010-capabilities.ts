import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people said of initiatives that may do the same. Append-only but for being taken back. */
export class Capabilities1763700000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table duplicate_verdicts (
        id uuid not null default new_id(),
        initiative_id uuid not null,
        other_id uuid not null,
        verdict text not null,
        reason text not null,
        said_by text not null,
        said_at timestamptz not null,
        withdrawn_at timestamptz,
        withdrawn_by text,
        constraint duplicate_verdicts_id_pk primary key (id),
        constraint duplicate_verdicts_initiative_id_fk foreign key (initiative_id) references initiatives (id),
        constraint duplicate_verdicts_other_id_fk foreign key (other_id) references initiatives (id),
        constraint duplicate_verdicts_other_id_ck check (other_id <> initiative_id),
        constraint duplicate_verdicts_verdict_ck check (verdict in ('duplicate', 'different')),
        constraint duplicate_verdicts_reason_ck check (length(reason) between 1 and 1000),
        constraint duplicate_verdicts_withdrawn_by_ck check ((withdrawn_at is null) = (withdrawn_by is null))
      );
      -- Of two initiatives one word stands at a time, whichever of them it names first.
      create unique index duplicate_verdicts_pair_uq on duplicate_verdicts (least(initiative_id, other_id), greatest(initiative_id, other_id))
        where withdrawn_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table duplicate_verdicts');
  }
}
