import { recordChange } from '../audit/write.js';
import type { LongConnection } from '../imports/connection.js';

/** Sets the reporting currency within the transaction of the example, with its audit event; nothing where it is so already. */
export const setReportingCurrency = async (
  connection: LongConnection,
  currency: string,
  by: { actor: string; at: string },
): Promise<void> => {
  const rows = await connection.query<{ before: string }>(
    `update settings s set reporting_currency = $1, version = s.version + 1, updated_at = $2
     from (select id, reporting_currency as before from settings for update) o
     where o.id = s.id and o.before <> $1 returning o.before`,
    [currency, by.at],
  );
  if (!rows[0]) return;
  const entry = { ...by, action: 'changed', objectType: 'settings', objectId: null, objectCode: null };
  const before = { reportingCurrency: rows[0].before };
  await recordChange(connection.manager, { ...entry, before, after: { reportingCurrency: currency } });
};
