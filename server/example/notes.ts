import { appendAudit } from '../audit/write.js';
import type { MetricId } from '../contract/metric.js';
import type { SignId } from '../contract/sign.js';
import { METRICS } from '../core/metrics/catalogue.js';
import { SIGNS } from '../core/sign-catalogue.js';
import type { ProblemError } from '../http/problem.js';
import type { LongConnection } from '../imports/connection.js';
import { isGoing } from './going.js';
import { shiftCell, type Shift } from './shift.js';
import { PEOPLE_AT } from './story.js';

/** What people of the story say of metrics and signs, and who answers for a metric: no import table holds it. Days are those of the tables. */

interface Annotation {
  readonly metric: MetricId;
  readonly on: string;
  readonly text: string;
  readonly decision: string | null;
  readonly by: string;
}

const ANNOTATIONS: readonly Annotation[] = [
  {
    metric: 'quality.change_failure_rate',
    on: '2025-08-22',
    text: 'The release of the policy platform goes live with known defects.',
    decision: 'EX-DEC-20',
    by: 'jonas.weber',
  },
  {
    metric: 'stakeholder.satisfaction',
    on: '2025-09-04',
    text: 'Half of all teams repair the failed release; what others asked for waits.',
    decision: 'EX-DEC-23',
    by: 'olivia.marsh',
  },
  {
    metric: 'alignment.traced_spend_share',
    on: '2025-10-15',
    text: 'From here on money follows capabilities, no longer technologies.',
    decision: 'EX-DEC-26',
    by: 'olivia.marsh',
  },
  {
    metric: 'flow.cycle_time',
    on: '2025-11-04',
    text: 'Releases every two weeks: work no longer waits for the next large date.',
    decision: 'EX-DEC-27',
    by: 'jonas.weber',
  },
  {
    metric: 'outcome.realisation_rate',
    on: '2025-12-11',
    text: 'Competitors cut prices: the plan of quotes won is made smaller.',
    decision: null,
    by: 'amira.haddad',
  },
];

const OWNERS: readonly (readonly [metric: MetricId, owner: string])[] = [
  ['alignment.traced_spend_share', 'olivia.marsh'],
  ['capability.maturity_gap', 'nadia.petrova'],
  ['decision.time_to_decide', 'olivia.marsh'],
  ['flow.cycle_time', 'jonas.weber'],
  ['outcome.realisation_rate', 'amira.haddad'],
  ['quality.change_failure_rate', 'jonas.weber'],
  ['stakeholder.satisfaction', 'olivia.marsh'],
];

/** On a sign of the story's last quarter. */
const COMMENT = {
  sign: 'decision_bottlenecks',
  period: '2026-Q3',
  text: 'Two decisions wait longer than they may: named initiatives for the trial fund, and the queue of small requests. Both are on the next agenda of the board.',
  decision: 'EX-DEC-47',
  by: 'olivia.marsh',
} as const satisfies { sign: SignId; [of: string]: string };

const addressOf = (name: string): string => `${name}${PEOPLE_AT}`;

/** Of a record of the story; null where none is named. */
const decisionId = async (connection: LongConnection, code: string | null): Promise<string | null> => {
  if (code === null) return null;
  const [found] = await connection.query<{ id: string }>('select id from decisions where code = $1', [code]);
  if (!found) throw new Error(`The example has no decision ${code}.`);
  return found.id;
};

/** Stores annotations, owners and the comment, after the decisions that they name; each with its audit event. */
export const addNotes = async (connection: LongConnection, shift: Shift, at: string): Promise<void> => {
  const record = (
    [action, objectType]: readonly [action: string, type: string],
    objectId: string | null,
    objectCode: string,
    after: Record<string, string | null>,
    before: Record<string, null> | null = null,
  ) =>
    appendAudit(connection.manager, {
      ...{ at, actor: 'system', action, objectType, objectId, objectCode, before, after },
    });
  for (const { metric, text, decision, by, ...told } of ANNOTATIONS) {
    const on = shiftCell('date', told.on, shift);
    const [made] = await connection.query<{ id: string }>(
      `insert into metric_annotations (metric_id, happened_on, content, decision_id, written_by, created_at, updated_at)
       values ($1, $2::date, $3, $4::uuid, $5, $6::timestamptz, $6::timestamptz) returning id`,
      [metric, on, text, await decisionId(connection, decision), addressOf(by), at],
    );
    await record(['created', 'metric_annotation'], made!.id, metric, { on, text, decisionCode: decision });
  }
  for (const [metric, name] of OWNERS) {
    const owner = addressOf(name);
    // Who was named, and what was said, before there were records stays.
    const made = await connection.write(
      `insert into metric_owners (metric_id, owner_email, created_at, updated_at) values ($1, $2, $3::timestamptz, $3::timestamptz)
       on conflict (metric_id) do nothing`,
      [metric, owner, at],
    );
    if (made > 0) await record(['changed', 'metric_owner'], null, metric, { owner }, { owner: null });
  }
  const { sign, text, decision, by } = COMMENT;
  const period = shiftCell('period', COMMENT.period, shift);
  const said = await connection.write(
    `insert into sign_comments (sign, period, content, decision_id, written_by, created_at, updated_at)
     values ($1, $2, $3, $4::uuid, $5, $6::timestamptz, $6::timestamptz) on conflict (sign, period) do nothing`,
    [sign, period, text, await decisionId(connection, decision), addressOf(by), at],
  );
  if (said > 0) await record(['created', 'sign_comment'], null, `${sign} ${period}`, { text, decision, action: null });
};

/** SQL for whether a column holds an address of the story. */
const isOfStory = (column: string): string => `${column} like '%${PEOPLE_AT}'`;

interface Note {
  kind: 'annotation' | 'comment';
  /** Id of a metric or a sign. */
  subject: string;
  /** Day or quarter. */
  time: string;
  named: 'decision' | 'corrective action';
}

/** What others than the people of the story wrote, and that names a record that goes. */
const NAMED = `
  select 'annotation' as kind, a.metric_id as subject, a.happened_on::text as time, 'decision' as named
  from metric_annotations a
  where a.archived_at is null and not ${isOfStory('a.written_by')} and ${isGoing('decisions', 'a.decision_id')}
  union all
  select 'comment', c.sign, c.period, case when ${isGoing('decisions', 'c.decision_id')} then 'decision' else 'corrective action' end
  from sign_comments c
  where c.content is not null and not ${isOfStory('c.written_by')}
    and (${isGoing('decisions', 'c.decision_id')} or ${isGoing('corrective_actions', 'c.action_id')})
  order by 1, 2, 3`;

/** Notes of one's own that would lose what they name. After `collectGoing`. */
export const ownNotes = async (connection: LongConnection): Promise<ProblemError[]> => {
  const notes = await connection.query<Note>(NAMED);
  return notes.map(({ kind, subject, time, named }) => ({
    pointer: `${kind === 'annotation' ? 'metric_annotation' : 'sign_comment'}:${subject} ${time}`,
    code: 'referred_to',
    message: `The ${kind} on ${nameOf(kind, subject)} of ${time} names a ${named} of the example. Take the ${named} out of it, then remove the example.`,
  }));
};

const nameOf = (kind: Note['kind'], id: string): string => {
  const known: readonly { id: string; name: string }[] = kind === 'annotation' ? METRICS : SIGNS;
  return known.find((each) => each.id === id)?.name ?? id;
};

/**
 * Withdraws what people of the story said of metrics and signs, whoever signed in as one of them, and names them no longer as owners. What others
 * said stays.
 *
 * @returns how many of each table, without tables that lost none
 */
export const withdrawNotes = async (connection: LongConnection, at: string): Promise<Record<string, number>> => {
  const next = 'version = version + 1, updated_at = $1::timestamptz';
  const counts = {
    metric_annotations: await connection.write(
      `update metric_annotations set ${next}, archived_at = $1::timestamptz where archived_at is null and ${isOfStory('written_by')}`,
      [at],
    ),
    metric_owners: await connection.write(
      `update metric_owners set ${next}, owner_email = null where ${isOfStory('owner_email')}`,
      [at],
    ),
    sign_comments: await connection.write(
      `update sign_comments set ${next}, content = null, decision_id = null, action_id = null
       where content is not null and ${isOfStory('written_by')}`,
      [at],
    ),
  };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
};
