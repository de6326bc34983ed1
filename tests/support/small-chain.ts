import type { Api } from './harness.js';

/**
 * A chain small enough to work out by hand. I1 (portfolio DIG, unit BU1, 100.00) gives 60 % to N1, 30 % to N2 and keeps 10; I2 (CORE, BU2, 50.00) gives
 * all to N2; I3 (CORE) has spent nothing. N1 leads to C1, N2 by halves to C1 and C2, C1 to O1, O1 by thirds to B1, B2 and B3. C2 leads nowhere, and
 * nothing leads to O2 and its B4 (DIG).
 */
export const smallChain = async (api: Api): Promise<void> => {
  const ids = new Map<string, string>();
  const insert = async (table: string, row: Record<string, unknown>): Promise<void> => {
    const names = Object.keys(row);
    const text = `insert into ${table} (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')}) returning id`;
    const [made] = await api.sql<{ id: string }>(text, Object.values(row));
    if (typeof row['code'] === 'string') ids.set(row['code'], made!.id);
  };
  const idOf = async (table: string, code: string): Promise<string> =>
    (await api.sql<{ id: string }>(`select id from ${table} where code = $1`, [code]))[0]!.id;
  const [dig, core] = [await idOf('portfolios', 'DIG'), await idOf('portfolios', 'CORE')];
  const [bu1, bu2] = [await idOf('org_units', 'BU1'), await idOf('org_units', 'BU2')];
  const record = (table: string, code: string, row: Record<string, unknown> = {}): Promise<void> =>
    insert(table, { code, name: `Name of ${code}`, ...row });
  await record('investments', 'I1', { portfolio_id: dig, org_unit_id: bu1 });
  await record('investments', 'I2', { portfolio_id: core, org_unit_id: bu2 });
  await record('investments', 'I3', { portfolio_id: core, org_unit_id: bu2 });
  for (const code of ['N1', 'N2']) await record('initiatives', code);
  for (const code of ['C1', 'C2']) await record('capabilities', code);
  for (const code of ['O1', 'O2']) await record('outcomes', code);
  for (const code of ['B1', 'B2']) await record('benefits', code, { portfolio_id: core, currency: 'USD' });
  await record('benefits', 'B3', { portfolio_id: core, nature: 'non_financial', unit: 'points', aggregation: 'sum' });
  await record('benefits', 'B4', { portfolio_id: dig, currency: 'USD' });
  const TYPES: Record<string, string> = {
    I: 'investment',
    N: 'initiative',
    C: 'capability',
    O: 'outcome',
    B: 'benefit',
  };
  const link = (from: string, to: string, allocation: string | null = null): Promise<void> =>
    insert('links', {
      from_type: TYPES[from[0]!],
      from_id: ids.get(from),
      to_type: TYPES[to[0]!],
      to_id: ids.get(to),
      allocation,
    });
  await link('I1', 'N1', '60');
  await link('I1', 'N2', '30');
  await link('I2', 'N2');
  await link('N1', 'C1');
  await link('N2', 'C1', '50');
  await link('N2', 'C2');
  await link('C1', 'O1');
  for (const benefit of ['B1', 'B2', 'B3']) await link('O1', benefit);
  await link('O2', 'B4');
  for (const [code, actual] of [
    ['I1', '100.00'],
    ['I2', '50.00'],
  ] as const)
    await insert('investment_costs', { investment_id: ids.get(code), month: '2026-05-01', kind: 'opex', actual });
  const value = (code: string, row: Record<string, unknown>): Promise<void> =>
    insert('benefit_values', { benefit_id: ids.get(code), month: '2026-05-01', changed_by: 'a@tests.example', ...row });
  const proof = { evidence: 'ledger', reported_by: 'a@tests.example' };
  await value('B1', { month: '2026-02-01', planned: '40', realised: '20.5', ...proof });
  await value('B1', { planned: '60', realised: '40', ...proof });
  await value('B3', { planned: '5', realised: '4', reported_by: 'a@tests.example' });
  await value('B4', { planned: '70' });
  await api.sql(`update data_versions set version = version + 1 where scope = 'enterprise'`);
};
