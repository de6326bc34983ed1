import { z } from 'zod';
import './messages.js';
import * as p from './primitives.js';

/** Rounds of a survey: prepared, sent out by links that work once, answered without signing in, closed. */

/** What is asked, in the order of the page; each fills the column of its id. */
export const SURVEY_QUESTIONS = [
  { id: 'satisfaction', text: 'How satisfied are you with IT?', low: 'Not at all', high: 'Very', from: 1, to: 5 },
  { id: 'responsiveness', text: 'Does IT answer you in good time?', low: 'Never', high: 'Always', from: 1, to: 5 },
  {
    id: 'effectiveness',
    text: 'Did what you got match what was agreed?',
    low: 'Not at all',
    high: 'Fully',
    from: 1,
    to: 5,
  },
  { id: 'trust', text: 'Do you trust IT to deliver?', low: 'Not at all', high: 'Fully', from: 1, to: 5 },
  { id: 'enabling', text: 'Does IT constrain or enable you?', low: 'Constrains', high: 'Enables', from: 1, to: 5 },
  {
    id: 'recommend',
    text: 'Would you recommend working with IT to a colleague?',
    low: 'Not at all',
    high: 'Certainly',
    from: 0,
    to: 10,
  },
] as const;
/** Why a survey asks, where whoever sends it out says nothing of their own. */
export const WHY_WE_ASK = 'We ask to learn where IT helps you and where it does not, so that we can do better.';

export const SURVEY_QUESTION_IDS = SURVEY_QUESTIONS.map(({ id }) => id);

export const ROUND_STATES = ['draft', 'open', 'closed'] as const;

const area = z.object({
  code: z.string(),
  name: z.string(),
  isIt: z.boolean(),
  /** Who was given a link: by a mail that was sent, or made to be handed out. */
  invited: z.number().int(),
  /** Of these by links handed out, which whoever made them could use, too; also where such a link stands in for a mail. At most so many. */
  byLink: z.number().int(),
  answered: z.number().int(),
});

export const surveyRound = z
  .object({
    code: z.string(),
    version: z.number().int(),
    name: z.string(),
    period: p.period,
    state: z.enum(ROUND_STATES),
    /** Shown above the first question; where it is null, a general sentence is. */
    why: z.string().nullable(),
    contact: z.string().nullable(),
    opensOn: z.string().nullable(),
    closesOn: z.string().nullable(),
    openedAt: z.string().nullable(),
    closedAt: z.string().nullable(),
    areas: z.array(area),
    /** Its last day is over: links lead nowhere any more, also before it is closed. */
    isOver: z.boolean(),
    invited: z.number().int(),
    byLink: z.number().int(),
    answered: z.number().int(),
    /** Mails that are still to go out, and mails that the server did not take. */
    waiting: z.number().int(),
    failed: z.number().int(),
    /** Whom a reminder goes to: all who were sent a mail, so that none tells who has answered. */
    remindable: z.number().int(),
    reminders: z.number().int(),
    /** Day of the latest reminder in the reporting time zone; people are reminded once a day. */
    remindedOn: z.string().nullable(),
    mayRemind: z.boolean(),
  })
  .meta({ id: 'SurveyRound' });
export type SurveyRound = z.infer<typeof surveyRound>;

/** Somebody whom no mail has reached, until the round is closed. */
export const unreached = z.object({ area: z.string(), email: z.string(), message: z.string() });
export type Unreached = z.infer<typeof unreached>;

export const surveyRounds = z
  .object({ items: z.array(surveyRound.extend({ unreached: z.array(unreached) })), mailConfigured: z.boolean() })
  .meta({ id: 'SurveyRounds' });
export type SurveyRounds = z.infer<typeof surveyRounds>;

const written = {
  period: p.period,
  name: p.text(120).min(1, 'A name is required.'),
  why: p.text(600).nullable(),
  contact: p.text(200).nullable(),
  opensOn: p.date.nullable(),
  /** The last day on which an answer is taken, in the reporting time zone. */
  closesOn: p.date.nullable(),
  /** Org units that are asked, by code or id. */
  areas: z.array(p.ref).min(1, 'Choose at least one area.').max(200),
  /** Those of them that are IT itself. */
  itAreas: z.array(p.ref).max(200),
};

export const createSurveyRound = z
  .strictObject({
    ...written,
    why: written.why.optional(),
    contact: written.contact.optional(),
    opensOn: written.opensOn.optional(),
    closesOn: written.closesOn.optional(),
    itAreas: written.itAreas.default([]),
  })
  .meta({ id: 'CreateSurveyRound' });
export type CreateSurveyRound = z.infer<typeof createSurveyRound>;

/** Of a draft anything; of an open round only what leaves those asked as they are. */
export const changeSurveyRound = z.strictObject(written).partial().meta({ id: 'ChangeSurveyRound' });
export type ChangeSurveyRound = z.infer<typeof changeSurveyRound>;

export const MOST_INVITED = 200;

/** Either people by mail, or a number of links to hand out. */
export const inviteToSurvey = z
  .strictObject({
    area: p.ref,
    emails: z.array(p.email).max(MOST_INVITED).default([]),
    links: z.number().int().min(0).max(MOST_INVITED).default(0),
    /** How many of the links stand in for links of the area that were lost: who gets one was asked before, and counts once. */
    replacing: z.number().int().min(0).max(MOST_INVITED).default(0),
  })
  .meta({ id: 'InviteToSurvey' });
export type InviteToSurvey = z.infer<typeof inviteToSurvey>;

/** Mails go out after the answer; what became of them stands in the round. */
export const surveyInvited = z
  .object({
    /** Shown once; only a hash of each is stored. */
    links: z.array(z.string()),
    /** Mails that now wait to be sent. */
    waiting: z.number().int(),
    /** Addresses that were invited before, for this area or for another one in which they stay, and are left alone. */
    known: z.array(z.string()),
    round: surveyRound,
  })
  .meta({ id: 'SurveyInvited' });
export type SurveyInvited = z.infer<typeof surveyInvited>;

/** People who shall not be asked after all, and links that were not handed out. Who was sent a mail still counts as asked. */
export const withdrawFromSurvey = z
  .strictObject({
    emails: z.array(p.email).max(MOST_INVITED).default([]),
    links: z.array(z.string().trim().max(400)).max(MOST_INVITED).default([]),
  })
  .meta({ id: 'WithdrawFromSurvey' });
export type WithdrawFromSurvey = z.infer<typeof withdrawFromSurvey>;

export const surveyWithdrawn = z
  .object({
    withdrawn: z.number().int(),
    /** That are of no invitation of this round, and links to hand out that were used. */
    left: z.number().int(),
    round: surveyRound,
  })
  .meta({ id: 'SurveyWithdrawn' });
export type SurveyWithdrawn = z.infer<typeof surveyWithdrawn>;

/** What a link ends with: 256 bits, as text. Of any shape, so that a broken link is answered as an unknown one is. */
const token = z.string().max(400);

/** Without a token: the survey that the browser opened last. */
export const openSurvey = z.strictObject({ token: token.nullable() }).meta({ id: 'OpenSurvey' });
export type OpenSurvey = z.infer<typeof openSurvey>;

export const surveyForm = z
  .object({
    name: z.string(),
    area: z.string().nullable(),
    why: z.string().nullable(),
    contact: z.string().nullable(),
    closesOn: z.string().nullable(),
    /** Under which the browser keeps a draft: another link has another. */
    draftKey: z.string(),
  })
  .meta({ id: 'SurveyForm' });
export type SurveyForm = z.infer<typeof surveyForm>;

const answer = (from: number, to: number) => z.number().int().min(from).max(to).nullable().default(null);

export const answerSurvey = z
  .strictObject({
    /** Of the form that was filled in: the browser may have opened another link since. */
    draftKey: z.string().max(100),
    satisfaction: answer(1, 5),
    responsiveness: answer(1, 5),
    effectiveness: answer(1, 5),
    trust: answer(1, 5),
    enabling: answer(1, 5),
    recommend: answer(0, 10),
    comment: p.text(2000).nullable().default(null),
  })
  .refine(
    (given) => SURVEY_QUESTION_IDS.some((id) => given[id] !== null) || (given.comment ?? '') !== '',
    'Answer at least one question, or write a comment.',
  )
  .meta({ id: 'AnswerSurvey' });
export type AnswerSurvey = z.infer<typeof answerSurvey>;

export const ACTION_STATUSES = ['open', 'doing', 'done', 'refused'] as const;

/** What was done about what people said. */
export const surveyAction = z
  .object({
    id: z.string(),
    version: z.number().int(),
    /** Null for the whole enterprise. */
    area: z.object({ code: z.string(), name: z.string() }).nullable(),
    theme: z.string(),
    action: z.string(),
    status: z.enum(ACTION_STATUSES),
  })
  .meta({ id: 'SurveyAction' });
export type SurveyAction = z.infer<typeof surveyAction>;

const theme = p.text(120).min(1, 'Say what people said, in a few words.');
const action = p.text(400).min(1, 'Say what is done about it.');

export const createSurveyAction = z
  .strictObject({
    area: p.ref.nullable().optional(),
    theme,
    action,
    status: z.enum(ACTION_STATUSES).default('open'),
  })
  .meta({ id: 'CreateSurveyAction' });
export type CreateSurveyAction = z.infer<typeof createSurveyAction>;

export const changeSurveyAction = z
  .strictObject({
    area: p.ref.nullable().optional(),
    theme: theme.optional(),
    action: action.optional(),
    status: z.enum(ACTION_STATUSES).optional(),
  })
  .meta({ id: 'ChangeSurveyAction' });
export type ChangeSurveyAction = z.infer<typeof changeSurveyAction>;

/** After answering: what became of what was said last time. */
export const surveyAnswered = z
  .object({ actions: z.array(surveyAction.pick({ theme: true, action: true, status: true })) })
  .meta({ id: 'SurveyAnswered' });
export type SurveyAnswered = z.infer<typeof surveyAnswered>;
