import { expect, test } from '@jest/globals';
import { createDataSource } from '../../server/database/data-source.js';
import { cloneDatabase } from '../support/clone-database.js';

/** What the database keeps of confirmations, whoever writes. */

const KEEPER = `select p.prosrc as text from pg_proc p where p.proname = 'follow_benefit_value'`;

test('what is archived is confirmed no more, and what was archived before the rule came is so, too', async () => {
  const database = await cloneDatabase();
  const source = createDataSource({ url: database.ownerUrl }, [], 'migrating');
  await source.initialize();
  const rows = (text: string) => source.query(text) as Promise<Record<string, unknown>[]>;
  const attested = (month: string) =>
    rows(`insert into benefit_values (benefit_id, month, realised, reported_by, changed_by, confirmed_by, confirmed_at, confirmed_amount,
        confirmed_currency, confirmed_version, confirmed_how, reason)
      select id, '${month}-01', 9, 'pm', 'pm', 'auditor', now(), 9, 'USD', 1, 'attestation', 'import' from benefits`);
  const archive = (month: string) =>
    rows(`update benefit_values set version = version + 1, archived_at = now(), updated_at = now(), changed_by = 'pm', reason = 'reverted'
      where month = '${month}-01'`);
  try {
    const [now] = await rows(KEEPER);
    const names = await rows('select name from migrations order by id desc');
    for (const { name } of names) {
      await source.undoLastMigration({ transaction: 'each' });
      if (String(name).startsWith('Benefits')) break;
    }
    const [former] = await rows(KEEPER);
    expect(former!['text']).not.toContain('archived_at');
    await rows(
      `insert into settings (reporting_currency, reporting_time_zone, fiscal_year_start_month) values ('USD', 'UTC', 1)`,
    );
    await rows(`insert into benefits (code, name, currency) values ('B', 'B', 'USD')`);
    await attested('2025-01');
    await archive('2025-01');
    await source.runMigrations({ transaction: 'each' });
    expect(await rows(KEEPER)).toEqual([now]);
    await attested('2025-02');
    await archive('2025-02');
    await attested('2025-03');
    expect(
      await rows(`select to_char(v.month, 'YYYY-MM') as month, v.version, v.confirmed_by as by, num_nulls(v.confirmed_at, v.confirmed_amount,
          v.confirmed_currency, v.confirmed_version, v.confirmed_how) as empty,
          array(select c.verdict || ' ' || c.value_version || coalesce(' ' || c.note, '') from confirmations c where c.benefit_value_id = v.id
            order by c.id) as said
        from benefit_values v order by v.month`),
    ).toEqual([
      { month: '2025-01', version: 2, by: null, empty: 5, said: ['attested 1', 'withdrawn 2 reverted'] },
      { month: '2025-02', version: 2, by: null, empty: 5, said: ['attested 1', 'withdrawn 2 reverted'] },
      { month: '2025-03', version: 1, by: 'auditor', empty: 0, said: ['attested 1'] },
    ]);
  } finally {
    await source.destroy();
    await database.drop();
  }
});
