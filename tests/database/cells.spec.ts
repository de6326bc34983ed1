import { expect, test } from '@jest/globals';
import { benefitCells } from '../../server/benefits/cells.queries.js';
import { createDataSource } from '../../server/database/data-source.js';
import { completenessOf } from '../../server/overview/benefit/completeness.js';
import { cloneDatabase } from '../support/clone-database.js';

const FACTS = {
  facts: {
    type: 'cost',
    nature: 'cashable',
    owner: 'a@tests.example',
    hasUnit: true,
    isMoney: true,
    unit: null,
    baseline: '0',
    conversion: 'by invoice',
  },
  outcomes: [],
  links: { all: 1, assumed: 0, reachesInvestment: true },
  lastOverdue: '2026-08',
};

test('what is due or overdue of a benefit does not hang on a rate: a month without one is as it was entered', async () => {
  const database = await cloneDatabase();
  const source = createDataSource({ url: database.ownerUrl }, [], 'migrating');
  await source.initialize();
  const asked = async () => {
    const cells = await benefitCells(source.manager, 'USD', benefit!.id);
    return completenessOf({ ...FACTS, cells }).find(({ test: of }) => of === 'measurable')!.lacks;
  };
  await source.query(
    `insert into settings (reporting_currency, reporting_time_zone, fiscal_year_start_month) values ('USD', 'UTC', 1)`,
  );
  await source.query(
    `insert into exchange_rates (currency, month, rate) values ('EUR', '2026-07-01', 1.1), ('EUR', '2026-08-01', 1.1)`,
  );
  const [benefit] = await source.query<{ id: string }[]>(
    `insert into benefits (code, name, currency, nature) values ('B', 'B', 'EUR', 'cashable') returning id`,
  );
  await source.query(
    `insert into benefit_values (benefit_id, month, planned, forecast, realised, reported_by, changed_by)
     values ($1, '2026-07-01', 10, null, 9, 'pm', 'pm'), ($1, '2026-08-01', null, 9, null, null, 'pm')`,
    [benefit!.id],
  );
  try {
    const one = [{ id: 'overdue', count: 1, of: 2, record: null }];
    expect(await asked()).toEqual(one);
    // The product cannot come here: the database keeps the rate of every amount.
    await source.query('alter table exchange_rates disable trigger user');
    await source.query('update exchange_rates set archived_at = now(), version = version + 1');
    expect((await benefitCells(source.manager, 'USD', benefit!.id)).map(({ planned }) => planned)).toEqual([
      null,
      null,
    ]);
    expect(await asked()).toEqual(one);
  } finally {
    await source.destroy();
    await database.drop();
  }
});
