import { z } from 'zod';
import { METRIC_NULLS, signal } from './metric.js';
import * as p from './primitives.js';
import { SURVEY_QUESTION_IDS, surveyAction } from './survey.js';

/** What IT did for the business, and what the business said of it. */

export const stakeholdersQuery = z.strictObject({ period: p.period.optional(), orgUnit: p.ref.optional() });
export type StakeholdersQuery = z.infer<typeof stakeholdersQuery>;

const nullReason = z.enum(METRIC_NULLS).nullable();

/** Answers to one question in one area; `value` and `counts` are null where they must not be told. */
export const voice = z
  .object({
    question: z.enum(SURVEY_QUESTION_IDS),
    value: z.number().nullable(),
    n: z.number().int(),
    nullReason,
    previous: z.number().nullable(),
    /** How often each answer was given, from the lowest. */
    counts: z.array(z.number().int()).nullable(),
    signal,
  })
  .meta({ id: 'Voice' });
export type Voice = z.infer<typeof voice>;

const voices = z.object({ answers: z.number().int(), voices: z.array(voice) });

const side = z.object({ value: z.number().nullable(), n: z.number().int(), nullReason });

/** As the metric `outcome.attained_share` sees it. */
const outcome = z.object({
  code: z.string(),
  name: z.string(),
  unit: z.string().nullable(),
  target: z.string(),
  targetDate: z.string().nullable(),
  /** The latest measurement before the period's end. */
  latest: z.string().nullable(),
  latestOn: z.string().nullable(),
  /** The latest measurement meets the target. */
  isMet: z.boolean(),
});
const outcomeList = z.object({ total: z.number().int(), met: z.number().int(), items: z.array(outcome).max(8) });
export type OutcomeList = z.infer<typeof outcomeList>;

export const stakeholders = z
  .object({
    period: p.period,
    /** Of the asked scope. */
    whole: voices,
    /** Of 0 to 1; null outside of the whole enterprise, and where nobody was invited. */
    responseRate: z.number().nullable(),
    /** Whom closed rounds asked, and of them at most how many by links handed out, which whoever made them could use, too; null outside of the enterprise, and without one. */
    invited: z.object({ people: z.number().int(), byLink: z.number().int() }).nullable(),
    /** Of strategic decisions decided in the period: IT involved before. */
    involvement: z.object({ value: z.number().nullable(), n: z.number().int(), nullReason }),
    areas: z.array(voices.extend({ code: z.string(), name: z.string() })),
    /** What IT says of itself beside what the business says; null outside of the enterprise, and where no area of the period's round is IT. */
    perception: z
      .array(
        z.object({
          question: z.enum(SURVEY_QUESTION_IDS),
          it: side,
          business: side,
          /** it − business; null where one of them may not be told. */
          gap: z.number().nullable(),
        }),
      )
      .nullable(),
    /** Outcomes of the scope with a target: those whose day has come, the latest first, and those that lie ahead, the next first. */
    outcomes: z.object({ due: outcomeList, ahead: outcomeList }),
    actions: z.array(surveyAction),
    /** For those who manage surveys, at most 200; null of fewer than 10 answers, or for others. */
    comments: z.array(z.string()).max(200).nullable(),
    /** How many there are, those beyond the list included; null where comments are. */
    commentsTotal: z.number().int().nullable(),
    /** The round that takes answers now, or the one that is planned next. */
    next: z
      .object({
        name: z.string(),
        state: z.enum(['draft', 'open']),
        opensOn: z.string().nullable(),
        closesOn: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'Stakeholders' });
export type Stakeholders = z.infer<typeof stakeholders>;
