import type { EntityManager } from 'typeorm';
import type { RecordType } from '../contract/columns.js';
import type { AnyRecord } from '../contract/records.js';
import { knownMetric } from '../core/metrics/catalogue.js';
import { amberBeyond, targetProblems } from '../core/target.js';
import { NO_PRIORITY } from '../core/metrics/money.js';
import { named } from '../database/named.js';
import { invalid, invalidField } from '../http/problem.js';
import { competency, maturityAssessment, type Writer } from './strength-rules.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What a record type asks of its records beyond their columns.
 *
 * @param fields as they were sent, already valid by the type's schema
 * @param before what is stored; null for a new record
 * @param writer who writes them, and when
 * @returns the fields as they are to be stored
 * @throws Problem 422
 */
type Rule = (manager: EntityManager, fields: Fields, before: AnyRecord | null, writer: Writer) => Promise<Fields>;

interface IndicatorRow {
  code: string;
  better: 'higher' | 'lower' | null;
}

/** A target is of a metric or of an own indicator that is there, in the spelling that these have, within what it can be, with amber on the near side. */
const metricTarget: Rule = async (manager, fields, before) => {
  const metricId = String(fields['metricId'] ?? before?.['metricId']);
  const metric = knownMetric(metricId);
  const [indicator] = metric
    ? []
    : await named<IndicatorRow>(
        manager,
        'indicator of a target',
        'select code, better from indicators where lower(code) = lower($1) and archived_at is null for share',
        [metricId],
      );
  const amount = (name: string): string | null =>
    ((fields[name] === undefined ? before?.[name] : fields[name]) as string | null | undefined) ?? null;
  const problems = targetProblems(metricId, metric ?? indicator ?? null, {
    target: amount('target'),
    amber: amount('amber'),
  });
  if (problems.length > 0)
    throw invalid(problems.map(({ field, code, message }) => ({ pointer: `/${field}`, code, message })));
  return fields['metricId'] === undefined ? fields : { ...fields, metricId: metric?.id ?? indicator!.code };
};

/** An indicator with the id of a metric would share its targets. One whose better way turns keeps amber on the near side of its targets. */
const indicator: Rule = async (manager, fields, before) => {
  const code = fields['code'];
  if (typeof code === 'string' && code !== before?.['code'] && knownMetric(code))
    throw invalidField('/code', 'code.reserved', `${code} is the id of a metric. Choose another code.`);
  const better = fields['better'] as IndicatorRow['better'] | undefined;
  if (better && better !== before?.['better'])
    await refuseAmberBeyond(manager, better, String(before?.['code'] ?? code));
  return fields;
};

interface StoredTarget {
  from: string;
  target: string | null;
  amber: string | null;
}

/** Whoever sets a target holds its indicator meanwhile (`metricTarget`): waited for, their target is seen here. */
const refuseAmberBeyond = async (manager: EntityManager, better: 'higher' | 'lower', code: string): Promise<void> => {
  await named(
    manager,
    'indicator that turns',
    'select 1 from indicators where lower(code) = lower($1) for no key update',
    [code],
  );
  const targets = await named<StoredTarget>(
    manager,
    'targets of an indicator that turns',
    `select from_period as "from", trim_scale(target)::text as target, trim_scale(amber)::text as amber from metric_targets
     where lower(metric_id) = lower($1) and archived_at is null order by from_period`,
    [code],
  );
  const beyond = targets.filter((target) => targetProblems(code, { better }, target).length > 0);
  if (beyond.length === 0) return;
  throw invalidField('/better', 'target.amber_beyond', amberBeyond(better, beyond));
};

/** What has no priority stands under this word among the shares of priorities. */
const priority: Rule = (_manager, fields, before) => {
  const code = fields['code'];
  if (typeof code === 'string' && code !== before?.['code'] && code.toLowerCase() === NO_PRIORITY)
    throw invalidField('/code', 'code.reserved', `"${code}" stands for spend without a priority. Choose another code.`);
  return Promise.resolve(fields);
};

const RULES: Partial<Record<RecordType, Rule>> = {
  metric_target: metricTarget,
  indicator,
  priority,
  maturity_assessment: maturityAssessment,
  competency,
};

/** The fields of a request as the rules of their type let them be stored. @throws Problem 422 */
export const ruledFields = (
  manager: EntityManager,
  type: RecordType,
  fields: Fields,
  before: AnyRecord | null,
  writer: Writer,
): Promise<Fields> => RULES[type]?.(manager, fields, before, writer) ?? Promise.resolve(fields);
