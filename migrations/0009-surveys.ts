import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rounds of a survey: who is asked, by links that work once; and what became of what people said. */
export class Surveys1763700000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A survey without a row here came by an import and is over. Answers of a round count once it is closed, and it is closed once.
      create table survey_rounds (
        survey_id uuid not null,
        version integer not null default 1,
        state text not null default 'draft',
        why text,
        contact text,
        opens_on date,
        closes_on date,
        area_ids uuid[] not null,
        it_ids uuid[] not null,
        opened_at timestamptz,
        closed_at timestamptz,
        constraint survey_rounds_survey_id_pk primary key (survey_id),
        constraint survey_rounds_survey_id_fk foreign key (survey_id) references surveys (id),
        constraint survey_rounds_state_ck check (
          (state = 'draft' and opened_at is null and closed_at is null) or
          (state = 'open' and opened_at is not null and closed_at is null) or
          (state = 'closed' and opened_at is not null and closed_at is not null)),
        constraint survey_rounds_opens_on_ck check (isfinite(opens_on)),
        constraint survey_rounds_closes_on_ck check (isfinite(closes_on))
      );
      comment on column survey_rounds.it_ids is 'Those of the areas that are IT itself: its own view, held against that of the business.';
      create trigger survey_rounds_version before update on survey_rounds for each row execute function refuse_stale_version();

      create table survey_invitations (
        id uuid not null default gen_random_uuid(),
        survey_id uuid not null,
        org_unit_id uuid,
        email text,
        mailed boolean not null default false,
        reminders integer not null default 0,
        used boolean not null default false,
        constraint survey_invitations_id_pk primary key (id),
        constraint survey_invitations_survey_id_fk foreign key (survey_id) references survey_rounds (survey_id),
        constraint survey_invitations_org_unit_id_fk foreign key (org_unit_id) references org_units (id)
      );
      comment on table survey_invitations is 'Has no time and no way to an answer; addresses are erased when the round is closed.';
      create unique index survey_invitations_email_uq on survey_invitations (survey_id, email);

      create table survey_tokens (
        token_hash bytea not null,
        invitation_id uuid not null,
        constraint survey_tokens_token_hash_pk primary key (token_hash),
        constraint survey_tokens_invitation_id_fk foreign key (invitation_id) references survey_invitations (id),
        constraint survey_tokens_token_hash_ck check (length(token_hash) = 32)
      );

      create table survey_actions (
        id uuid not null default new_id(),
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        archived_at timestamptz,
        org_unit_id uuid,
        theme text not null,
        action text not null,
        status text not null default 'open',
        constraint survey_actions_id_pk primary key (id),
        constraint survey_actions_org_unit_id_fk foreign key (org_unit_id) references org_units (id),
        constraint survey_actions_status_ck check (status in ('open', 'doing', 'done', 'refused'))
      );
      create trigger survey_actions_version before update on survey_actions for each row execute function refuse_stale_version();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table survey_actions, survey_tokens, survey_invitations, survey_rounds');
  }
}
