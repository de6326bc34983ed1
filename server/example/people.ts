import { uuidv7 } from 'uuidv7';
import { hashPassword } from '../access/passwords.js';
import { appendAudit } from '../audit/write.js';
import type { Example } from '../contract/example.js';
import type { LongConnection } from '../imports/connection.js';
import { EXAMPLE_PASSWORD, SIGN_INS, STAKEHOLDER_UNIT } from './story.js';

type SignIn = (typeof SIGN_INS)[number];

interface Grant {
  role: Example['signIns'][number]['role'];
  portfolioId: string | null;
  portfolioCode: string | null;
  orgUnitId: string | null;
  orgUnitCode: string | null;
}

const NOWHERE = { portfolioId: null, portfolioCode: null, orgUnitId: null, orgUnitCode: null };

/** A portfolio manager is named for the portfolios that name the person, a stakeholder for the unit of the story. */
const grantsOf = async (connection: LongConnection, { role, email }: SignIn): Promise<Grant[]> => {
  if (role === 'portfolio_manager') {
    const rows = await connection.query<{ id: string; code: string }>(
      'select id, code from portfolios where manager_email = $1 and archived_at is null order by code',
      [email],
    );
    return rows.map(({ id, code }) => ({ ...NOWHERE, role, portfolioId: id, portfolioCode: code }));
  }
  if (role === 'stakeholder') {
    const rows = await connection.query<{ id: string; code: string }>(
      'select id, code from org_units where code = $1 and archived_at is null',
      [STAKEHOLDER_UNIT],
    );
    return rows.map(({ id, code }) => ({ ...NOWHERE, role, orgUnitId: id, orgUnitCode: code }));
  }
  return [{ ...NOWHERE, role }];
};

/** Hashes for `createPeople`; made before its transaction, because they take long. */
export const peoplesHashes = (): Promise<string[]> => Promise.all(SIGN_INS.map(() => hashPassword(EXAMPLE_PASSWORD)));

/**
 * Creates the sign-ins of the example, after its portfolios and units.
 *
 * @param hashes one a person, of `peoplesHashes`
 * @returns their ids
 * @throws Error where the tables name no portfolio or unit for somebody
 */
export const createPeople = async (
  connection: LongConnection,
  hashes: readonly string[],
  at: string,
): Promise<string[]> => {
  const ids: string[] = [];
  for (const [index, person] of SIGN_INS.entries()) {
    const grants = await grantsOf(connection, person);
    if (grants.length === 0) throw new Error(`The example's tables hold nothing for ${person.email}.`);
    const id = uuidv7();
    const { email, name } = person;
    await connection.query(
      'insert into users (id, email, name, password_hash, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)',
      [id, email, name, hashes[index], at],
    );
    for (const { role, portfolioId, orgUnitId } of grants)
      await connection.query(
        'insert into user_roles (id, user_id, role, portfolio_id, org_unit_id) values ($1, $2, $3, $4, $5)',
        [uuidv7(), id, role, portfolioId, orgUnitId],
      );
    const shown = grants.map(({ role, portfolioCode, orgUnitCode }) => ({ role, portfolioCode, orgUnitCode }));
    const entry = { at, actor: 'system', action: 'created', objectType: 'user', objectId: id, objectCode: email };
    await appendAudit(connection.manager, { ...entry, before: null, after: { email, name, grants: shown } });
    ids.push(id);
  }
  return ids;
};
