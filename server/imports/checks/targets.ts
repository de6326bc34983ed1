import { knownMetric, METRICS } from '../../core/metrics/catalogue.js';
import { NO_PRIORITY } from '../../core/metrics/money.js';
import { amberBeyond, targetProblems } from '../../core/target.js';
import { tableOfType, type Batch } from '../batch.js';
import { rowsName, stagedName } from '../import-tables.js';
import { addProblem, addProblems } from '../problems.js';
import { wereRead } from '../staging.js';

/** Writes the names of metrics and own indicators in a table of targets as these are spelled. Call it before rows are resolved. */
export const spellTargets = async (batch: Batch): Promise<void> => {
  const targets = tableOfType(batch, 'metric_target');
  if (!targets) return;
  const indicators = tableOfType(batch, 'indicator');
  const names = `select unnest($1::text[]) as name union all select code from indicators
    ${
      indicators
        ? `union all select min(s.code) from ${stagedName(indicators)} s where not exists (
      select 1 from indicators i where lower(i.code) = lower(s.code)) and s.code is not null group by lower(s.code)`
        : ''
    }`;
  await batch.connection.query(
    `update ${stagedName(targets)} s set metric_id = k.name from (${names}) k
     where lower(k.name) = lower(s.metric_id) and k.name <> s.metric_id`,
    [METRICS.map(({ id }) => id)],
  );
};

interface Row {
  row: number;
  metricId: string;
  target: string | null;
  amber: string | null;
  code: string | null;
  better: 'higher' | 'lower' | null;
}

/** Targets of what is not there or of what it cannot be, and amber that means nothing or lies beyond its target. What is stored already is left alone. */
export const checkTargets = async (batch: Batch): Promise<void> => {
  const targets = tableOfType(batch, 'metric_target');
  if (!targets) return;
  const indicators = tableOfType(batch, 'indicator');
  const own = `select lower(i.code) as code_l, i.code, i.better from indicators i where i.archived_at is null
    ${
      indicators
        ? `and not exists (select 1 from ${rowsName(indicators)} r where r.id = i.id)
           union all select lower(r.code), r.code, r.better from ${rowsName(indicators)} r`
        : ''
    }`;
  const rows = await batch.connection.query<Row>(
    `select r.row_no as row, r.metric_id as "metricId", trim_scale(r.target)::text as target, trim_scale(r.amber)::text as amber, i.code, i.better
     from ${rowsName(targets)} r join ${stagedName(targets)} s on s.row_no = r.row_no
       left join (${own}) i on i.code_l = lower(r.metric_id)
     where r.action <> 'unchanged' and ${wereRead('s', 'metric_id', 'target', 'amber')}`,
  );
  for (const { row, metricId, code, better, ...amounts } of rows) {
    const of = knownMetric(metricId) ?? (code === null ? null : { better });
    for (const found of targetProblems(metricId, of, amounts)) {
      const column = found.field === 'metricId' ? 'metric_id' : found.field;
      const value = found.field === 'metricId' ? metricId : amounts[found.field];
      await addProblem(batch, targets, { row, column, value, code: found.code, message: found.message });
    }
  }
};

interface TurnedRow {
  row: number;
  code: string;
  better: 'higher' | 'lower';
  from: string;
  target: string | null;
  amber: string | null;
}

/** An indicator whose better way turns keeps amber of its stored targets on the near side, but for those that the import changes, too. */
export const checkTurns = async (batch: Batch): Promise<void> => {
  const indicators = tableOfType(batch, 'indicator');
  if (!indicators) return;
  const targets = tableOfType(batch, 'metric_target');
  const rows = await batch.connection.query<TurnedRow>(
    `select r.row_no as row, r.code, r.better, m.from_period as "from", trim_scale(m.target)::text as target, trim_scale(m.amber)::text as amber
     from ${rowsName(indicators)} r join indicators t on t.id = r.id and t.better is distinct from r.better
       join metric_targets m on lower(m.metric_id) = lower(r.code) and m.archived_at is null
     where r.better is not null
       ${targets ? `and not exists (select 1 from ${rowsName(targets)} n where n.id = m.id and n.action <> 'unchanged')` : ''}
     order by r.row_no, m.from_period`,
  );
  for (const { row, code, better, from, target, amber } of rows) {
    if (targetProblems(code, { better }, { target, amber }).length === 0) continue;
    const message = amberBeyond(better, [{ from, target, amber }]);
    await addProblem(batch, indicators, { row, column: 'better', value: better, code: 'target.amber_beyond', message });
  }
};

/** Codes that mean something else already; a record that has one keeps it. */
export const checkReservedCodes = async (batch: Batch): Promise<void> => {
  const reserved = [
    ['indicator', METRICS.map(({ id }) => id), 'the id of a metric'],
    ['priority', [NO_PRIORITY], 'the word for spend without a priority'],
  ] as const;
  for (const [type, codes, meaning] of reserved) {
    const table = tableOfType(batch, type);
    if (!table) continue;
    await addProblems(
      batch,
      table,
      {
        row: 'r.row_no',
        column: 'code',
        value: 'r.code',
        code: 'code.reserved',
        message: `format('"%s" is ${meaning}. Choose another code.', r.code)`,
        from: `from ${rowsName(table)} r where r.action = 'created' and lower(r.code) = any ($1::text[])`,
      },
      [codes],
    );
  }
};
