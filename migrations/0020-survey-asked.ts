import type { MigrationInterface, QueryRunner } from 'typeorm';

const invited = (isAsked: string): string =>
  `greatest(count(*) filter (where ${isAsked} and not i.replaces), count(*) filter (where i.used))`;

const asked = (isAsked: string, more = ''): string => `
  create view survey_asked as
    select i.survey_id, i.org_unit_id, count(*) filter (where i.used) as answered, ${invited(isAsked)} as invited${more}
    from survey_invitations i group by i.survey_id, i.org_unit_id;
  comment on view survey_asked is 'How many people of an area have a link, each once, and how many have answered.';`;

const HAS_LINK = 'i.id in (select t.invitation_id from survey_tokens t)';
const IS_ASKED = `(i.mailed or i.sending is null or ${HAS_LINK})`;

/**
 * A link handed out may stand in for one that was sent by mail: whoever made it could answer by it all the same, so it counts with the others, and
 * no more of them than people. Links without an answer are counted by all that work, less all answers: taking an address back takes one away, whether it
 * has answered or not, as else the count would tell.
 */
const MORE = `,
      least(${invited(IS_ASKED)}, count(*) filter (where i.sending is null)) as by_link,
      greatest(0, count(*) filter (where ${HAS_LINK} and not i.replaces)
        - count(*) filter (where i.used) - count(*) filter (where i.replaces and not i.used)) as unanswered`;

const COMMENTS = `
  comment on column survey_asked.by_link is 'Of those invited, whose answer may have come by a link that was handed out: at most so many.';
  comment on column survey_asked.unanswered is 'Links that work, have no answer and no other link in their place: at least so many.';`;

/** Who was asked does not hang on who has answered; links handed out, which whoever made them could use, are told apart. */
export class SurveyAsked1763700000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`drop view survey_asked; ${asked(IS_ASKED, MORE)} ${COMMENTS}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop view survey_asked; ${asked('(i.used or i.mailed or i.sending is null)')}`);
  }
}
