import type { MigrationInterface, QueryRunner } from 'typeorm';

const asked = (isAsked: string, more: string): string => `
  create view survey_asked as
    select i.survey_id, i.org_unit_id, count(*) filter (where i.used) as answered,
      greatest(count(*) filter (where ${isAsked} and not i.replaces), count(*) filter (where i.used)) as invited${more}
    from survey_invitations i group by i.survey_id, i.org_unit_id;
  comment on view survey_asked is 'How many people of an area have a link, each once, and how many have answered.';`;

/** Who was asked does not hang on who has answered; links handed out, which whoever made them could use, are told apart. */
export class SurveyAsked1763700000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const isAsked = '(i.mailed or i.sending is null or i.id in (select t.invitation_id from survey_tokens t))';
    const byLink = ',\n      count(*) filter (where i.sending is null and not i.replaces) as by_link';
    await runner.query(`drop view survey_asked; ${asked(isAsked, byLink)}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop view survey_asked; ${asked('(i.used or i.mailed or i.sending is null)', '')}`);
  }
}
