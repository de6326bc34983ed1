import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A comment on a sign names the corrective action that answers it, as it names a decision; a value of an own indicator says what it rests on. */
export class SignAnswers1763700000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table sign_comments add column action_id uuid,
        add constraint sign_comments_action_id_fk foreign key (action_id) references corrective_actions (id);
      comment on column sign_comments.action_id is 'Corrective action that answers the sign; null: none is named.';
      alter table indicator_values add column evidence text;
      comment on column indicator_values.evidence is 'What the value rests on: a sentence or a link.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table indicator_values drop column evidence;
      alter table sign_comments drop column action_id;
    `);
  }
}
