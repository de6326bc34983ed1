/** SQL of money in several currencies: one definition of what an amount is worth in the reporting currency, and of what is in scope. */

/** Rate of the month, 1 for the reporting currency; null (which the database refuses to let happen) makes the whole sum wrong, so it is counted. */
export const rateOf = (owner: string, reporting: string): string =>
  `case when ${owner}.currency is null or ${owner}.currency = ${reporting} then 1 else r.rate end`;

/** The join that `rateOf` reads: rates of the owner's currency in the row's month. */
export const joinRates = (owner: string, row: string): string =>
  `left join exchange_rates r on r.currency = ${owner}.currency and r.month = ${row}.month and r.archived_at is null`;

/** A money benefit has a currency and is not `non_financial`. */
export const isMoneyBenefit = (benefit: string): string =>
  `${benefit}.currency is not null and ${benefit}.nature is distinct from 'non_financial'`;

/** Records of one portfolio, and of some org units; each parameter is null for all. */
export const isWithin = (record: string, portfolio: string, units: string): string =>
  `(${portfolio}::uuid is null or ${record}.portfolio_id = ${portfolio}) and (${units}::uuid[] is null or ${record}.org_unit_id = any (${units}))`;

/** A missing rate must be an error, never a silent 1.0 or 0; the database refuses it at the door, so this is a fault of ours. */
export const refuseUnconverted = <Row extends { unconverted: number }>(rows: Row[]): Row[] => {
  if (rows.some((row) => row.unconverted > 0))
    throw new Error('An amount in a foreign currency has no exchange rate for its month.');
  return rows;
};
