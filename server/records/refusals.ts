import type { EntityManager } from 'typeorm';
import { closedWords, RESERVED_CODES } from '../contract/decision.js';
import type { AnyRecord, Declaration } from '../contract/records.js';
import { isMoveAhead } from '../core/ahead.js';
import { localDate } from '../core/period.js';
import { isoInstant } from '../database/instant.js';
import { named } from '../database/named.js';
import { reportingTimeZone } from '../database/time-zone.js';
import { invalidField, Problem } from '../http/problem.js';

/** Why whoever writes only in own portfolios may not write this record, and how to go on: a decision lies in the portfolios of what it is about. */
export const unwritableWords = ({ type, label }: Declaration): string => {
  const way = type === 'decision' ? 'Say which record of your portfolio it is about' : 'Name one of your portfolios';
  return `You may write this ${label.toLowerCase()} only in your own portfolio. ${way}, or ask its manager.`;
};

/** A record that is about to be written. */
interface Writing {
  readonly manager: EntityManager;
  /** Null for a new one. */
  readonly before: AnyRecord | null;
  /** Columns that are written, with their values. */
  readonly values: Readonly<Record<string, unknown>>;
  /** ISO instant. */
  readonly now: string;
}

/** Whether it lies on a day that has not begun: by the calendar of the reporting time zone. */
const isAhead = async ({ manager, now }: Writing, value: unknown): Promise<boolean> => {
  if (typeof value !== 'string') return false;
  const zone = await reportingTimeZone(manager);
  return localDate(value, zone) > localDate(now, zone);
};

/** Steps of the decision $1 that contradict its days: the last reopening after it was decided ($2), and the first step before it was raised ($3). */
const STEPS = `
  select ${isoInstant('max(at) filter (where is_reopening and at > $2::timestamptz)')} as "reopenedAt",
    ${isoInstant('min(at) filter (where at < $3::timestamptz)')} as "steppedAt"
  from (
    select at, true as is_reopening from decision_reopenings where decision_id = $1 and archived_at is null
    union all select at, false from decision_escalations where decision_id = $1 and archived_at is null) s`;

/** Nothing that happened to a decision happened before it was raised, and what was opened again is decided after that. */
const refuseBackwards = async ({ manager, before, values }: Writing): Promise<void> => {
  const { raised_at: raisedAt = null, decided_at: decidedAt = null } = values;
  if (before === null || (raisedAt === null && decidedAt === null)) return;
  const [steps] = await named<{ reopenedAt: string | null; steppedAt: string | null }>(
    manager,
    'steps of a decision against its days',
    STEPS,
    [before.id, decidedAt, raisedAt],
  );
  const { reopenedAt, steppedAt } = steps!;
  if (reopenedAt === null && steppedAt === null) return;
  const zone = await reportingTimeZone(manager);
  if (reopenedAt !== null)
    throw invalidField(
      '/decidedAt',
      'order.backwards',
      `It was opened again on ${localDate(reopenedAt, zone)}. Write when it was decided after that.`,
    );
  throw invalidField(
    '/raisedAt',
    'order.backwards',
    `It was escalated or opened again on ${localDate(steppedAt!, zone)}. Write when it was raised before that.`,
  );
};

/** What has no path back by its address, and days that nobody can clear or know. */
const refuseDecision = async (writing: Writing): Promise<void> => {
  const { before, values } = writing;
  const { code, raised_at: raisedAt, decided_at: decidedAt } = values;
  if (typeof code === 'string' && isReserved(code) && code !== before?.['code'])
    throw invalidField('/code', 'code.reserved', `“${code}” is a word of the address. Choose another code.`);
  if (await isAhead(writing, raisedAt))
    throw invalidField('/raisedAt', 'date.ahead', 'That day lies ahead. Write when it was raised.');
  if (await isAhead(writing, decidedAt))
    throw invalidField('/decidedAt', 'date.ahead', 'That day lies ahead. Write when it was decided.');
  if (decidedAt === null && (before?.['decidedAt'] ?? null) !== null)
    throw new Problem(
      409,
      'conflict',
      `It is decided. To decide anew, open it again with a reason (POST /decisions/${String(before!['code'])}/reopen): what it had been stays in its history.`,
    );
  await refuseBackwards(writing);
};

const isReserved = (code: string): boolean => (RESERVED_CODES as readonly string[]).includes(code.toLowerCase());

/** When the decision of an escalation ($1 it, null for a new one; $2 the decision, where it is written) was raised, where that is after $3. */
const RAISED = `
  select ${isoInstant('raised_at')} as at from decisions
  where id = coalesce($2::uuid, (select decision_id from decision_escalations where id = $1::uuid)) and raised_at > $3::timestamptz`;

const refuseEscalation = async (writing: Writing): Promise<void> => {
  const { before, values } = writing;
  const [from, to] = [values['from_level'] ?? before?.['fromLevel'], values['to_level'] ?? before?.['toLevel']];
  const isTold = 'from_level' in values || 'to_level' in values;
  if (isTold && typeof from === 'number' && typeof to === 'number' && to < from)
    throw invalidField('/toLevel', 'level.lower', `An escalation goes up, from level ${from} to a higher one.`);
  if (await isAhead(writing, values['at']))
    throw invalidField('/at', 'date.ahead', 'That day lies ahead. Write when it was escalated.');
  if (!('at' in values || 'decision_id' in values)) return;
  const asked = [before?.id ?? null, values['decision_id'] ?? null, values['at'] ?? before?.['at']];
  const [raised] = await named<{ at: string }>(writing.manager, 'decision raised after an escalation', RAISED, asked);
  if (raised)
    throw invalidField(
      '/at',
      'order.backwards',
      `The decision was raised on ${localDate(raised.at, await reportingTimeZone(writing.manager))}. Write when it was escalated after that.`,
    );
};

/** Decisions whose options are written, held until the transaction ends: none of them is closed meanwhile. */
const OWNERS = `
  select code, decided_at is not null as "isDecided" from decisions
  where id in ($2::uuid, (select decision_id from decision_options where id = $1::uuid)) order by id for update`;

const refuseOption = async ({ manager, before, values }: Writing): Promise<void> => {
  const owners = await named<{ code: string; isDecided: boolean }>(manager, 'decisions of an option', OWNERS, [
    before?.id ?? null,
    values['decision_id'] ?? null,
  ]);
  const closed = owners.find(({ isDecided }) => isDecided);
  if (closed) throw new Problem(409, 'conflict', closedWords(closed.code));
  if (values['chosen'] !== true) return;
  const [other] = await named<{ name: string }>(
    manager,
    'other chosen option',
    `select name from decision_options where chosen and archived_at is null and id is distinct from $1::uuid
       and decision_id = coalesce($2::uuid, (select decision_id from decision_options where id = $1::uuid))`,
    [before?.id ?? null, values['decision_id'] ?? null],
  );
  if (other)
    throw new Problem(
      409,
      'conflict',
      `The option “${other.name}” is chosen. POST /decisions/<code>/choose takes its place, in one request.`,
    );
};

const refuseMove = ({ values: { at }, now }: Writing): void => {
  if (typeof at === 'string' && isMoveAhead(at, now))
    throw invalidField(
      '/at',
      'value.ahead',
      `${at} lies more than a day ahead. Write when the item entered the stage.`,
    );
};

/** A round counts whom it asks; and nobody answers who was not asked. */
const refuseSurvey = async ({ manager, before, values }: Writing): Promise<void> => {
  if (before === null || values['invited'] === undefined || values['invited'] === before['invited']) return;
  const [found] = await named<{ hasRound: boolean; answers: number }>(
    manager,
    'round and answers of a survey',
    `select exists (select 1 from survey_rounds where survey_id = $1) as "hasRound",
       (select count(*)::int from survey_responses where survey_id = $1 and archived_at is null) as answers`,
    [before.id],
  );
  if (found!.hasRound)
    throw new Problem(409, 'conflict', 'This survey is a round, which counts whom it asked. That number stays.');
  if (typeof values['invited'] === 'number' && values['invited'] < found!.answers)
    throw invalidField('/invited', 'survey.invited', `${found!.answers} have answered, so no fewer were asked.`);
};

const REFUSALS: Partial<Record<Declaration['type'], (writing: Writing) => void | Promise<void>>> = {
  decision: refuseDecision,
  decision_escalation: refuseEscalation,
  decision_option: refuseOption,
  work_item_transition: refuseMove,
  survey: refuseSurvey,
};

/**
 * What a record's type forbids beside the forms of its fields. An import asks the same of its rows (`imports/checks`).
 * @throws Problem 409, 422
 */
export const refuse = async (declaration: Declaration, writing: Writing): Promise<void> => {
  await REFUSALS[declaration.type]?.(writing);
};
