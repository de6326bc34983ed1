import type { MigrationInterface, QueryRunner } from 'typeorm';

const record = (table: string) => `
  id uuid not null default new_id(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz,
  constraint ${table}_id_pk primary key (id)`;

const versioned = (table: string) =>
  `create trigger ${table}_version before update on ${table} for each row execute function refuse_stale_version();`;

/** What a decision leaves behind: the options and what each would bring, what was given up, who decided, when it is looked at again, and each time it was opened again. */
export class Decisions1763700000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table decisions add column decided_by text, add column given_up text, add column revisit_on date,
        add constraint decisions_revisit_on_ck check (isfinite(revisit_on));
      create index decisions_about_id_ix on decisions (about_id);

      create table decision_options (${record('decision_options')},
        decision_id uuid not null,
        name text not null,
        consequence text,
        chosen boolean,
        constraint decision_options_decision_id_fk foreign key (decision_id) references decisions (id),
        constraint decision_options_decision_id_name_uq unique (decision_id, name)
      );
      ${versioned('decision_options')}

      -- One row is one time that a decision which was taken was opened again: what it had been until then.
      create table decision_reopenings (${record('decision_reopenings')},
        decision_id uuid not null,
        at timestamptz not null,
        reason text,
        decided_at timestamptz,
        outcome text,
        decided_level integer,
        constraint decision_reopenings_decision_id_fk foreign key (decision_id) references decisions (id),
        constraint decision_reopenings_decision_id_at_uq unique (decision_id, at),
        constraint decision_reopenings_at_ck check (isfinite(at)),
        constraint decision_reopenings_decided_at_ck check (isfinite(decided_at)),
        constraint decision_reopenings_decided_at_at_ck check (at >= decided_at),
        constraint decision_reopenings_outcome_ck check (outcome in ('approved', 'declined', 'deferred')),
        constraint decision_reopenings_decided_level_ck check (decided_level between 1 and 5)
      );
      ${versioned('decision_reopenings')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table decision_reopenings;
      drop table decision_options;
      drop index decisions_about_id_ix;
      alter table decisions drop constraint decisions_revisit_on_ck,
        drop column decided_by, drop column given_up, drop column revisit_on;
    `);
  }
}
