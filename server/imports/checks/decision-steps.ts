import { tableOf } from '../../database/columns.js';
import { tableOfType, type Batch } from '../batch.js';
import { rowsName } from '../import-tables.js';
import { addProblems } from '../problems.js';
import { toMinute } from './rows.js';

/**
 * What happened to decisions in its order, as they would stand afterwards (the register asks the same, `records/refusals.ts`): no step before the
 * decision was raised, and none decided before it was opened again last. What is stored otherwise is in nobody's way while it stays as it is.
 */

const STEPS = ['decision_escalation', 'decision_reopening'] as const;
type Step = (typeof STEPS)[number];

const HAPPENED: Record<Step, string> = { decision_escalation: 'escalated', decision_reopening: 'opened again' };

const live = (step: Step): string => `select decision_id, at from ${tableOf(step)} where archived_at is null`;

/** One row is one reopening afterwards, and whether this import writes it. */
const reopenings = (batch: Batch): string => {
  const table = tableOfType(batch, 'decision_reopening');
  const stored = `select decision_id, at, false as is_written from (${live('decision_reopening')}) t`;
  return table ? `${stored} union all select decision_id, at, action <> 'unchanged' from ${rowsName(table)}` : stored;
};

export const checkSteps = async (batch: Batch): Promise<void> => {
  await checkDays(batch);
  for (const step of STEPS) await checkRaised(batch, step);
  await checkReopenings(batch);
};

/** Rows of decisions, against what happened to them. */
const checkDays = async (batch: Batch): Promise<void> => {
  const table = tableOfType(batch, 'decision');
  if (!table) return;
  const rows = `${rowsName(table)} r left join decisions t on t.id = r.id`;
  await addProblems(batch, table, {
    row: 'r.row_no',
    column: 'decided_at',
    value: toMinute('r.decided_at'),
    code: 'order.backwards',
    message: `format('A decision cannot be taken (%s) before it was opened again (%s). Leave decided_at blank, or write when it was decided after that.', ${toMinute('r.decided_at')}, ${toMinute('o.at')})`,
    from: `from ${rows} join (
        select decision_id, max(at) as at, bool_or(is_written) as is_written from (${reopenings(batch)}) s group by decision_id) o on o.decision_id = r.id
      where r.decided_at < o.at and (o.is_written or r.decided_at is distinct from t.decided_at)`,
  });
  await addProblems(batch, table, {
    row: 'r.row_no',
    column: 'raised_at',
    value: toMinute('r.raised_at'),
    code: 'order.backwards',
    message: `format('A decision cannot be raised (%s) after it was escalated or opened again (%s). Correct one of the two.', ${toMinute('r.raised_at')}, ${toMinute('o.at')})`,
    from: `from ${rows} join (
        select decision_id, min(at) as at from (${STEPS.map(live).join(' union all ')}) s group by decision_id) o on o.decision_id = r.id
      where r.raised_at > o.at and r.raised_at is distinct from t.raised_at`,
  });
};

/** Rows of escalations and reopenings, against when their decision was raised. */
const checkRaised = async (batch: Batch, step: Step): Promise<void> => {
  const table = tableOfType(batch, step);
  if (!table) return;
  const decisions = tableOfType(batch, 'decision');
  const imported = decisions
    ? rowsName(decisions)
    : '(select null::uuid as id, null::timestamptz as raised_at where false)';
  await addProblems(batch, table, {
    row: 'r.row_no',
    column: 'at',
    value: toMinute('r.at'),
    code: 'order.backwards',
    message: `format('A decision cannot be ${HAPPENED[step]} (%s) before it was raised (%s). Correct one of the two.', ${toMinute('r.at')}, ${toMinute('d.raised_at')})`,
    from: `from ${rowsName(table)} r left join ${imported} n on n.id = r.decision_id left join decisions t on t.id = r.decision_id
        cross join lateral (select case when n.id is null then t.raised_at else n.raised_at end as raised_at) d
      where r.action <> 'unchanged' and r.at < d.raised_at`,
  });
};

/** Rows of reopenings of decisions that the import does not hold beside them, against when they are stored as taken. */
const checkReopenings = async (batch: Batch): Promise<void> => {
  const table = tableOfType(batch, 'decision_reopening');
  if (!table) return;
  const decisions = tableOfType(batch, 'decision');
  const isTold = decisions ? `exists (select from ${rowsName(decisions)} n where n.id = r.decision_id)` : 'false';
  await addProblems(batch, table, {
    row: 'r.row_no',
    column: 'at',
    value: toMinute('r.at'),
    code: 'order.backwards',
    message: `format('A decision that is taken (%s) cannot be opened again after that (%s): clear its decided_at in the same import, or open it again on its page.', ${toMinute('t.decided_at')}, ${toMinute('r.at')})`,
    from: `from ${rowsName(table)} r join decisions t on t.id = r.decision_id
      where r.action <> 'unchanged' and t.decided_at < r.at and not ${isTold}`,
  });
};
