import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { secretHash } from '../access/credentials.js';
import { SignInThrottle } from '../access/sign-in-throttle.js';
import { type AnswerSurvey, SURVEY_QUESTION_IDS, type SurveyAnswered, type SurveyForm } from '../contract/survey.js';
import { named } from '../database/named.js';
import { CLOCK, type Clock } from '../http/clock.js';
import { Problem } from '../http/problem.js';
import { actionsFor } from './actions.queries.js';
import { takesAnswers } from './rounds.queries.js';

interface Found {
  invitationId: string;
  surveyId: string;
  code: string;
  name: string;
  unitId: string | null;
  area: string | null;
  why: string | null;
  contact: string | null;
  closesOn: string | null;
  isDraft: boolean;
  takesAnswers: boolean;
  used: boolean;
}

/** One row: the invitation that a link belongs to, whatever became of its round. */
const BY_TOKEN = `
  select i.id as "invitationId", s.id as "surveyId", s.code, s.name, i.org_unit_id as "unitId", u.name as area,
    r.why, r.contact, r.closes_on as "closesOn", r.state = 'draft' as "isDraft",
    s.archived_at is null and ${takesAnswers('$2')} as "takesAnswers", i.used
  from survey_tokens t
    join survey_invitations i on i.id = t.invitation_id
    join survey_rounds r on r.survey_id = i.survey_id
    join surveys s on s.id = r.survey_id
    left join org_units u on u.id = i.org_unit_id
  where t.token_hash = $1`;

const INSERT = `
  insert into survey_responses (id, survey_id, respondent, org_unit_id, answered_at, created_at, updated_at, comment,
    ${SURVEY_QUESTION_IDS.join(', ')})
  values (gen_random_uuid(), $1, $2, $3, $4, $4, $4, $5, ${SURVEY_QUESTION_IDS.map((_, index) => `$${index + 6}`).join(', ')})`;

/**
 * Answers of people who have a link and no sign-in. A link works once; what is stored is the answer and the unit, under a key made at random.
 * Once the round is closed nothing leads from an answer to the link that it came by; until then whoever reads the tables themselves can tie both
 * (`docs/operations.md`).
 */
@Injectable()
export class AnswersService {
  constructor(
    private readonly source: DataSource,
    private readonly throttle: SignInThrottle,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Reads the survey of a link; nothing changes.
   * @param from where the request comes from, to count guesses
   * @throws Problem 404 for no link of ours, 409 `survey-answered`, 410 `survey-closed`, 429 after too many wrong ones
   */
  async form(token: string | null, from: string): Promise<SurveyForm> {
    const { name, area, why, contact, closesOn } = await this.find(token, from);
    return { name, area, why, contact, closesOn, draftKey: draftKeyOf(token) };
  }

  /**
   * Stores an answer and uses up its link. Nothing tells when: an answer has the day on which its round was opened, and no event of the audit; that
   * of closing counts them.
   * @throws as `form` does, and 409 `conflict` where the answer was filled in for another link
   */
  async answer(token: string | null, from: string, given: AnswerSurvey): Promise<SurveyAnswered> {
    if (token !== null && given.draftKey !== draftKeyOf(token)) throw otherLink();
    // Before the transaction: a wrong link must not hold one connection while its guess is counted over another.
    const { invitationId, surveyId, unitId } = await this.find(token, from);
    const stored = await this.source.transaction(async (manager): Promise<SurveyAnswered | null> => {
      // Whoever comes second waits here, and finds it used; closing the round waits, too.
      const [{ day } = { day: null }] = (await manager.query(
        "select date_trunc('day', opened_at, 'UTC') as day from survey_rounds where survey_id = $1 for share",
        [surveyId],
      )) as { day: string | null }[];
      const [, used] = (await manager.query(
        `update survey_invitations i set used = true from survey_rounds r
         where i.id = $1 and not i.used and r.survey_id = i.survey_id and ${takesAnswers('$2')}`,
        [invitationId, this.now()],
      )) as [unknown, number];
      if (used === 0) return null;
      await manager.query(INSERT, [
        surveyId,
        `sha256:${randomBytes(32).toString('hex')}`,
        unitId,
        day,
        given.comment || null,
        ...SURVEY_QUESTION_IDS.map((id) => given[id]),
      ]);
      // No figure moves until the round is closed, so the data's version stays.
      return {
        actions: (await actionsFor(manager, unitId)).map(({ theme, action, status }) => ({ theme, action, status })),
      };
    });
    if (stored !== null) return stored;
    await this.find(token, from);
    throw answered(null);
  }

  /** A right link always passes, whatever others tried: with 256 bits it cannot have been guessed. Wrong ones are counted by where they come from. */
  private async find(token: string | null, from: string): Promise<Found> {
    const [found] = await named<Found>(this.source, 'survey by link', BY_TOKEN, [secretHash(token ?? ''), this.now()]);
    if (!found || found.isDraft) {
      if (token !== null) await this.throttle.admit(`survey ${from}`, 'Too many wrong links from here.');
      throw new Problem(404, 'not-found', 'There is no such survey. Check that the link is whole.');
    }
    if (!found.takesAnswers)
      throw new Problem(410, 'survey-closed', 'This survey is over. Thank you for looking.', [], said(found));
    if (found.used) throw answered(found.contact);
    return found;
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

/** Of a link, for whoever has the page of it open; the link cannot be had from it. */
const draftKeyOf = (token: string | null): string =>
  createHash('sha256').update(`draft\n${token}`).digest('base64url').slice(0, 16);

const otherLink = (): Problem =>
  new Problem(
    409,
    'conflict',
    'Another link was opened in this browser since. Nothing was sent. Open your own link again, and send again.',
  );

const said = ({ contact }: { contact: string | null }) => ({ contact });

const answered = (contact: string | null): Problem =>
  new Problem(409, 'survey-answered', 'This link was used: your answer has arrived. Thank you.', [], said({ contact }));
