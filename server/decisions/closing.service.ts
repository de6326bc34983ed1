import { Injectable } from '@nestjs/common';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.js';
import type { AuditEntry } from '../audit/write.js';
import { type CloseDecision, closedWords, type EscalateDecision, type NewOption } from '../contract/decision.js';
import type { AnyRecord } from '../contract/records.js';
import { named } from '../database/named.js';
import { localDate } from '../core/period.js';
import { invalidField } from '../http/problem.js';
import { type Held, HoldingService, instantIn, later, refuseDecided, tell } from './holding.service.js';

type Event = Omit<AuditEntry, 'at' | 'actor'>;

/** What closing writes, and the columns that hold it. */
const COLUMNS = {
  decidedAt: 'decided_at',
  outcome: 'outcome',
  decidedLevel: 'decided_level',
  decidedBy: 'decided_by',
  revisitOn: 'revisit_on',
  givenUp: 'given_up',
  rationale: 'rationale',
} as const;
type Field = keyof typeof COLUMNS;

/** What is done to one decision while it is open: options, escalations, and its end. Each is one request and one transaction. */
@Injectable()
export class ClosingService {
  constructor(private readonly holding: HoldingService) {}

  /**
   * Closes it with its outcome and the option that was chosen.
   * @throws Problem 409 where it is decided, 422 for an option of another decision, or a day that cannot be: as for an escalation
   */
  close(who: Principal, ref: string, version: number, closing: CloseDecision): Promise<AnyRecord> {
    const { decidedOn, chosen, ...words } = closing;
    return this.holding.hold(who, ref, version, async (held) => {
      refuseDecided(held, 'It is decided already. Open it again, with a reason, to decide anew.');
      const written: Partial<Record<Field, unknown>> = { decidedAt: endOf(held, decidedOn), ...words };
      const fields = (Object.keys(COLUMNS) as Field[]).filter((field) => written[field] !== undefined);
      const after = Object.fromEntries(fields.map((field) => [field, written[field] === '' ? null : written[field]]));
      const sets = fields.map((field, index) => `${COLUMNS[field]} = $${index + 3}`);
      await held.manager.query(
        `update decisions set ${sets.join(', ')}, version = version + 1, updated_at = $2 where id = $1`,
        [held.before.id, held.now, ...fields.map((field) => after[field])],
      );
      const choice = chosen === undefined ? [] : await choose(held, chosen, '/chosen');
      const before = Object.fromEntries(fields.map((field) => [field, held.before[field]]));
      const event = { action: 'changed', objectType: 'decision', objectId: held.before.id, objectCode: held.code };
      await tell(held, [...choice, { ...event, before, after }]);
    });
  }

  /**
   * Marks one option as the chosen one, and no other; null: none.
   * @throws Problem 409 where it is decided, 422 for an option of another decision
   */
  choose(who: Principal, ref: string, version: number, option: string | null): Promise<AnyRecord> {
    return this.holding.hold(who, ref, version, async (held) => {
      refuseDecided(held, closedWords(held.code));
      const events = await choose(held, option, '/option');
      if (events.length > 0) await tell(held, events);
    });
  }

  /**
   * Adds an option, or brings back one of this name that was removed.
   * @throws Problem 409 where it is decided, 422 where there is one with this name
   */
  addOption(who: Principal, ref: string, version: number, { name, consequence = null }: NewOption): Promise<AnyRecord> {
    return this.holding.hold(who, ref, version, async (held) => {
      refuseDecided(held, closedWords(held.code));
      const { manager, before: decision, code, now } = held;
      const [known] = await named<{ id: string; isThere: boolean }>(
        manager,
        'option by name',
        'select id, archived_at is null as "isThere" from decision_options where decision_id = $1 and name = $2 for update',
        [decision.id, name],
      );
      if (known?.isThere)
        throw invalidField('/name', 'key.taken', 'There is an option with this name already. Name this one otherwise.');
      const id = known?.id ?? uuidv7();
      await (known
        ? manager.query(
            `update decision_options set archived_at = null, consequence = $2, chosen = null, version = version + 1, updated_at = $3 where id = $1`,
            [id, consequence, now],
          )
        : manager.query(
            `insert into decision_options (id, created_at, updated_at, decision_id, name, consequence) values ($1, $2, $2, $3, $4, $5)`,
            [id, now, decision.id, name, consequence],
          ));
      await tell(held, [created('decision_option', id, { decisionCode: code, name, consequence, chosen: null })]);
    });
  }

  /**
   * Takes it to a higher level.
   * @throws Problem 409 where it is decided, 422 for a level that is no higher, or a day that cannot be: ahead, before it was opened, before the last escalation
   */
  escalate(
    who: Principal,
    ref: string,
    version: number,
    { toLevel, on, reason }: EscalateDecision,
  ): Promise<AnyRecord> {
    return this.holding.hold(who, ref, version, async (held) => {
      const { manager, before: decision, code, level: fromLevel } = held;
      refuseDecided(held, 'It is decided. Open it again to take it further up.');
      if (fromLevel !== null && toLevel <= fromLevel)
        throw invalidField('/toLevel', 'level.not_higher', `It lies at level ${fromLevel} already. Name a higher one.`);
      const at = later(instantIn(held, 'on', on), lastOn(held, 'on', on));
      const id = uuidv7();
      await manager.query(
        `insert into decision_escalations (id, created_at, updated_at, decision_id, at, from_level, to_level, reason)
           values ($1, $2, $2, $3, $4, $5, $6, $7)`,
        [id, held.now, decision.id, at, fromLevel, toLevel, reason],
      );
      await tell(held, [created('decision_escalation', id, { decisionCode: code, at, fromLevel, toLevel, reason })]);
    });
  }
}

const created = (objectType: string, objectId: string, after: Record<string, unknown>): Event => ({
  action: 'created',
  objectType,
  objectId,
  objectCode: null,
  before: null,
  after,
});

/** When it was closed, of a day: not before what happened to it last. @throws Problem 422 */
const endOf = (held: Held, day: string): string => {
  const at = instantIn(held, 'decidedOn', day);
  const last = lastOn(held, 'decidedOn', day);
  return last !== null && last > at ? last : at;
};

/**
 * The last escalation, which the next step follows.
 * @param field the field that holds the day
 * @throws Problem 422 where the named day lies before it
 */
const lastOn = ({ escalatedAt, timeZone }: Held, field: string, day: string): string | null => {
  const last = escalatedAt && localDate(escalatedAt, timeZone);
  if (last !== null && day < last)
    throw invalidField(
      `/${field}`,
      'order.backwards',
      `It was escalated on ${last}, to the level at which it lies now. Name that day or a later one.`,
    );
  return escalatedAt;
};

/**
 * Marks what was chosen, and takes the mark from what was.
 * @param pointer where the request names the option
 * @returns an event for each option that changed
 */
const choose = async ({ manager, before, now }: Held, option: string | null, pointer: string): Promise<Event[]> => {
  const options = await named<{ id: string; chosen: boolean | null }>(
    manager,
    'options of a decision',
    'select id, chosen from decision_options where decision_id = $1 and archived_at is null order by id for update',
    [before.id],
  );
  if (option !== null && !options.some(({ id }) => id === option))
    throw invalidField(pointer, 'reference.unknown', 'The decision has no such option. Choose one of its own.');
  const changed = options.filter(({ id, chosen }) => (chosen === true) !== (id === option));
  await manager.query(
    `update decision_options set chosen = coalesce(id = $2::uuid, false), version = version + 1, updated_at = $3 where id = any ($1::uuid[])`,
    [changed.map(({ id }) => id), option, now],
  );
  return changed.map(({ id, chosen }) => ({
    action: 'changed',
    objectType: 'decision_option',
    objectId: id,
    objectCode: null,
    before: { chosen },
    after: { chosen: id === option },
  }));
};
