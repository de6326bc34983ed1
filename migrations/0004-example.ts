import type { MigrationInterface, QueryRunner } from 'typeorm';

/** That the example enterprise was loaded, and when it went: at most one row, kept for good, so that it never comes back by itself. */
export class Example1763700000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table example (
        id integer not null default 1,
        import_id uuid not null,
        story_end date not null,
        user_ids uuid[] not null,
        currency_before text,
        loaded_at timestamptz not null,
        removed_at timestamptz,
        constraint example_id_pk primary key (id),
        constraint example_id_ck check (id = 1),
        constraint example_import_id_fk foreign key (import_id) references imports (id),
        constraint example_story_end_ck check (extract(day from story_end) = 1 and isfinite(story_end))
      );
      comment on column example.story_end is 'The day after the last quarter of the story.';
      comment on column example.currency_before is 'The reporting currency that the loading replaced; null where it was right already.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table example');
  }
}
