import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A review is superseded by another one only: whoever writes SQL cannot take back what people were told. */
export class SupersededReviews1763700000024 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      keepFrozen(`
          or (old.state <> 'superseded' and new.state = 'superseded' and not exists (
            select 1 from reviews later
            where later.period = old.period and later.revision > old.revision and later.state in ('frozen', 'published')))`),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(keepFrozen(''));
  }
}

/** The function of 0023. @param more what else is refused */
const keepFrozen = (more: string): string => `
      create or replace function keep_frozen_review() returns trigger language plpgsql as $$
      begin
        if old.state <> 'draft' and (tg_op = 'DELETE' or
          (to_jsonb(new) - '{version,state,updated_at,published_at,published_by}'::text[])
            <> (to_jsonb(old) - '{version,state,updated_at,published_at,published_by}'::text[])
          or (old.published_at is not null and (new.published_at, new.published_by) is distinct from (old.published_at, old.published_by))
          or (old.state, new.state) not in (('frozen', 'frozen'), ('frozen', 'published'), ('frozen', 'superseded'),
            ('published', 'published'), ('published', 'superseded'), ('superseded', 'superseded'))${more})
        then
          raise exception 'review % is frozen', old.id using errcode = 'TLFRZ';
        end if;
        return case when tg_op = 'DELETE' then old else new end;
      end $$;
`;
