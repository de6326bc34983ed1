import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The columns that every record has. */
const record = (table: string) => `
  id uuid not null default new_id(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz,
  constraint ${table}_id_pk primary key (id)`;

const code = (table: string) => `
  code text not null,
  constraint ${table}_code_ck check (length(code) between 1 and 64 and code !~ '[:[:cntrl:]]')`;

const uniqueCode = (table: string) => `create unique index ${table}_code_uq on ${table} (lower(code));`;

const refer = (table: string, column: string, target: string) =>
  `constraint ${table}_${column}_fk foreign key (${column}) references ${target} (id)`;

const among = (table: string, column: string, ...values: string[]) =>
  `constraint ${table}_${column}_ck check (${column} in (${values.map((value) => `'${value}'`).join(', ')}))`;

/** Months are stored as their first day. */
const firstDay = (table: string, column: string) =>
  `constraint ${table}_${column}_ck check (extract(day from ${column}) = 1 and isfinite(${column}))`;

const finite = (table: string, column: string) => `constraint ${table}_${column}_ck check (isfinite(${column}))`;

/** numeric accepts NaN, and one NaN spoils every sum. */
const number = (table: string, column: string) => `constraint ${table}_${column}_ck check (${column} <> 'NaN')`;

const between = (table: string, column: string, low: number, high: number) =>
  `constraint ${table}_${column}_ck check (${column} between ${low} and ${high})`;

const period = (table: string, column: string) =>
  `constraint ${table}_${column}_ck check (${column} ~ '^[0-9]{4}-Q[1-4]$')`;

const natural = (table: string, column: string) => `constraint ${table}_${column}_ck check (${column} >= 0)`;

/** The tables of the import format, one a record type, and the people's rights on them. */
export class Records1763700000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table org_units (${record('org_units')}, ${code('org_units')},
        name text not null,
        parent_id uuid,
        ${refer('org_units', 'parent_id', 'org_units')},
        constraint org_units_parent_id_ck check (parent_id <> id)
      );
      ${uniqueCode('org_units')}
      create index org_units_parent_id_ix on org_units (parent_id);

      create table portfolios (${record('portfolios')}, ${code('portfolios')},
        name text not null,
        manager_email text
      );
      ${uniqueCode('portfolios')}

      create table user_roles (
        id uuid not null default new_id(),
        user_id uuid not null,
        role text not null,
        portfolio_id uuid,
        org_unit_id uuid,
        constraint user_roles_id_pk primary key (id),
        ${refer('user_roles', 'user_id', 'users')},
        ${refer('user_roles', 'portfolio_id', 'portfolios')},
        ${refer('user_roles', 'org_unit_id', 'org_units')},
        ${among('user_roles', 'role', 'admin', 'cio', 'portfolio_manager', 'finance', 'stakeholder')},
        constraint user_roles_portfolio_id_ck check ((role = 'portfolio_manager') = (portfolio_id is not null)),
        constraint user_roles_org_unit_id_ck check ((role = 'stakeholder') = (org_unit_id is not null)),
        constraint user_roles_user_id_role_portfolio_id_org_unit_id_uq unique nulls not distinct (user_id, role, portfolio_id, org_unit_id)
      );

      create table priorities (${record('priorities')}, ${code('priorities')},
        name text not null,
        description text
      );
      ${uniqueCode('priorities')}

      create table priority_rankings (${record('priority_rankings')},
        period text not null,
        priority_id uuid not null,
        rank integer,
        rationale text,
        ${refer('priority_rankings', 'priority_id', 'priorities')},
        ${period('priority_rankings', 'period')},
        constraint priority_rankings_rank_ck check (rank >= 1),
        constraint priority_rankings_period_priority_id_uq unique (period, priority_id)
      );

      create table forums (${record('forums')}, ${code('forums')},
        name text not null,
        level integer,
        decides text[],
        scope text,
        ${between('forums', 'level', 1, 5)},
        constraint forums_decides_ck check (decides <@ array['priority', 'funding', 'scope', 'architecture', 'risk', 'strategic', 'other'])
      );
      ${uniqueCode('forums')}

      create table exchange_rates (${record('exchange_rates')},
        currency text not null,
        month date not null,
        rate numeric(20,10) not null,
        constraint exchange_rates_currency_ck check (currency ~ '^[A-Z]{3}$'),
        ${firstDay('exchange_rates', 'month')},
        constraint exchange_rates_rate_ck check (rate > 0 and rate <> 'NaN'),
        constraint exchange_rates_currency_month_uq unique (currency, month)
      );

      create table investments (${record('investments')}, ${code('investments')},
        name text not null,
        description text,
        portfolio_id uuid,
        org_unit_id uuid,
        owner_email text,
        category text,
        priority_id uuid,
        currency text,
        start_month date,
        end_month date,
        status text,
        ${refer('investments', 'portfolio_id', 'portfolios')},
        ${refer('investments', 'org_unit_id', 'org_units')},
        ${refer('investments', 'priority_id', 'priorities')},
        ${among('investments', 'category', 'run', 'grow', 'transform')},
        ${among('investments', 'status', 'proposed', 'approved', 'active', 'closed', 'stopped')},
        constraint investments_currency_ck check (currency ~ '^[A-Z]{3}$'),
        ${firstDay('investments', 'start_month')},
        ${firstDay('investments', 'end_month')},
        constraint investments_start_month_end_month_ck check (end_month >= start_month)
      );
      ${uniqueCode('investments')}
      create index investments_portfolio_id_ix on investments (portfolio_id);
      create index investments_org_unit_id_ix on investments (org_unit_id);

      create table investment_costs (${record('investment_costs')},
        investment_id uuid not null,
        month date not null,
        kind text not null,
        planned numeric(20,4),
        actual numeric(20,4),
        ${refer('investment_costs', 'investment_id', 'investments')},
        ${firstDay('investment_costs', 'month')},
        ${among('investment_costs', 'kind', 'capex', 'opex', 'skills')},
        ${number('investment_costs', 'planned')},
        ${number('investment_costs', 'actual')},
        constraint investment_costs_investment_id_month_kind_uq unique (investment_id, month, kind)
      );

      create table initiatives (${record('initiatives')}, ${code('initiatives')},
        name text not null,
        description text,
        portfolio_id uuid,
        org_unit_id uuid,
        owner_email text,
        delivery text,
        status text,
        start_date date,
        planned_end_date date,
        end_date date,
        duplicate_of_id uuid,
        ${refer('initiatives', 'portfolio_id', 'portfolios')},
        ${refer('initiatives', 'org_unit_id', 'org_units')},
        ${refer('initiatives', 'duplicate_of_id', 'initiatives')},
        ${among('initiatives', 'delivery', 'product', 'project', 'platform')},
        ${among('initiatives', 'status', 'proposed', 'active', 'delivered', 'cancelled')},
        ${finite('initiatives', 'start_date')},
        ${finite('initiatives', 'planned_end_date')},
        ${finite('initiatives', 'end_date')},
        constraint initiatives_start_date_planned_end_date_ck check (planned_end_date >= start_date),
        constraint initiatives_start_date_end_date_ck check (end_date >= start_date),
        constraint initiatives_duplicate_of_id_ck check (duplicate_of_id <> id)
      );
      ${uniqueCode('initiatives')}
      create index initiatives_portfolio_id_ix on initiatives (portfolio_id);

      create table capabilities (${record('capabilities')}, ${code('capabilities')},
        name text not null,
        parent_id uuid,
        org_unit_id uuid,
        owner_email text,
        priority_id uuid,
        strategic boolean,
        target_maturity numeric(2,1),
        ${refer('capabilities', 'parent_id', 'capabilities')},
        ${refer('capabilities', 'org_unit_id', 'org_units')},
        ${refer('capabilities', 'priority_id', 'priorities')},
        constraint capabilities_parent_id_ck check (parent_id <> id),
        ${between('capabilities', 'target_maturity', 0, 5)}
      );
      ${uniqueCode('capabilities')}
      create index capabilities_parent_id_ix on capabilities (parent_id);

      create table maturity_assessments (${record('maturity_assessments')},
        capability_id uuid not null,
        assessed_on date not null,
        level numeric(2,1),
        assessor_email text,
        evidence text,
        ${refer('maturity_assessments', 'capability_id', 'capabilities')},
        ${finite('maturity_assessments', 'assessed_on')},
        ${between('maturity_assessments', 'level', 0, 5)},
        constraint maturity_assessments_capability_id_assessed_on_uq unique (capability_id, assessed_on)
      );

      create table competencies (${record('competencies')}, ${code('competencies')},
        as_of date not null,
        name text not null,
        capability_id uuid,
        required_fte numeric(20,4),
        available_fte numeric(20,4),
        ${refer('competencies', 'capability_id', 'capabilities')},
        ${finite('competencies', 'as_of')},
        constraint competencies_required_fte_ck check (required_fte >= 0 and required_fte <> 'NaN'),
        constraint competencies_available_fte_ck check (available_fte >= 0 and available_fte <> 'NaN')
      );
      create unique index competencies_code_as_of_uq on competencies (lower(code), as_of);

      create table outcomes (${record('outcomes')}, ${code('outcomes')},
        name text not null,
        type text,
        org_unit_id uuid,
        owner_email text,
        priority_id uuid,
        unit text,
        baseline numeric(20,4),
        target numeric(20,4),
        target_date date,
        better text,
        ${refer('outcomes', 'org_unit_id', 'org_units')},
        ${refer('outcomes', 'priority_id', 'priorities')},
        ${among('outcomes', 'type', 'revenue', 'cost', 'risk', 'experience')},
        ${among('outcomes', 'better', 'higher', 'lower')},
        ${number('outcomes', 'baseline')},
        ${number('outcomes', 'target')},
        ${finite('outcomes', 'target_date')}
      );
      ${uniqueCode('outcomes')}
      create index outcomes_org_unit_id_ix on outcomes (org_unit_id);

      create table outcome_measurements (${record('outcome_measurements')},
        outcome_id uuid not null,
        measured_on date not null,
        value numeric(20,4),
        evidence text,
        ${refer('outcome_measurements', 'outcome_id', 'outcomes')},
        ${finite('outcome_measurements', 'measured_on')},
        ${number('outcome_measurements', 'value')},
        constraint outcome_measurements_outcome_id_measured_on_uq unique (outcome_id, measured_on)
      );

      create table benefits (${record('benefits')}, ${code('benefits')},
        name text not null,
        type text,
        nature text,
        portfolio_id uuid,
        org_unit_id uuid,
        owner_email text,
        currency text,
        unit text,
        aggregation text,
        better text,
        baseline numeric(20,4),
        approved_on date,
        declared_status text,
        declared_note text,
        ${refer('benefits', 'portfolio_id', 'portfolios')},
        ${refer('benefits', 'org_unit_id', 'org_units')},
        ${among('benefits', 'type', 'revenue', 'cost', 'risk', 'experience')},
        ${among('benefits', 'nature', 'cashable', 'non_cashable', 'non_financial')},
        constraint benefits_currency_ck check (currency ~ '^[A-Z]{3}$'),
        ${among('benefits', 'aggregation', 'sum', 'average', 'latest')},
        ${among('benefits', 'better', 'higher', 'lower')},
        ${number('benefits', 'baseline')},
        ${finite('benefits', 'approved_on')},
        ${among('benefits', 'declared_status', 'on_track', 'at_risk', 'off_track', 'unmeasured', 'not_due')}
      );
      ${uniqueCode('benefits')}
      create index benefits_portfolio_id_ix on benefits (portfolio_id);
      create index benefits_org_unit_id_ix on benefits (org_unit_id);

      -- One row is one benefit in one month. The confirmation keeps the amount, currency and version that it was given for.
      create table benefit_values (${record('benefit_values')},
        benefit_id uuid not null,
        month date not null,
        planned numeric(20,4),
        forecast numeric(20,4),
        realised numeric(20,4),
        evidence text,
        reported_by text,
        confirmed_by text,
        confirmed_at timestamptz,
        confirmed_amount numeric(20,4),
        confirmed_currency text,
        confirmed_version integer,
        confirmed_how text,
        first_planned_at timestamptz,
        changed_by text not null,
        reason text,
        import_id uuid,
        ${refer('benefit_values', 'benefit_id', 'benefits')},
        ${refer('benefit_values', 'import_id', 'imports')},
        ${firstDay('benefit_values', 'month')},
        ${number('benefit_values', 'planned')},
        ${number('benefit_values', 'forecast')},
        ${number('benefit_values', 'realised')},
        ${among('benefit_values', 'confirmed_how', 'person', 'attestation')},
        constraint benefit_values_reported_by_ck check ((realised is null) = (reported_by is null)),
        constraint benefit_values_confirmed_by_reported_by_ck check (confirmed_by <> reported_by),
        constraint benefit_values_confirmed_amount_ck check (
          (confirmed_by is null and confirmed_at is null and confirmed_amount is null and confirmed_version is null and confirmed_how is null)
          or (confirmed_by is not null and confirmed_at is not null and confirmed_version is not null and confirmed_how is not null
              and realised is not null and confirmed_amount is not null and confirmed_amount = realised)),
        constraint benefit_values_benefit_id_month_uq unique (benefit_id, month)
      );

      -- Every state that a value ever had, oldest first by version. Written by trigger, never changed.
      create table benefit_value_revisions (
        benefit_value_id uuid not null,
        version integer not null,
        planned numeric(20,4),
        forecast numeric(20,4),
        realised numeric(20,4),
        evidence text,
        reported_by text,
        confirmed_by text,
        confirmed_amount numeric(20,4),
        archived boolean not null,
        changed_by text not null,
        changed_at timestamptz not null,
        reason text,
        import_id uuid,
        constraint benefit_value_revisions_benefit_value_id_version_pk primary key (benefit_value_id, version),
        ${refer('benefit_value_revisions', 'benefit_value_id', 'benefit_values')}
      );

      -- Every confirmation, rejection and withdrawal ever made. Written by trigger and by finance, never changed.
      create table confirmations (
        id uuid not null default new_id(),
        benefit_value_id uuid not null,
        verdict text not null,
        amount numeric(20,4) not null,
        currency text,
        value_version integer not null,
        by_email text not null,
        at timestamptz not null,
        note text,
        constraint confirmations_id_pk primary key (id),
        ${refer('confirmations', 'benefit_value_id', 'benefit_values')},
        ${among('confirmations', 'verdict', 'confirmed', 'attested', 'rejected', 'withdrawn')}
      );
      create index confirmations_benefit_value_id_ix on confirmations (benefit_value_id);

      -- The records that a link may join, whatever their type. Filled by trigger.
      create table chain_nodes (
        type text not null,
        id uuid not null,
        constraint chain_nodes_type_id_pk primary key (type, id),
        ${among('chain_nodes', 'type', 'investment', 'initiative', 'capability', 'outcome', 'benefit')}
      );

      create table links (${record('links')},
        from_type text not null,
        from_id uuid not null,
        to_type text not null,
        to_id uuid not null,
        allocation numeric(5,2),
        contribution numeric(5,2),
        rationale text,
        constraint links_from_type_from_id_fk foreign key (from_type, from_id) references chain_nodes (type, id),
        constraint links_to_type_to_id_fk foreign key (to_type, to_id) references chain_nodes (type, id),
        constraint links_from_type_to_type_ck check ((from_type, to_type) in (('investment', 'initiative'), ('initiative', 'capability'),
          ('capability', 'outcome'), ('outcome', 'benefit'))),
        ${between('links', 'allocation', 0, 100)},
        ${between('links', 'contribution', 0, 100)},
        constraint links_from_id_to_id_uq unique (from_id, to_id)
      );
      create index links_to_id_ix on links (to_id);

      create table corrective_actions (${record('corrective_actions')}, ${code('corrective_actions')},
        benefit_id uuid,
        title text,
        owner_email text,
        due_on date,
        done_on date,
        effect text,
        ${refer('corrective_actions', 'benefit_id', 'benefits')},
        ${finite('corrective_actions', 'due_on')},
        ${finite('corrective_actions', 'done_on')}
      );
      ${uniqueCode('corrective_actions')}
      create index corrective_actions_benefit_id_ix on corrective_actions (benefit_id);

      create table decisions (${record('decisions')}, ${code('decisions')},
        title text,
        kind text,
        forum_id uuid,
        raised_at timestamptz,
        needed_by date,
        decided_at timestamptz,
        intended_level integer,
        decided_level integer,
        outcome text,
        trade_off text,
        rationale text,
        reopened integer,
        it_involved text,
        about_type text,
        about_id uuid,
        ${refer('decisions', 'forum_id', 'forums')},
        constraint decisions_about_type_about_id_fk foreign key (about_type, about_id) references chain_nodes (type, id),
        constraint decisions_about_id_ck check ((about_type is null) = (about_id is null)),
        ${among('decisions', 'kind', 'priority', 'funding', 'scope', 'architecture', 'risk', 'strategic', 'other')},
        ${among('decisions', 'outcome', 'approved', 'declined', 'deferred')},
        ${among('decisions', 'it_involved', 'before', 'during', 'after', 'no')},
        ${between('decisions', 'intended_level', 1, 5)},
        ${between('decisions', 'decided_level', 1, 5)},
        ${natural('decisions', 'reopened')},
        ${finite('decisions', 'raised_at')},
        ${finite('decisions', 'needed_by')},
        ${finite('decisions', 'decided_at')},
        constraint decisions_raised_at_decided_at_ck check (decided_at >= raised_at)
      );
      ${uniqueCode('decisions')}

      create table decision_escalations (${record('decision_escalations')},
        decision_id uuid not null,
        at timestamptz not null,
        from_level integer,
        to_level integer,
        reason text,
        ${refer('decision_escalations', 'decision_id', 'decisions')},
        ${finite('decision_escalations', 'at')},
        ${between('decision_escalations', 'from_level', 1, 5)},
        ${between('decision_escalations', 'to_level', 1, 5)},
        constraint decision_escalations_decision_id_at_uq unique (decision_id, at)
      );

      create table stages (${record('stages')}, ${code('stages')},
        name text not null,
        position integer,
        kind text,
        ${natural('stages', 'position')},
        ${among('stages', 'kind', 'waiting', 'active', 'done', 'cancelled')}
      );
      ${uniqueCode('stages')}

      create table work_items (${record('work_items')}, ${code('work_items')},
        title text,
        type text,
        initiative_id uuid,
        depends_on uuid[],
        ${refer('work_items', 'initiative_id', 'initiatives')},
        ${among('work_items', 'type', 'feature', 'defect', 'change', 'incident', 'task')},
        constraint work_items_depends_on_ck check (not id = any (depends_on))
      );
      ${uniqueCode('work_items')}
      create index work_items_initiative_id_ix on work_items (initiative_id);

      -- recorded_seq keeps the order of transitions that happen at the same instant.
      create table work_item_transitions (${record('work_item_transitions')},
        work_item_id uuid not null,
        at timestamptz not null,
        stage_id uuid not null,
        team text,
        recorded_seq bigint generated always as identity,
        ${refer('work_item_transitions', 'work_item_id', 'work_items')},
        ${refer('work_item_transitions', 'stage_id', 'stages')},
        ${finite('work_item_transitions', 'at')},
        constraint work_item_transitions_work_item_id_at_stage_id_uq unique (work_item_id, at, stage_id)
      );

      create table services (${record('services')}, ${code('services')},
        name text not null,
        org_unit_id uuid,
        owner_email text,
        ${refer('services', 'org_unit_id', 'org_units')}
      );
      ${uniqueCode('services')}

      create table service_months (${record('service_months')},
        service_id uuid not null,
        month date not null,
        agreed_minutes bigint,
        downtime_minutes bigint,
        requests bigint,
        requests_within_target bigint,
        changes bigint,
        failed_changes bigint,
        incidents bigint,
        ${refer('service_months', 'service_id', 'services')},
        ${firstDay('service_months', 'month')},
        ${[
          'agreed_minutes',
          'downtime_minutes',
          'requests',
          'requests_within_target',
          'changes',
          'failed_changes',
          'incidents',
        ]
          .map((column) => natural('service_months', column))
          .join(', ')},
        constraint service_months_service_id_month_uq unique (service_id, month)
      );

      create table surveys (${record('surveys')}, ${code('surveys')},
        period text not null,
        name text not null,
        invited integer,
        ${period('surveys', 'period')},
        ${natural('surveys', 'invited')}
      );
      ${uniqueCode('surveys')}

      create table survey_responses (${record('survey_responses')},
        survey_id uuid not null,
        respondent text not null,
        org_unit_id uuid,
        answered_at timestamptz,
        satisfaction integer,
        responsiveness integer,
        effectiveness integer,
        trust integer,
        enabling integer,
        recommend integer,
        comment text,
        ${refer('survey_responses', 'survey_id', 'surveys')},
        ${refer('survey_responses', 'org_unit_id', 'org_units')},
        constraint survey_responses_respondent_ck check (respondent ~ '^sha256:[0-9a-f]{64}$'),
        ${finite('survey_responses', 'answered_at')},
        ${['satisfaction', 'responsiveness', 'effectiveness', 'trust', 'enabling']
          .map((column) => between('survey_responses', column, 1, 5))
          .join(', ')},
        ${between('survey_responses', 'recommend', 0, 10)},
        constraint survey_responses_survey_id_respondent_uq unique (survey_id, respondent)
      );

      create table indicators (${record('indicators')}, ${code('indicators')},
        name text not null,
        family text,
        unit text,
        better text,
        serves_type text,
        serves_id uuid,
        constraint indicators_serves_type_serves_id_fk foreign key (serves_type, serves_id) references chain_nodes (type, id),
        constraint indicators_serves_id_ck check ((serves_type is null) = (serves_id is null)),
        ${among('indicators', 'serves_type', 'outcome', 'capability')},
        ${among('indicators', 'family', 'alignment', 'decision', 'flow', 'capability', 'outcome', 'efficiency', 'quality', 'stakeholder')},
        ${among('indicators', 'better', 'higher', 'lower')}
      );
      ${uniqueCode('indicators')}

      create table indicator_values (${record('indicator_values')},
        indicator_id uuid not null,
        month date not null,
        value numeric(20,4),
        ${refer('indicator_values', 'indicator_id', 'indicators')},
        ${firstDay('indicator_values', 'month')},
        ${number('indicator_values', 'value')},
        constraint indicator_values_indicator_id_month_uq unique (indicator_id, month)
      );

      create table metric_targets (${record('metric_targets')},
        metric_id text not null,
        from_period text not null,
        target numeric(20,4),
        amber numeric(20,4),
        ${period('metric_targets', 'from_period')},
        ${number('metric_targets', 'target')},
        ${number('metric_targets', 'amber')},
        constraint metric_targets_metric_id_from_period_uq unique (metric_id, from_period)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table metric_targets, indicator_values, indicators, survey_responses, surveys, service_months, services,
        work_item_transitions, work_items, stages, decision_escalations, decisions, corrective_actions, links, chain_nodes,
        confirmations, benefit_value_revisions, benefit_values, benefits, outcome_measurements, outcomes, competencies,
        maturity_assessments, capabilities, initiatives, investment_costs, investments, exchange_rates, forums,
        priority_rankings, priorities, user_roles, portfolios, org_units
    `);
  }
}
