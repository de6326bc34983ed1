import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What became of each mail of a round, and what may not happen to the survey under a round. */
export class SurveyRounds1763700000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table survey_invitations
        add column sending text,
        add column failure text;
      -- Of mails sent before, nothing else was kept.
      update survey_invitations set sending = 'sent' where mailed;
      alter table survey_invitations
        add constraint survey_invitations_sending_ck check (sending in ('waiting', 'sending', 'sent', 'failed')),
        add constraint survey_invitations_failure_ck check ((failure is not null) = (sending is not distinct from 'failed'));
      comment on column survey_invitations.sending is 'Of the latest mail; null for a link that is handed out.';
      comment on column survey_invitations.mailed is 'The mail server has taken a mail with a link.';
      create index survey_invitations_sending_ix on survey_invitations (id) where sending in ('waiting', 'sending');

      alter table survey_rounds add column reminded_on date;
      comment on column survey_rounds.reminded_on is 'In the reporting time zone; people are reminded once a day.';
      alter table survey_rounds add constraint survey_rounds_reminded_on_ck check (isfinite(reminded_on));

      -- Rounds whose survey was archived under them could not be closed any more, so their addresses stayed.
      update survey_invitations i set email = null, sending = case when i.mailed then i.sending end, failure = null
        from surveys s where s.id = i.survey_id and s.archived_at is not null;
      update survey_rounds r set state = 'closed', closed_at = s.archived_at, version = r.version + 1
        from surveys s where s.id = r.survey_id and s.archived_at is not null and r.state = 'open';
      delete from survey_rounds r using surveys s
        where s.id = r.survey_id and s.archived_at is not null and r.state = 'draft';

      create function refuse_change_under_round() returns trigger language plpgsql as $$
      declare
        round_state text := (select state from survey_rounds where survey_id = new.id);
      begin
        if round_state in ('open', 'closed') and new.period <> old.period then
          raise exception using errcode = 'TL409', constraint = 'surveys_period_round_ck',
            message = format('People were asked for %s in the round of survey %s, so its quarter stays.', old.period, old.code);
        end if;
        if round_state in ('draft', 'open') and new.archived_at is not null and old.archived_at is null then
          raise exception using errcode = 'TL409', constraint = 'surveys_archived_at_round_ck',
            message = format('Survey %s has a round that is not over. Survey rounds: remove the draft, or close the round, then archive the survey.', old.code);
        end if;
        return new;
      end $$;
      create trigger surveys_round before update on surveys for each row execute function refuse_change_under_round();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger surveys_round on surveys;
      drop function refuse_change_under_round();
      alter table survey_rounds drop column reminded_on;
      alter table survey_invitations drop column sending, drop column failure;
    `);
  }
}
