import { RECORDS, type Declaration } from '../contract/records.js';
import type { Better } from '../contract/metric.js';
import { knownMetric } from '../core/metrics/catalogue.js';
import { targetProblems } from '../core/target.js';
import type { ProblemError } from '../http/problem.js';
import type { LongConnection } from './connection.js';
import { before, isOf, isOutside } from './revert-state.js';

const { indicator, metric_target: target } = RECORDS;

/** Live records of a type as they would stand after the revert; `reverted`: the import had written them. Blank amber without a target, as stored now. */
const after = (declaration: Declaration, columns: (alias: string) => string): string => `
  select ${columns('t')}, false as reverted from ${declaration.table} t where t.archived_at is null and ${isOutside(declaration, 't')}
  union all
  select ${columns('p')}, true from ${before(declaration)} where ${isOf(declaration)} and p.id is not null and p.archived_at is null`;

interface Row {
  metricId: string;
  from: string;
  target: string | null;
  amber: string | null;
  code: string | null;
  better: Better | null;
}

/**
 * Targets that the form and an import would refuse beside what they are of, as both would stand after the revert.
 * @param declaration whose records are taken back: indicators, or targets beside an indicator that stays
 */
export const targetsBeyond = async (
  connection: LongConnection,
  importId: string,
  declaration: Declaration,
  most: number,
): Promise<ProblemError[]> => {
  const rows = await connection.query<Row>(
    `with indicators_after as (${after(indicator, (alias) => `${alias}.code, ${alias}.better`)}),
       targets_after as (${after(
         target,
         (alias) =>
           `${alias}.metric_id, ${alias}.from_period, ${alias}.target, case when ${alias}.target is not null then ${alias}.amber end as amber`,
       )})
     select m.metric_id as "metricId", m.from_period as "from", trim_scale(m.target)::text as target, trim_scale(m.amber)::text as amber, i.code, i.better
     from targets_after m left join indicators_after i on lower(i.code) = lower(m.metric_id)
     where ${declaration.type === 'indicator' ? 'i.reverted' : 'm.reverted and i.reverted is not true'} order by 1, 2`,
    [importId],
  );
  return rows
    .flatMap(({ metricId, from, code, better, ...amounts }) => {
      const of = knownMetric(metricId) ?? (code === null ? null : { better });
      return targetProblems(metricId, of, amounts).map(({ code: problem, message }) => ({
        pointer: `metric_target:${metricId} ${from}`,
        code: problem,
        message: `The target of ${metricId} from ${from} would not hold after it. ${message} Change that target or the indicator first, or keep the import.`,
      }));
    })
    .slice(0, most);
};
