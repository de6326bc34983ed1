import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A part of a month of a service, the whole that it is part of, and what a part beyond it would be. */
const PARTS = [
  ['downtime_minutes', 'agreed_minutes'],
  ['requests_within_target', 'requests'],
  ['failed_changes', 'changes'],
] as const;

/**
 * Facts that cannot be: of a service more of a part than of the whole, and duplicates in a circle, of which none is the original.
 *
 * Rows that are stored already are left as they are: nobody but their owner knows which of the two numbers is wrong. So the checks are
 * `not valid` (they hold for whatever is written from now on, and for a stored row as soon as it changes), archived rows are free, and the
 * pages name what is stored against them.
 */
export class CapabilityChecks1763700000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [part, whole] of PARTS)
      await runner.query(`
        alter table service_months add constraint service_months_${part}_${whole}_ck
          check (archived_at is not null or ${part} <= ${whole}) not valid`);
    await runner.query(`
      -- One writer at a time may mark a duplicate, or two marks could close a circle between them. A circle that is stored already is in
      -- nobody's way until one of its marks changes.
      create function refuse_duplicate_cycle() returns trigger language plpgsql as $$
      declare
        marked uuid[];
        broken record;
      begin
        if tg_op = 'INSERT' then
          select array_agg(id) into marked from changed where duplicate_of_id is not null;
        else
          select array_agg(n.id) into marked from changed n join former o on o.id = n.id
            where n.duplicate_of_id is not null and n.duplicate_of_id is distinct from o.duplicate_of_id;
        end if;
        if marked is null then return null; end if;
        perform pg_advisory_xact_lock(hashtext('duplicate_cycle'), tg_relid::oid::int);
        with recursive up (start, id, next) as (
          select id, id, duplicate_of_id from initiatives where id = any (marked)
          union
          select up.start, t.id, t.duplicate_of_id from up join initiatives t on t.id = up.next)
        select t.code, d.code as other into broken from up
          join initiatives t on t.id = up.start join initiatives d on d.id = t.duplicate_of_id
          where up.next = up.start order by t.code limit 1;
        if found then
          raise exception using errcode = 'TL422', constraint = 'initiatives_duplicate_of_id_cycle_ck',
            message = format('%s is marked as a duplicate of %s, whose own marks lead back to it. One of them has to be the original.',
              broken.code, broken.other);
        end if;
        return null;
      end $$;
      create trigger initiatives_duplicate_insert after insert on initiatives referencing new table as changed
        for each statement execute function refuse_duplicate_cycle();
      create trigger initiatives_duplicate_update after update on initiatives referencing old table as former new table as changed
        for each statement execute function refuse_duplicate_cycle();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger initiatives_duplicate_update on initiatives;
      drop trigger initiatives_duplicate_insert on initiatives;
      drop function refuse_duplicate_cycle();
      ${PARTS.map(([part, whole]) => `alter table service_months drop constraint service_months_${part}_${whole}_ck;`).join('\n')}
    `);
  }
}
