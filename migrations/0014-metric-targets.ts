import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ids of the metrics when this was written. */
const METRICS = `
  alignment.strategic_spend_share alignment.top_priority_spend_share alignment.priority_stability alignment.funding_shift
  alignment.traced_spend_share decision.time_to_decide decision.escalation_levels decision.at_intended_level_share decision.overdue_open
  decision.reopened_share flow.cycle_time flow.waiting_share flow.handoffs flow.dependencies flow.wip flow.throughput
  flow.delivery_predictability capability.strategic_maturity capability.maturity_gap capability.skills_investment
  capability.competency_coverage outcome.revenue_enabled outcome.cost_saved outcome.risk_reduced outcome.experience_improvement
  outcome.realisation_rate outcome.confirmed_share outcome.attained_share efficiency.cost_per_capability efficiency.cost_per_outcome
  efficiency.duplicate_effort_share efficiency.return_on_spend quality.availability quality.performance_attainment quality.defect_rate
  quality.rework_share quality.change_failure_rate quality.incidents_per_service_month stakeholder.satisfaction
  stakeholder.responsiveness stakeholder.effectiveness stakeholder.trust stakeholder.enabling stakeholder.nps
  stakeholder.response_rate stakeholder.strategic_involvement`;

/**
 * Targets of metrics are spelled as their metric or own indicator is, amber stands beside a target, and targets of an indicator go with
 * its code. What was stored before and cannot be mended (a metric that does not exist) stays as it is: it is shown nowhere, as before.
 */
export class MetricTargets1763700000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `update metric_targets t set version = t.version + 1, metric_id = k.name
       from (select unnest($1::text[]) as name union all
         select code from indicators where lower(code) <> all ($1::text[])) k
       where lower(k.name) = lower(t.metric_id) and k.name <> t.metric_id
         and (select count(*) from metric_targets o where lower(o.metric_id) = lower(t.metric_id) and o.from_period = t.from_period) = 1`,
      [METRICS.trim().split(/\s+/)],
    );
    await runner.query(`
      -- Amber alone meant nothing.
      update metric_targets set version = version + 1, amber = null where target is null and amber is not null;
      alter table metric_targets add constraint metric_targets_target_amber_ck check (amber is null or target is not null);

      create function rename_indicator_targets() returns trigger language plpgsql as $$
      begin
        update metric_targets t set version = t.version + 1, updated_at = new.updated_at, metric_id = new.code
        where lower(t.metric_id) = lower(old.code)
          and not exists (select 1 from metric_targets o where o.id <> t.id and o.metric_id = new.code and o.from_period = t.from_period);
        return null;
      end $$;
      create trigger indicators_rename_targets after update of code on indicators for each row
        when (old.code is distinct from new.code) execute function rename_indicator_targets();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger indicators_rename_targets on indicators;
      drop function rename_indicator_targets();
      alter table metric_targets drop constraint metric_targets_target_amber_ck;
    `);
  }
}
