import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers to surveys cannot be tied to people, and figures of a period that were told stay as they are. */
export class SurveyPrivacy1763700000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await keys(runner);
    await rekey(runner);
    await trees(runner);
    await runner.query(SETTLE);
    await runner.query("select settle_survey(survey_id) from survey_rounds where state = 'closed'");
    await runner.query(ONE_SURVEY);
  }

  /** Keys stay keyed: what they were made of is not stored anywhere. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger surveys_told on surveys;
      drop function refuse_told_period();
      drop function settle_survey(uuid);
      drop trigger survey_responses_trees_insert on survey_responses;
      drop trigger survey_responses_trees_update on survey_responses;
      drop function keep_survey_trees();
      drop function keep_survey_trees_of(text[]);
      drop table survey_trees;
      drop function respondent_key(uuid, text);
      drop function respondent_token(text);
      drop table survey_secrets;
    `);
  }
}

const keys = (runner: QueryRunner): Promise<unknown> =>
  runner.query(`
    create table survey_secrets (
      id integer not null default 1,
      secret bytea not null,
      constraint survey_secrets_id_pk primary key (id),
      constraint survey_secrets_id_ck check (id = 1),
      constraint survey_secrets_secret_ck check (length(secret) = 32)
    );
    comment on table survey_secrets is 'Made once for this database. Without it a key of a respondent cannot be tried against a list of people; the API may use it and not read it.';
    insert into survey_secrets (secret)
      select sha256(string_agg(uuid_send(gen_random_uuid()), '')) from generate_series(1, 4);

    -- Both take sha256:… of who answered. The key differs in each survey, so that nobody's answers can be joined over several.
    create function respondent_key(survey uuid, said text) returns text
      language sql stable security definer set search_path = public, pg_temp as $$
        select 'sha256:' || encode(sha256(secret || convert_to('survey ' || survey, 'UTF8') || decode(substr(said, 8), 'hex')), 'hex')
        from survey_secrets
      $$;
    -- As it stands in rows that an import left out.
    create function respondent_token(said text) returns text
      language sql stable security definer set search_path = public, pg_temp as $$
        select 'sha256:' || encode(sha256(secret || convert_to('left out', 'UTF8') || decode(substr(said, 8), 'hex')), 'hex')
        from survey_secrets
      $$;
  `);

/**
 * What was stored as a plain hash becomes keyed, in answers and in what imports remember of them, so that an import of the same file still finds
 * its rows and can be reverted. Reports of imports lose the single answers that they showed. The version of an answer stays: nobody changed it.
 */
const rekey = (runner: QueryRunner): Promise<unknown> =>
  runner.query(`
    alter table survey_responses disable trigger survey_responses_version;
    update survey_responses set respondent = respondent_key(survey_id, respondent);
    alter table survey_responses enable trigger survey_responses_version;

    update import_changes set before = jsonb_set(before, '{respondent}', to_jsonb(respondent_key((before ->> 'survey_id')::uuid, before ->> 'respondent')))
      where table_name = 'survey_responses' and before ->> 'respondent' ~ '^sha256:[0-9a-f]{64}$';

    update import_rejects set cells = array(
        select case when cell ~ '^sha256:[0-9a-f]{64}$' then respondent_token(cell) else cell end
        from unnest(cells) with ordinality c (cell, place) order by place)
      where array_to_string(cells, ' ') like '%sha256:%' and lower(array_to_string(header, ' ')) like '%respondent%';

    update imports set preview = jsonb_set(preview, '{diffs}', coalesce(
        (select jsonb_agg(d order by place) from jsonb_array_elements(preview -> 'diffs') with ordinality e (d, place)
          where d ->> 'table' <> 'survey_responses'), '[]'))
      where jsonb_typeof(preview -> 'diffs') = 'array' and preview -> 'diffs' @> '[{"table": "survey_responses"}]';
  `);

/**
 * Figures of a period are worked out over the tree of units as it was when its answers were told first. Over today's tree, a unit that moves would
 * tell hidden groups: its old area with it and without it. The code is kept because it decides which of two groups of one size is hidden.
 */
const trees = (runner: QueryRunner): Promise<unknown> =>
  runner.query(`
    create table survey_trees (
      period text not null,
      org_unit_id uuid not null,
      parent_id uuid,
      code text not null,
      constraint survey_trees_period_org_unit_id_pk primary key (period, org_unit_id),
      constraint survey_trees_org_unit_id_fk foreign key (org_unit_id) references org_units (id),
      constraint survey_trees_parent_id_fk foreign key (parent_id) references org_units (id),
      constraint survey_trees_period_ck check (period ~ '^[0-9]{4}-Q[1-4]$')
    );
    comment on table survey_trees is 'Units that answers of a period name, with all above them, as they stood when the answers were told first.';

    create function keep_survey_trees_of(periods text[]) returns void language sql as $$
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
    -- Of what was stored before, today's tree is the only one that is known.
    select keep_survey_trees_of(array(select distinct period from surveys));

    create function keep_survey_trees() returns trigger language plpgsql as $$
    begin
      perform keep_survey_trees_of(array(
        select distinct s.period from added a join surveys s on s.id = a.survey_id left join survey_rounds o on o.survey_id = s.id
          where coalesce(o.state = 'closed', true)));
      return null;
    end $$;
    create trigger survey_responses_trees_insert after insert on survey_responses
      referencing new table as added for each statement execute function keep_survey_trees();
    create trigger survey_responses_trees_update after update on survey_responses
      referencing new table as added for each statement execute function keep_survey_trees();
  `);

/**
 * An answer and the invitation that it came by are written in one transaction, so the files of the database tie them. When the round is closed all
 * its answers are written again: in one transaction, in random order, with new ids and keys. The API may not delete answers; this may, of a closed
 * round.
 */
const SETTLE = `
  create function settle_survey(survey uuid) returns void
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

/** A second survey in a period that is told would move figures by its answers alone. */
const ONE_SURVEY = `
  create function refuse_told_period() returns trigger language plpgsql as $$
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
  create trigger surveys_told after insert or update on surveys for each row execute function refuse_told_period();`;
