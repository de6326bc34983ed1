/**
 * SQL for whether a decision `d` is about a record of the scope. Capabilities and outcomes lie in units only, so no portfolio holds a decision
 * about one; a decision about nothing lies in no scope but the enterprise's.
 *
 * @param portfolio SQL for the portfolio asked for, null for all: `$3`
 * @param units SQL for the units asked for, with all below them, null for all: `$4`
 */
export const aboutTheScope = (portfolio: string, units: string): string => {
  const inBoth = (table: string) => `exists (select from ${table} r where r.id = d.about_id
      and (${portfolio}::uuid is null or r.portfolio_id = ${portfolio}) and (${units}::uuid[] is null or r.org_unit_id = any (${units})))`;
  const inUnit = (table: string) =>
    `${portfolio}::uuid is null and exists (select from ${table} r where r.id = d.about_id and r.org_unit_id = any (${units}))`;
  return `(${portfolio}::uuid is null and ${units}::uuid[] is null or case d.about_type
    when 'investment' then ${inBoth('investments')}
    when 'initiative' then ${inBoth('initiatives')}
    when 'benefit' then ${inBoth('benefits')}
    when 'capability' then ${inUnit('capabilities')}
    when 'outcome' then ${inUnit('outcomes')}
    else false end)`;
};
