import { tableOfType, type Batch } from '../batch.js';
import { rowsName, stagedName } from '../import-tables.js';
import { addProblems } from '../problems.js';
import { wereRead } from '../staging.js';

interface Amounts {
  owner: 'investment' | 'benefit';
  owners: 'investments' | 'benefits';
  facts: 'investment_cost' | 'benefit_value';
  table: 'investment_costs' | 'benefit_values';
  columns: readonly string[];
}

const AMOUNTS: readonly Amounts[] = [
  {
    owner: 'investment',
    owners: 'investments',
    facts: 'investment_cost',
    table: 'investment_costs',
    columns: ['planned', 'actual'],
  },
  {
    owner: 'benefit',
    owners: 'benefits',
    facts: 'benefit_value',
    table: 'benefit_values',
    columns: ['planned', 'forecast', 'realised'],
  },
];

const noRate = (batch: Batch, currency: string, month: string): string => {
  const rates = tableOfType(batch, 'exchange_rate');
  return `not exists (select 1 from exchange_rates x where x.currency = ${currency} and x.month = ${month} and x.archived_at is null)
    ${rates ? `and not exists (select 1 from ${rowsName(rates)} y where y.currency = ${currency} and y.month = ${month})` : ''}`;
};

/** An amount in a foreign currency needs the rate of its month: stored already, or in the same import. */
const factsWithoutRate = async (batch: Batch, amounts: Amounts): Promise<void> => {
  const facts = tableOfType(batch, amounts.facts);
  if (!facts) return;
  const owners = tableOfType(batch, amounts.owner);
  const of = (column: string) =>
    owners ? `case when o.id is not null then o.${column} else t.${column} end` : `t.${column}`;
  const isMoney = amounts.owner === 'benefit' ? `and ${of('nature')} is distinct from 'non_financial'` : '';
  await addProblems(
    batch,
    facts,
    {
      row: 'r.row_no',
      column: 'month',
      value: `to_char(r.month, 'YYYY-MM')`,
      code: 'rate.missing',
      message: `format('The amount is in %1$s, and there is no exchange rate of %1$s for %2$s. Add it to the table exchange_rates of the import, or enter it first.',
        r.currency, to_char(r.month, 'YYYY-MM'))`,
      from: `from (
          select r.row_no, r.month, ${of('currency')} as currency from ${rowsName(facts)} r
          left join ${amounts.owners} t on t.id = r.${amounts.owner}_id
          ${owners ? `left join ${rowsName(owners)} o on o.id = r.${amounts.owner}_id left join ${stagedName(owners)} os on os.row_no = o.row_no` : ''}
          where num_nonnulls(${amounts.columns.map((column) => `r.${column}`).join(', ')}) > 0 ${isMoney}
            ${owners ? `and ${wereRead('os', 'currency', 'nature')}` : ''}
        ) r
        where r.currency <> $1 and ${noRate(batch, 'r.currency', 'r.month')}`,
    },
    [batch.reportingCurrency],
  );
};

/** An owner whose currency changes takes its stored amounts along: they need rates too. */
const ownersWithoutRate = async (batch: Batch, amounts: Amounts): Promise<void> => {
  const owners = tableOfType(batch, amounts.owner);
  if (!owners) return;
  const facts = tableOfType(batch, amounts.facts);
  const stored = amounts.columns.map((column) => `f.${column}`).join(', ');
  await addProblems(
    batch,
    owners,
    {
      row: 'r.row_no',
      column: 'currency',
      value: 'r.currency',
      code: 'rate.missing',
      message: `format('It has amounts for %s, and there is no exchange rate of %s for that month. Enter the rate first, or keep the currency.',
        to_char(min(f.month), 'YYYY-MM'), r.currency)`,
      from: `from ${rowsName(owners)} r join ${amounts.table} f on f.${amounts.owner}_id = r.id and f.archived_at is null
        where r.action in ('updated', 'restored') and r.currency <> $1 and num_nonnulls(${stored}) > 0
          ${amounts.owner === 'benefit' ? `and r.nature is distinct from 'non_financial'` : ''}
          ${facts ? `and not exists (select 1 from ${rowsName(facts)} o where o.id = f.id)` : ''}
          and ${noRate(batch, 'r.currency', 'f.month')}
        group by r.row_no, r.currency`,
    },
    [batch.reportingCurrency],
  );
};

export const checkRates = async (batch: Batch): Promise<void> => {
  for (const amounts of AMOUNTS) {
    await factsWithoutRate(batch, amounts);
    await ownersWithoutRate(batch, amounts);
  }
};
