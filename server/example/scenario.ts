import { uuidv7 } from 'uuidv7';
import { appendAudit } from '../audit/write.js';
import type { ScenarioChange } from '../contract/scenario-words.js';
import { scenarioChanges } from '../contract/scenario-words.js';
import type { LongConnection } from '../imports/connection.js';
import { shiftCell, type Shift } from './shift.js';
import { SIGN_INS } from './story.js';

/** What the CIO of the story wondered, for everybody to see. The months are those of the tables. */
const NAME = 'Stop the policy platform';
const NOTE =
  'The platform overran and its rework eats what it brings. What would we lose if we stopped it after the year, and gave claims payments more of the money?';
const CHANGES: readonly ScenarioChange[] = [
  { kind: 'stop', type: 'investment', code: 'EX-INV-04', from: '2027-01' },
  { kind: 'funding', type: 'initiative', code: 'EX-INI-11', from: '2027-01', percent: '120' },
];

/** Stores the scenario of the story, after its records and people. */
export const addScenario = async (connection: LongConnection, shift: Shift, at: string): Promise<void> => {
  const { email } = SIGN_INS.find(({ role }) => role === 'cio')!;
  const [owner] = await connection.query<{ id: string }>('select id from users where email = $1', [email]);
  if (!owner) throw new Error(`The example has no sign-in for ${email}.`);
  const changes = scenarioChanges.parse(
    CHANGES.map((change) => ({ ...change, from: shiftCell('month', change.from, shift) })),
  );
  const id = uuidv7();
  await connection.query(
    `insert into scenarios (id, user_id, owner_email, name, note, shared, changes, created_at, updated_at)
     values ($1, $2, $3, $4, $5, true, $6, $7, $7)`,
    [id, owner.id, email, NAME, NOTE, JSON.stringify(changes), at],
  );
  const object = { objectType: 'scenario', objectId: id, objectCode: NAME };
  const after = { name: NAME, note: NOTE, shared: true, changes };
  await appendAudit(connection.manager, { at, actor: 'system', action: 'created', ...object, before: null, after });
};

/** Archives the scenarios of the people who go; whoever else wrote one about the example keeps it, and it says that its records are gone. */
export const archiveScenarios = async (
  connection: LongConnection,
  userIds: readonly string[],
  at: string,
): Promise<number> =>
  connection.write(
    `update scenarios set version = version + 1, updated_at = $2::timestamptz, archived_at = $2::timestamptz
     where user_id = any ($1::uuid[]) and archived_at is null`,
    [userIds, at],
  );
