import { RESERVED_CODES } from '../../contract/decision.js';
import { tableOfType, type Batch } from '../batch.js';
import { rowsName } from '../import-tables.js';
import { addProblems } from '../problems.js';

const IS_WRITTEN = `r.action <> 'unchanged'`;

/** What the register refuses, too (`records/refusals.ts`): days that are taken away, codes that no address reaches, escalations that go down. */
export const checkDecisions = async (batch: Batch): Promise<void> => {
  const decisions = tableOfType(batch, 'decision');
  if (decisions) {
    const reopenings = tableOfType(batch, 'decision_reopening');
    const isTold = reopenings
      ? `exists (select from ${rowsName(reopenings)} o where o.decision_id = t.id and o.decided_at = t.decided_at)`
      : 'false';
    await addProblems(batch, decisions, {
      row: 'r.row_no',
      column: 'decided_at',
      value: `'(clear)'`,
      code: 'decision.cleared',
      message: `format('It was decided on %s. Open it again on its page, with a reason, or import what it had been as a row of decision_reopenings.', to_char(t.decided_at at time zone 'UTC', 'YYYY-MM-DD'))`,
      from: `from ${rowsName(decisions)} r join decisions t on t.id = r.id
        where r.decided_at is null and t.decided_at is not null and t.archived_at is null and not ${isTold}`,
    });
    await addProblems(
      batch,
      decisions,
      {
        row: 'r.row_no',
        column: 'code',
        value: 'r.code',
        code: 'code.reserved',
        message: `format('"%s" is a word of the address. Choose another code.', r.code)`,
        from: `from ${rowsName(decisions)} r where r.action = 'created' and lower(r.code) = any ($1::text[])`,
      },
      [RESERVED_CODES],
    );
  }
  const escalations = tableOfType(batch, 'decision_escalation');
  if (escalations)
    await addProblems(batch, escalations, {
      row: 'r.row_no',
      column: 'to_level',
      value: 'r.to_level',
      code: 'level.lower',
      message: `format('An escalation goes up, from level %s to a higher one.', r.from_level)`,
      from: `from ${rowsName(escalations)} r where ${IS_WRITTEN} and r.to_level < r.from_level`,
    });
};

/** What a decision that is stored as taken chose stays as it is, unless the same import opens it again; at most one option is chosen, as they would stand afterwards. */
export const checkChoices = async (batch: Batch): Promise<void> => {
  const options = tableOfType(batch, 'decision_option');
  if (!options) return;
  const rows = rowsName(options);
  const decisions = tableOfType(batch, 'decision');
  const isReopened = decisions
    ? `exists (select from ${rowsName(decisions)} n where n.id = d.id and n.decided_at is null)`
    : 'false';
  await addProblems(batch, options, {
    row: 'r.row_no',
    column: 'decision_code',
    value: 'd.code',
    code: 'decision.closed',
    message: `format('%s is decided: its options and what was chosen are fixed. Open it again on its page, with a reason, or leave this row out.', d.code)`,
    from: `from ${rows} r join decisions d on d.id = r.decision_id
      where ${IS_WRITTEN} and d.decided_at is not null and d.archived_at is null and not ${isReopened}`,
  });
  await addProblems(batch, options, {
    row: 'r.row_no',
    column: 'chosen',
    value: `'yes'`,
    code: 'option.two_chosen',
    message: `format('The option "%s" of the same decision is chosen, too. Leave yes at one of them, and write no at the other.', o.name)`,
    from: `from ${rows} r cross join lateral (
        select n.name from ${rows} n where n.decision_id = r.decision_id and n.chosen and n.id <> r.id
        union all select t.name from decision_options t where t.decision_id = r.decision_id and t.chosen and t.archived_at is null
          and not exists (select from ${rows} n where n.id = t.id)
        limit 1) o
      where r.chosen and ${IS_WRITTEN}`,
  });
};
