import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One definition of which survey a quarter has, held against races; archived answers, their trees of units, and who counts as asked. */
export class SurveyQuarters1763700000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(QUARTERS);
    await runner.query(TREES);
    await runner.query(SETTLE);
    await runner.query(ARCHIVING);
    await runner.query(ASKED);
    await runner.query('select keep_survey_trees_of(array(select distinct period from survey_trees))');
    // Those that an earlier migration closed were never settled; to settle a round once more changes nothing but keys.
    await runner.query("select settle_survey(survey_id) from survey_rounds where state = 'closed'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view survey_asked;
      alter table survey_invitations drop column replaces;
      drop trigger surveys_answers on surveys;
      drop function archive_answers_of_round();
      drop trigger org_units_asked on org_units;
      drop function refuse_archiving_asked_unit();
      drop trigger survey_responses_beside_insert on survey_responses;
      drop trigger survey_responses_beside_update on survey_responses;
      drop function refuse_answers_beside_round();
      drop trigger survey_rounds_told on survey_rounds;
      drop function refuse_round_of_told_period();
    `);
    await runner.query(FORMER);
    await runner.query('drop table survey_tellings, survey_trees_before');
    await runner.query('drop view counted_surveys; drop function survey_telling(text, uuid); drop view told_surveys;');
  }
}

const QUARTERS = `
  create view told_surveys as
    select s.id, s.code, s.period from surveys s where s.archived_at is null and (
      exists (select 1 from survey_rounds o where o.survey_id = s.id)
      or exists (select 1 from survey_responses r where r.survey_id = s.id and r.archived_at is null));
  comment on view told_surveys is 'Surveys that take their quarter: people are asked by a round, or it has answers.';

  -- The round that was closed first counts alone; surveys beside it are from before a quarter had one only.
  create view counted_surveys as
    select id, code, period, name, invited from (
      select s.*, bool_or(o.survey_id is not null) over (partition by s.period) as has_round,
        first_value(s.id) over (partition by s.period order by o.survey_id is null, o.closed_at, s.id) as first
      from surveys s left join survey_rounds o on o.survey_id = s.id
      where s.archived_at is null and coalesce(o.state = 'closed', true)) over_by_now
    where not has_round or id = first;
  comment on view counted_surveys is 'Surveys whose answers count in figures: the one closed round of a quarter, else what was imported of it.';

  -- Whoever is about to tell a quarter asks this: of two at one moment the second waits here until the first has ended, and finds it.
  create function survey_telling(of_period text, but uuid) returns text language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(hashtext('survey period'), hashtext(of_period));
    return (select t.code from told_surveys t where t.period = of_period and t.id is distinct from but order by lower(t.code) limit 1);
  end $$;

  create or replace function refuse_told_period() returns trigger language plpgsql as $$
  declare other text;
  begin
    if new.archived_at is null and (tg_op = 'INSERT' or old.archived_at is not null or old.period <> new.period) then
      other := survey_telling(new.period, new.id);
      if other is not null then
        raise exception using errcode = 'TL422', constraint = 'surveys_period_told',
          message = format('The survey %s has answers of %s already. Its figures would change by the new answers alone, so use another quarter.',
            other, new.period);
      end if;
    end if;
    return null;
  end $$;

  create function refuse_round_of_told_period() returns trigger language plpgsql as $$
  declare
    of_period text := (select period from surveys where id = new.survey_id);
    other text;
  begin
    if tg_op = 'UPDATE' and not (old.state = 'draft' and new.state = 'open') then return null; end if;
    other := survey_telling(of_period, new.survey_id);
    if other is not null then
      raise exception using errcode = 'TL409', constraint = 'survey_rounds_survey_id_told',
        message = format('The survey %s is of %s already, and a quarter has one survey. Choose another quarter for this round.', other, of_period);
    end if;
    return null;
  end $$;
  create trigger survey_rounds_told after insert or update on survey_rounds for each row execute function refuse_round_of_told_period();

  -- Imports come one after the other and look at what is told before they write; this is for a round that was made while one ran.
  create function refuse_answers_beside_round() returns trigger language plpgsql as $$
  declare
    of_period text;
    other text;
  begin
    for of_period in
      select distinct s.period from added a join surveys s on s.id = a.survey_id
        where a.archived_at is null and not exists (select 1 from survey_rounds o where o.survey_id = s.id) order by 1
    loop
      perform survey_telling(of_period, null);
      select t.code into other from told_surveys t join survey_rounds o on o.survey_id = t.id where t.period = of_period limit 1;
      if found then
        raise exception using errcode = 'TL422', constraint = 'survey_responses_survey_id_told',
          message = format('The round of survey %s asks people of %s. Use a survey of another quarter.', other, of_period);
      end if;
    end loop;
    return null;
  end $$;
  create trigger survey_responses_beside_insert after insert on survey_responses
    referencing new table as added for each statement execute function refuse_answers_beside_round();
  create trigger survey_responses_beside_update after update on survey_responses
    referencing new table as added for each statement execute function refuse_answers_beside_round();`;

/**
 * A quarter without answers has no tree: what was reverted is imported again over the tree of that day. Which one it was told over is kept aside, to
 * compare.
 */
const TREES = `
  create table survey_trees_before (
    period text not null,
    org_unit_id uuid not null,
    parent_id uuid,
    code text not null,
    constraint survey_trees_before_period_org_unit_id_pk primary key (period, org_unit_id),
    constraint survey_trees_before_org_unit_id_fk foreign key (org_unit_id) references org_units (id),
    constraint survey_trees_before_parent_id_fk foreign key (parent_id) references org_units (id),
    constraint survey_trees_before_period_ck check (period ~ '^[0-9]{4}-Q[1-4]$')
  );
  comment on table survey_trees_before is 'Units of a period over which imported answers were told that are taken back: what is told once more is held against it.';

  create table survey_tellings (
    period text not null,
    org_unit_id uuid,
    question text not null,
    answer integer not null,
    people integer not null,
    constraint survey_tellings_period_org_unit_id_question_answer_uq unique nulls not distinct (period, org_unit_id, question, answer),
    constraint survey_tellings_org_unit_id_fk foreign key (org_unit_id) references org_units (id),
    constraint survey_tellings_period_ck check (period ~ '^[0-9]{4}-Q[1-4]$')
  );
  comment on table survey_tellings is 'How often imported answers of a period were given, by unit, as they were told last; they stay when the answers are taken back.';

  create or replace function keep_survey_trees_of(periods text[]) returns void
    language sql security definer set search_path = public, pg_temp as $$
    with ended as (
        select distinct t.period, exists (select 1 from surveys s join survey_rounds o on o.survey_id = s.id
            join survey_responses r on r.survey_id = s.id where s.period = t.period) as of_round
        from survey_trees t where t.period = any (periods) and t.period not in (
          select s.period from surveys s join survey_responses r on r.survey_id = s.id
          where s.period = any (periods) and r.archived_at is null)),
      gone as (delete from survey_trees t using ended e where t.period = e.period returning t.*, e.of_round),
      former as (
        delete from survey_trees_before b using ended e where b.period = e.period and not e.of_round
          and not exists (select 1 from survey_trees t where t.period = b.period and t.org_unit_id = b.org_unit_id))
    insert into survey_trees_before (period, org_unit_id, parent_id, code)
      select period, org_unit_id, parent_id, code from gone where not of_round
      on conflict (period, org_unit_id) do update set parent_id = excluded.parent_id, code = excluded.code;
    with recursive above as (
      select distinct s.period, r.org_unit_id as id from surveys s join survey_responses r on r.survey_id = s.id
          left join survey_rounds o on o.survey_id = s.id
        where s.period = any (periods) and r.org_unit_id is not null and r.archived_at is null and coalesce(o.state = 'closed', true)
      union
      select a.period, u.parent_id from above a join org_units u on u.id = a.id
        where u.parent_id is not null and not exists (select 1 from survey_trees t where t.period = a.period and t.org_unit_id = a.id))
    insert into survey_trees (period, org_unit_id, parent_id, code)
      select a.period, u.id, u.parent_id, u.code from above a join org_units u on u.id = a.id
      on conflict do nothing;
    -- Nobody gave the answers of the example, whose codes are its own.
    delete from survey_tellings c where c.period = any (periods) and exists (
      select 1 from surveys s join survey_responses r on r.survey_id = s.id where s.period = c.period and r.archived_at is null
        and s.code not ilike 'EX-%' and not exists (select 1 from survey_rounds o where o.survey_id = s.id));
    insert into survey_tellings (period, org_unit_id, question, answer, people)
      select s.period, r.org_unit_id, q.question, q.answer, count(*)
      from surveys s join survey_responses r on r.survey_id = s.id
        cross join lateral (values ('answered', 1), ('satisfaction', r.satisfaction), ('responsiveness', r.responsiveness),
          ('effectiveness', r.effectiveness), ('trust', r.trust), ('enabling', r.enabling), ('recommend', r.recommend)) q (question, answer)
      where s.period = any (periods) and r.archived_at is null and q.answer is not null and s.code not ilike 'EX-%'
        and not exists (select 1 from survey_rounds o where o.survey_id = s.id)
      group by s.period, r.org_unit_id, q.question, q.answer
  $$;`;

/** As before, but what is in the archive stays there. */
const SETTLE = `
  create or replace function settle_survey(survey uuid) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
  begin
    if not exists (select 1 from survey_rounds where survey_id = survey and state = 'closed') then
      raise exception using errcode = 'TL409', message = 'Only a round that is closed is settled.';
    end if;
    with gone as (
      delete from survey_responses where survey_id = survey
        returning archived_at, org_unit_id, satisfaction, responsiveness, effectiveness, trust, enabling, recommend, comment)
    insert into survey_responses (id, survey_id, respondent, archived_at, org_unit_id, answered_at, created_at, updated_at,
        satisfaction, responsiveness, effectiveness, trust, enabling, recommend, comment)
      select gen_random_uuid(), survey, 'sha256:' || encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex'),
        archived_at, org_unit_id, day, day, day, satisfaction, responsiveness, effectiveness, trust, enabling, recommend, comment
      from gone, (select date_trunc('day', opened_at, 'UTC') as day from survey_rounds where survey_id = survey) opened order by random();
  end $$;`;

const ARCHIVING = `
  -- Answers of a round have no page of their own: they go into the archive with their survey. Neither comes back: over the units of today the
  -- answers would tell hidden groups of then.
  create function archive_answers_of_round() returns trigger language plpgsql as $$
  begin
    if new.archived_at is distinct from old.archived_at and exists (select 1 from survey_rounds where survey_id = new.id) then
      if new.archived_at is null then
        raise exception using errcode = 'TL409', constraint = 'surveys_archived_at_round_ck',
          message = format('The round of survey %s was removed, and its answers do not come back. Use another code.', new.code);
      end if;
      update survey_responses set archived_at = new.archived_at, version = version + 1
        where survey_id = new.id and archived_at is not distinct from old.archived_at;
    end if;
    return null;
  end $$;
  create trigger surveys_answers after update on surveys for each row execute function archive_answers_of_round();

  create function refuse_archiving_asked_unit() returns trigger language plpgsql as $$
  declare asking record;
  begin
    if new.archived_at is null or old.archived_at is not null then return new; end if;
    select s.code, o.state into asking from survey_rounds o join surveys s on s.id = o.survey_id and s.archived_at is null
      where o.state in ('draft', 'open') and new.id = any (o.area_ids) order by lower(s.code) limit 1;
    if found then
      raise exception using errcode = 'TL409', constraint = 'org_units_archived_at_round_ck',
        message = format(case asking.state
          when 'draft' then 'The draft of survey round %s asks %s. Take the area out of the draft, or remove the draft, then archive the unit.'
          else 'The survey round %s asks %s. Close the round first.' end, asking.code, old.code);
    end if;
    return new;
  end $$;
  create trigger org_units_asked before update on org_units for each row execute function refuse_archiving_asked_unit();`;

const ASKED = `
  alter table survey_invitations add column replaces boolean not null default false;
  comment on column survey_invitations.replaces is 'Its link stands in for one of the area that was lost: the same person, asked once.';
  create view survey_asked as
    select survey_id, org_unit_id, count(*) filter (where used) as answered,
      greatest(count(*) filter (where (used or mailed or sending is null) and not replaces), count(*) filter (where used)) as invited
    from survey_invitations group by survey_id, org_unit_id;
  comment on view survey_asked is 'How many people of an area have a link, each once, and how many have answered.';`;

/** What these functions were before. */
const FORMER = `
  create or replace function refuse_told_period() returns trigger language plpgsql as $$
  declare other text;
  begin
    if new.archived_at is null and (tg_op = 'INSERT' or old.archived_at is not null) then
      select s.code into other from surveys s where s.period = new.period and s.id <> new.id and s.archived_at is null and (
          exists (select 1 from survey_rounds o where o.survey_id = s.id)
          or exists (select 1 from survey_responses r where r.survey_id = s.id and r.archived_at is null)) limit 1;
      if found then
        raise exception using errcode = 'TL422', constraint = 'surveys_period_told',
          message = format('The survey %s has answers of %s already. Its figures would change by the new answers alone, so use another period.',
            other, new.period);
      end if;
    end if;
    return null;
  end $$;
  create or replace function keep_survey_trees_of(periods text[]) returns void language sql security invoker as $$
    with recursive above as (
      select distinct s.period, r.org_unit_id as id from surveys s join survey_responses r on r.survey_id = s.id
          left join survey_rounds o on o.survey_id = s.id
        where s.period = any (periods) and r.org_unit_id is not null and coalesce(o.state = 'closed', true)
      union
      select a.period, u.parent_id from above a join org_units u on u.id = a.id
        where u.parent_id is not null and not exists (select 1 from survey_trees t where t.period = a.period and t.org_unit_id = a.id))
    insert into survey_trees (period, org_unit_id, parent_id, code)
      select a.period, u.id, u.parent_id, u.code from above a join org_units u on u.id = a.id
      on conflict do nothing
  $$;
  create or replace function settle_survey(survey uuid) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
  begin
    if not exists (select 1 from survey_rounds where survey_id = survey and state = 'closed') then
      raise exception using errcode = 'TL409', message = 'Only a round that is closed is settled.';
    end if;
    with gone as (
      delete from survey_responses where survey_id = survey
        returning org_unit_id, satisfaction, responsiveness, effectiveness, trust, enabling, recommend, comment)
    insert into survey_responses (id, survey_id, respondent, org_unit_id, answered_at, created_at, updated_at,
        satisfaction, responsiveness, effectiveness, trust, enabling, recommend, comment)
      select gen_random_uuid(), survey, 'sha256:' || encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex'),
        org_unit_id, day, day, day, satisfaction, responsiveness, effectiveness, trust, enabling, recommend, comment
      from gone, (select date_trunc('day', opened_at, 'UTC') as day from survey_rounds where survey_id = survey) opened order by random();
  end $$;`;
