import type { MigrationInterface, QueryRunner } from 'typeorm';

const VERSIONED = [
  'users',
  'settings',
  'org_units',
  'portfolios',
  'priorities',
  'priority_rankings',
  'forums',
  'exchange_rates',
  'investments',
  'investment_costs',
  'initiatives',
  'capabilities',
  'maturity_assessments',
  'competencies',
  'outcomes',
  'outcome_measurements',
  'benefits',
  'benefit_values',
  'links',
  'corrective_actions',
  'decisions',
  'decision_escalations',
  'stages',
  'work_items',
  'work_item_transitions',
  'services',
  'service_months',
  'surveys',
  'survey_responses',
  'indicators',
  'indicator_values',
  'metric_targets',
];

const CHAIN = ['investment', 'initiative', 'capability', 'outcome', 'benefit'] as const;
const PLURAL = {
  investment: 'investments',
  initiative: 'initiatives',
  capability: 'capabilities',
  outcome: 'outcomes',
  benefit: 'benefits',
} as const;

/**
 * What the database refuses because the business refuses it. Set rules run once a statement over its changed rows, so that an import pays
 * for them once. Errors carry SQLSTATE TL422 (rule broken) or TL409 (conflict) and a sentence for the person.
 */
export class Rules1763700000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function refuse_stale_version() returns trigger language plpgsql as $$
      begin
        if new.version <= old.version then
          raise exception using errcode = 'TL409', message = format('The version of a row of %s must grow with each change.', tg_table_name);
        end if;
        return new;
      end $$;
      ${VERSIONED.map(
        (table) =>
          `create trigger ${table}_version before update on ${table} for each row execute function refuse_stale_version();`,
      ).join('\n')}

      -- Chain records enter chain_nodes by themselves; links can then refer to any of them by one foreign key.
      create function add_chain_nodes() returns trigger language plpgsql as $$
      begin
        insert into chain_nodes (type, id) select tg_argv[0], id from added;
        return null;
      end $$;
      ${CHAIN.map(
        (type) => `create trigger ${PLURAL[type]}_chain_nodes after insert on ${PLURAL[type]}
          referencing new table as added for each statement execute function add_chain_nodes('${type}');`,
      ).join('\n')}
    `);

    // Shares: both ends are locked first, so that two writers cannot each add what only one of them may.
    await runner.query(`
      create function refuse_shares_over_whole() returns trigger language plpgsql as $$
      declare broken record;
      begin
        perform 1 from chain_nodes n
          where n.id in (select from_id from changed union select to_id from changed) order by n.id for no key update;
        select n.type, n.id, sum(l.allocation) as total into broken
          from (select distinct from_type as type, from_id as id from changed) n join links l on l.from_id = n.id and l.archived_at is null
          group by n.type, n.id having sum(l.allocation) > 100 limit 1;
        if found then
          raise exception using errcode = 'TL422', constraint = 'links_allocation_sum_ck',
            message = format('The allocations of %s %s add up to %s %%; they may not exceed 100 %%. Lower one of them or leave one blank.',
              broken.type, chain_code(broken.type, broken.id), broken.total);
        end if;
        select n.type, n.id, sum(l.contribution) as total into broken
          from (select distinct to_type as type, to_id as id from changed) n join links l on l.to_id = n.id and l.archived_at is null
          group by n.type, n.id having sum(l.contribution) > 100 limit 1;
        if found then
          raise exception using errcode = 'TL422', constraint = 'links_contribution_sum_ck',
            message = format('The contributions to %s %s add up to %s %%; they may not exceed 100 %%. Lower one of them or leave one blank.',
              broken.type, chain_code(broken.type, broken.id), broken.total);
        end if;
        return null;
      end $$;

      create function chain_code(node_type text, node_id uuid) returns text language sql stable as $$
        select code from investments where node_type = 'investment' and id = node_id
        union all select code from initiatives where node_type = 'initiative' and id = node_id
        union all select code from capabilities where node_type = 'capability' and id = node_id
        union all select code from outcomes where node_type = 'outcome' and id = node_id
        union all select code from benefits where node_type = 'benefit' and id = node_id
      $$;

      -- The portfolios that a chain record lies in. Capabilities and outcomes lie in those that they are linked to, over any layer between.
      create function portfolios_of(node_type text, node_id uuid) returns uuid[] language sql stable as $$
        select coalesce(array_agg(distinct portfolio_id) filter (where portfolio_id is not null), '{}') from (
          select portfolio_id from investments where node_type = 'investment' and id = node_id
          union all select portfolio_id from initiatives where node_type = 'initiative' and id = node_id
          union all select portfolio_id from benefits where node_type = 'benefit' and id = node_id
          union all select i.portfolio_id from links l join initiatives i on i.id = l.from_id
            where node_type = 'capability' and l.to_id = node_id and l.archived_at is null
          union all select b.portfolio_id from links l join links o on o.from_id = l.to_id and o.archived_at is null join benefits b on b.id = o.to_id
            where node_type = 'capability' and l.from_id = node_id and l.archived_at is null
          union all select b.portfolio_id from links l join benefits b on b.id = l.to_id
            where node_type = 'outcome' and l.from_id = node_id and l.archived_at is null
          union all select i.portfolio_id from links l join links c on c.to_id = l.from_id and c.archived_at is null join initiatives i on i.id = c.from_id
            where node_type = 'outcome' and l.to_id = node_id and l.archived_at is null
        ) p
      $$;

      create trigger links_shares_insert after insert on links referencing new table as changed
        for each statement execute function refuse_shares_over_whole();
      create trigger links_shares_update after update on links referencing new table as changed
        for each statement execute function refuse_shares_over_whole();

      -- Trees: one writer at a time may move a node, or two moves could close a circle between them.
      create function refuse_parent_cycle() returns trigger language plpgsql as $$
      declare broken text;
      begin
        if not exists (select 1 from changed where parent_id is not null) then return null; end if;
        perform pg_advisory_xact_lock(hashtext('parent_cycle'), tg_relid::oid::int);
        execute format('
          with recursive up (start, id, parent_id) as (
            select id, id, parent_id from changed where parent_id is not null
            union
            select up.start, t.id, t.parent_id from up join %1$I t on t.id = up.parent_id)
          select t.code from up join %1$I t on t.id = up.start where up.parent_id = up.start limit 1', tg_table_name) into broken;
        if broken is not null then
          raise exception using errcode = 'TL422', constraint = tg_table_name || '_parent_id_cycle_ck',
            message = format('%s stands above itself: its parents lead back to it. Choose another parent.', broken);
        end if;
        return null;
      end $$;
      ${['org_units', 'capabilities']
        .map(
          (table) => `
          create trigger ${table}_parent_insert after insert on ${table} referencing new table as changed
            for each statement execute function refuse_parent_cycle();
          create trigger ${table}_parent_update after update on ${table} referencing new table as changed
            for each statement execute function refuse_parent_cycle();`,
        )
        .join('\n')}
    `);

    // Rates: no amount without the rate of its month. Who writes an amount share-locks its owner and the rates of its months first, so that
    // neither the currency changes nor a rate goes to the archive while the other writer looks.
    await runner.query(`
      create view amounts_without_rate as
        select 'investment_costs' as table_name, c.id, i.id as owner_id, i.code, i.currency, c.month
          from investment_costs c join investments i on i.id = c.investment_id cross join settings s
          where c.archived_at is null and i.currency <> s.reporting_currency and (c.planned is not null or c.actual is not null)
            and not exists (select 1 from exchange_rates r where r.currency = i.currency and r.month = c.month and r.archived_at is null)
        union all
        select 'benefit_values', v.id, b.id, b.code, b.currency, v.month
          from benefit_values v join benefits b on b.id = v.benefit_id cross join settings s
          where v.archived_at is null and b.currency <> s.reporting_currency and b.nature is distinct from 'non_financial'
            and (v.planned is not null or v.forecast is not null or v.realised is not null)
            and not exists (select 1 from exchange_rates r where r.currency = b.currency and r.month = v.month and r.archived_at is null);

      create function raise_missing_rate(broken_code text, broken_currency text, broken_month date) returns void language plpgsql as $$
      begin
        raise exception using errcode = 'TL422', constraint = 'exchange_rates_missing_ck',
          message = format('%s has an amount in %s for %s, and there is no exchange rate of %s for that month. Enter the rate first.',
            broken_code, broken_currency, to_char(broken_month, 'YYYY-MM'), broken_currency);
      end $$;

      create function refuse_missing_rate_of_amount() returns trigger language plpgsql as $$
      declare broken record;
      begin
        if tg_table_name = 'investment_costs' then
          perform 1 from investments where id in (select investment_id from changed) order by id for share;
          perform 1 from exchange_rates where (currency, month) in (
            select i.currency, c.month from changed c join investments i on i.id = c.investment_id) order by id for share;
        else
          perform 1 from benefits where id in (select benefit_id from changed) order by id for share;
          perform 1 from exchange_rates where (currency, month) in (
            select b.currency, v.month from changed v join benefits b on b.id = v.benefit_id) order by id for share;
        end if;
        select a.code, a.currency, a.month into broken from amounts_without_rate a
          where a.table_name = tg_table_name and a.id in (select id from changed) limit 1;
        if found then perform raise_missing_rate(broken.code, broken.currency, broken.month); end if;
        return null;
      end $$;
      create function refuse_missing_rate_of_owner() returns trigger language plpgsql as $$
      declare broken record;
      begin
        select a.code, a.currency, a.month into broken from amounts_without_rate a where a.owner_id in (select id from changed) limit 1;
        if found then perform raise_missing_rate(broken.code, broken.currency, broken.month); end if;
        return null;
      end $$;
      create function refuse_missing_rate_of_rate() returns trigger language plpgsql as $$
      declare broken record;
      begin
        select a.code, a.currency, a.month into broken from amounts_without_rate a
          where (a.currency, a.month) in (select currency, month from gone) limit 1;
        if found then perform raise_missing_rate(broken.code, broken.currency, broken.month); end if;
        return null;
      end $$;
      ${['investment_costs', 'benefit_values']
        .map(
          (table) => `
          create trigger ${table}_rate_insert after insert on ${table} referencing new table as changed
            for each statement execute function refuse_missing_rate_of_amount();
          create trigger ${table}_rate_update after update on ${table} referencing new table as changed
            for each statement execute function refuse_missing_rate_of_amount();`,
        )
        .join('\n')}
      create trigger investments_rate_update after update on investments referencing new table as changed
        for each statement execute function refuse_missing_rate_of_owner();
      create trigger benefits_rate_update after update on benefits referencing new table as changed
        for each statement execute function refuse_missing_rate_of_owner();
      create trigger exchange_rates_rate_update after update on exchange_rates referencing old table as gone
        for each statement execute function refuse_missing_rate_of_rate();

      -- Rates are quoted in the reporting currency: it cannot change under them, and it needs none itself.
      create function refuse_currency_change() returns trigger language plpgsql as $$
      declare broken record;
      begin
        if new.reporting_currency is distinct from old.reporting_currency then
          if exists (select 1 from exchange_rates where archived_at is null) then
            raise exception using errcode = 'TL409', constraint = 'settings_reporting_currency_rates_ck',
              message = 'The reporting currency cannot change while exchange rates are stored, because they are quoted in it.';
          end if;
        end if;
        return new;
      end $$;
      create trigger settings_reporting_currency before update on settings for each row execute function refuse_currency_change();
      create function refuse_missing_rate_of_settings() returns trigger language plpgsql as $$
      declare broken record;
      begin
        select a.code, a.currency, a.month into broken from amounts_without_rate a limit 1;
        if found then perform raise_missing_rate(broken.code, broken.currency, broken.month); end if;
        return null;
      end $$;
      create trigger settings_rate_update after update on settings for each row
        when (old.reporting_currency is distinct from new.reporting_currency) execute function refuse_missing_rate_of_settings();
    `);

    // Values: a correction withdraws the confirmation, and every state is kept.
    await runner.query(`
      create function follow_benefit_value() returns trigger language plpgsql as $$
      begin
        if new.planned is not null and new.first_planned_at is null then new.first_planned_at := new.updated_at; end if;
        if tg_op = 'UPDATE' and old.confirmed_by is not null and new.realised is distinct from old.realised
           and new.confirmed_version is not distinct from old.confirmed_version then
          new.confirmed_by := null; new.confirmed_at := null; new.confirmed_amount := null;
          new.confirmed_currency := null; new.confirmed_version := null; new.confirmed_how := null;
        end if;
        return new;
      end $$;
      create trigger benefit_values_follow before insert or update on benefit_values for each row execute function follow_benefit_value();

      create function keep_benefit_value() returns trigger language plpgsql as $$
      begin
        insert into benefit_value_revisions (benefit_value_id, version, planned, forecast, realised, evidence, reported_by, confirmed_by,
            confirmed_amount, archived, changed_by, changed_at, reason, import_id)
          select id, version, planned, forecast, realised, evidence, reported_by, confirmed_by, confirmed_amount, archived_at is not null,
            changed_by, updated_at, reason, import_id from changed;
        return null;
      end $$;
      create trigger benefit_values_keep_insert after insert on benefit_values referencing new table as changed
        for each statement execute function keep_benefit_value();
      create trigger benefit_values_keep_update after update on benefit_values referencing new table as changed
        for each statement execute function keep_benefit_value();

      create function keep_confirmation() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT' then
          insert into confirmations (benefit_value_id, verdict, amount, currency, value_version, by_email, at)
            select id, case confirmed_how when 'person' then 'confirmed' else 'attested' end, confirmed_amount, confirmed_currency,
              confirmed_version, confirmed_by, confirmed_at from changed where confirmed_by is not null;
        end if;
        return null;
      end $$;
      create function keep_confirmation_change() returns trigger language plpgsql as $$
      begin
        insert into confirmations (benefit_value_id, verdict, amount, currency, value_version, by_email, at)
          select n.id, case n.confirmed_how when 'person' then 'confirmed' else 'attested' end, n.confirmed_amount, n.confirmed_currency,
              n.confirmed_version, n.confirmed_by, n.confirmed_at
            from changed n join former o on o.id = n.id
            where n.confirmed_by is not null and n.confirmed_version is distinct from o.confirmed_version
          union all
          select n.id, 'withdrawn', o.confirmed_amount, o.confirmed_currency, n.version, n.changed_by, n.updated_at
            from changed n join former o on o.id = n.id
            where o.confirmed_by is not null and n.confirmed_by is null;
        return null;
      end $$;
      create trigger benefit_values_confirm_insert after insert on benefit_values referencing new table as changed
        for each statement execute function keep_confirmation();
      create trigger benefit_values_confirm_update after update on benefit_values referencing new table as changed old table as former
        for each statement execute function keep_confirmation_change();

      create trigger benefit_value_revisions_append_only before update or delete or truncate on benefit_value_revisions
        for each statement execute function refuse_change();
      create trigger confirmations_append_only before update or delete or truncate on confirmations
        for each statement execute function refuse_change();

      -- A confirmation is given for an amount in a currency: the currency cannot change under it.
      create function refuse_currency_of_confirmed() returns trigger language plpgsql as $$
      begin
        if new.currency is distinct from old.currency and exists (
            select 1 from benefit_values where benefit_id = new.id and confirmed_by is not null and archived_at is null) then
          raise exception using errcode = 'TL409', constraint = 'benefits_currency_confirmed_ck',
            message = format('The currency of %s cannot change while values of it are confirmed in %s.', new.code, coalesce(old.currency, 'no currency'));
        end if;
        return new;
      end $$;
      create trigger benefits_currency_confirmed before update on benefits for each row execute function refuse_currency_of_confirmed();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger benefits_currency_confirmed on benefits;
      drop function refuse_currency_of_confirmed();
      drop trigger confirmations_append_only on confirmations;
      drop trigger benefit_value_revisions_append_only on benefit_value_revisions;
      drop trigger benefit_values_confirm_update on benefit_values;
      drop trigger benefit_values_confirm_insert on benefit_values;
      drop function keep_confirmation_change();
      drop function keep_confirmation();
      drop trigger benefit_values_keep_update on benefit_values;
      drop trigger benefit_values_keep_insert on benefit_values;
      drop function keep_benefit_value();
      drop trigger benefit_values_follow on benefit_values;
      drop function follow_benefit_value();
      drop trigger settings_rate_update on settings;
      drop function refuse_missing_rate_of_settings();
      drop trigger settings_reporting_currency on settings;
      drop function refuse_currency_change();
      drop trigger exchange_rates_rate_update on exchange_rates;
      drop trigger benefits_rate_update on benefits;
      drop trigger investments_rate_update on investments;
      ${['investment_costs', 'benefit_values']
        .map((table) => `drop trigger ${table}_rate_insert on ${table}; drop trigger ${table}_rate_update on ${table};`)
        .join('\n')}
      drop function refuse_missing_rate_of_rate();
      drop function refuse_missing_rate_of_owner();
      drop function refuse_missing_rate_of_amount();
      drop function raise_missing_rate(text, text, date);
      drop view amounts_without_rate;
      ${['org_units', 'capabilities']
        .map(
          (table) =>
            `drop trigger ${table}_parent_insert on ${table}; drop trigger ${table}_parent_update on ${table};`,
        )
        .join('\n')}
      drop function refuse_parent_cycle();
      drop trigger links_shares_insert on links;
      drop trigger links_shares_update on links;
      drop function refuse_shares_over_whole();
      drop function portfolios_of(text, uuid);
      drop function chain_code(text, uuid);
      ${CHAIN.map((type) => `drop trigger ${PLURAL[type]}_chain_nodes on ${PLURAL[type]};`).join('\n')}
      drop function add_chain_nodes();
      ${VERSIONED.map((table) => `drop trigger ${table}_version on ${table};`).join('\n')}
      drop function refuse_stale_version();
    `);
  }
}
