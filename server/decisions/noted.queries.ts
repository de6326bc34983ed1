import type { EntityManager } from 'typeorm';
import { isPermitted, readsOwnUnitsOnly } from '../access/policy.js';
import type { Principal } from '../access/principal.js';
import type { DecisionNoted } from '../contract/decision.js';
import type { MetricId } from '../contract/metric.js';
import type { SignId } from '../contract/sign.js';
import { metricsSeenBy } from '../core/metrics/catalogue.js';
import { SIGNS } from '../core/sign-catalogue.js';
import { named } from '../database/named.js';

interface Row {
  metrics: { id: string; metric: MetricId; on: string; text: string }[];
  signs: { sign: SignId; period: string; text: string | null }[];
}

/** One row is what names one decision: annotations in order of time, comments by period. */
const NOTED = `
  select
    (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'metric', a.metric_id, 'on', a.happened_on::text, 'text', a.content)
        order by a.happened_on, a.id), '[]')
      from metric_annotations a where a.decision_id = $1 and a.archived_at is null) as metrics,
    (select coalesce(jsonb_agg(jsonb_build_object('sign', c.sign, 'period', c.period, 'text', c.content) order by c.period, c.sign), '[]')
      from sign_comments c where c.decision_id = $1) as signs`;

/** Where a decision is named, as far as this person reads metrics and signs. */
export const notedOn = async (manager: EntityManager, who: Principal, id: string): Promise<DecisionNoted> => {
  const [row] = await named<Row>(manager, 'what names a decision', NOTED, [id]);
  const { metrics, signs } = row!;
  const names = new Map(metricsSeenBy(readsOwnUnitsOnly(who)).map((metric) => [metric.id, metric.name]));
  const signNames = new Map(SIGNS.map((sign) => [sign.id, sign.name]));
  return {
    metrics: metrics.flatMap((note) => {
      const name = names.get(note.metric);
      return name === undefined ? [] : [{ ...note, name }];
    }),
    signs: isPermitted(who, 'signs.read')
      ? signs.map((comment) => ({ ...comment, name: signNames.get(comment.sign)! }))
      : [],
  };
};
