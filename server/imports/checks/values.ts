import { hasRole } from '../../access/principal.js';
import { tableOfType, type Batch } from '../batch.js';
import { rowsName } from '../import-tables.js';
import { addProblems } from '../problems.js';
import { wereRead } from '../staging.js';

/** Whether a row gives a confirmation that is not stored already, or takes one away. */
const CONFIRMS = `(r.confirmed_by is distinct from t.confirmed_by or r.realised is distinct from t.realised)
  and (s.confirmed_by_email is not null or 'confirmed_by_email' = any (s.cleared))`;

/** Confirmations come from finance, for a value that is there, and never from who reported it. */
export const checkConfirmations = async (batch: Batch): Promise<void> => {
  const values = tableOfType(batch, 'benefit_value');
  if (!values) return;
  const from = (condition: string) => `from ${rowsName(values)} r join staged_benefit_values s on s.row_no = r.row_no
    left join benefit_values t on t.id = r.id where ${condition}`;
  const problem = { row: 'r.row_no', column: 'confirmed_by_email', value: "coalesce(s.confirmed_by_email, '(clear)')" };
  if (!hasRole(batch.principal, 'admin', 'finance'))
    await addProblems(batch, values, {
      ...problem,
      code: 'not_permitted',
      message: `'Only finance or an administrator may import confirmations. Leave the cell blank.'`,
      from: from(CONFIRMS),
    });
  await addProblems(batch, values, {
    ...problem,
    code: 'confirmation.without_value',
    message: `'There is no realised value to confirm. Write the realised value, or leave the confirmation blank.'`,
    from: from(
      `r.confirmed_by is not null and r.realised is null and ${wereRead('s', 'realised', 'confirmed_by_email')}`,
    ),
  });
  await addProblems(
    batch,
    values,
    {
      ...problem,
      code: 'confirmation.own_value',
      message: `'Nobody confirms a value that they reported themselves. Let someone else import it, or name another person of finance.'`,
      from: from(
        `r.confirmed_by = case when r.realised is distinct from t.realised then $1 else t.reported_by end
          and ${wereRead('s', 'realised', 'confirmed_by_email')}`,
      ),
    },
    [batch.principal.email],
  );
};

/** A confirmation is given for an amount in a currency, or in an own unit: neither can change under it. */
export const checkConfirmedCurrency = async (batch: Batch): Promise<void> => {
  const benefits = tableOfType(batch, 'benefit');
  if (!benefits) return;
  const from = (condition: string): string => `from ${rowsName(benefits)} r join benefits t on t.id = r.id
      where ${condition}
        and exists (select 1 from benefit_values v where v.benefit_id = t.id and v.confirmed_by is not null and v.archived_at is null)`;
  await addProblems(batch, benefits, {
    row: 'r.row_no',
    column: 'currency',
    value: 'r.currency',
    code: 'benefit.confirmed_currency',
    message: `format('The currency cannot change while values are confirmed in %s. Withdraw the confirmations first.', coalesce(t.currency, 'no currency'))`,
    from: from('r.currency is distinct from t.currency'),
  });
  await addProblems(batch, benefits, {
    row: 'r.row_no',
    column: 'unit',
    value: 'r.unit',
    code: 'benefit.confirmed_unit',
    message: `format('The unit cannot change while values are confirmed in %s. Withdraw the confirmations first.', coalesce(t.unit, 'no unit'))`,
    from: from('t.currency is null and r.unit is distinct from t.unit'),
  });
};
