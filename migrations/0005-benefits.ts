import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What benefits need to be entered, proven, confirmed and acted upon: plan versions, evidence, assumptions, results of corrective
 * actions; entries that can be undone; saved views, scenarios, reminders, and the columns of foreign spreadsheets.
 */
export class Benefits1763700000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table benefits add column conversion text, add column baseline_at timestamptz, add column approval_stored_at timestamptz;
      comment on column benefits.baseline_at is 'The plan in force at this instant is the baseline plan; set by the approval, once.';
      comment on column benefits.approval_stored_at is 'When the approval behind baseline_at was recorded, which may be long after its day.';
      alter table confirmations add column unit text;
      comment on column confirmations.unit is 'The own unit of the benefit in which it was said, where the amount was in no currency.';
      alter table corrective_actions add column effect_amount numeric(20,4), add column result text,
        add constraint corrective_actions_effect_amount_ck check (effect_amount <> 'NaN');
      alter table benefit_values add column replanned boolean not null default false;
      comment on column benefit_values.replanned is 'The plan of this month is not the first that was stored for it: look into its revisions.';

      -- Months up to locked_through change only with a reason; the values of a month are due on that day of the next one.
      alter table settings add column locked_through date, add column values_due_day integer not null default 15,
        add constraint settings_locked_through_ck check (extract(day from locked_through) = 1 and isfinite(locked_through)),
        add constraint settings_values_due_day_ck check (values_due_day between 1 and 28);

      -- When the first plan of a benefit was stored; empty again where the import that brought it is reverted, unless an approval has fixed it since.
      create table plan_starts (
        benefit_id uuid not null,
        at timestamptz,
        constraint plan_starts_benefit_id_pk primary key (benefit_id),
        constraint plan_starts_benefit_id_fk foreign key (benefit_id) references benefits (id)
      );

      create table assumptions (
        id uuid not null default new_id(),
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        archived_at timestamptz,
        code text not null,
        benefit_id uuid,
        statement text,
        owner_email text,
        status text,
        review_on date,
        constraint assumptions_id_pk primary key (id),
        constraint assumptions_code_ck check (length(code) between 1 and 64 and code !~ '[:[:cntrl:]]'),
        constraint assumptions_benefit_id_fk foreign key (benefit_id) references benefits (id),
        constraint assumptions_status_ck check (status in ('open', 'holds', 'broken')),
        constraint assumptions_review_on_ck check (isfinite(review_on))
      );
      create unique index assumptions_code_uq on assumptions (lower(code));
      create index assumptions_benefit_id_ix on assumptions (benefit_id);
      create trigger assumptions_version before update on assumptions for each row execute function refuse_stale_version();

      -- What proves realised values: a text, a link or a file, for one month, for several, or for the benefit as a whole (no month: proves none).
      create table evidence_items (
        id uuid not null default new_id(),
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        archived_at timestamptz,
        benefit_id uuid not null,
        kind text not null,
        title text not null,
        note text,
        url text,
        from_month date,
        to_month date,
        expires_on date,
        added_by text not null,
        file_name text,
        media_type text,
        byte_count integer,
        sha256 text,
        constraint evidence_items_id_pk primary key (id),
        constraint evidence_items_benefit_id_fk foreign key (benefit_id) references benefits (id),
        constraint evidence_items_kind_ck check (
          (kind = 'text' and note is not null and url is null and file_name is null) or
          (kind = 'link' and url is not null and file_name is null) or
          (kind = 'file' and url is null and file_name is not null and media_type is not null and byte_count is not null and sha256 is not null)),
        constraint evidence_items_byte_count_ck check (byte_count between 1 and 10485760),
        constraint evidence_items_from_month_ck check (extract(day from from_month) = 1 and isfinite(from_month)),
        constraint evidence_items_to_month_ck check (extract(day from to_month) = 1 and isfinite(to_month) and to_month >= from_month),
        constraint evidence_items_months_ck check ((from_month is null) = (to_month is null)),
        constraint evidence_items_expires_on_ck check (isfinite(expires_on))
      );
      create index evidence_items_benefit_id_ix on evidence_items (benefit_id) where archived_at is null;
      create unique index evidence_items_benefit_id_sha256_uq on evidence_items (benefit_id, sha256) where archived_at is null;
      create trigger evidence_items_version before update on evidence_items for each row execute function refuse_stale_version();

      -- Files lie apart, so that no list reads them; written once, and kept when their item is archived.
      create table evidence_files (
        evidence_item_id uuid not null,
        content bytea not null,
        constraint evidence_files_evidence_item_id_pk primary key (evidence_item_id),
        constraint evidence_files_evidence_item_id_fk foreign key (evidence_item_id) references evidence_items (id),
        constraint evidence_files_content_ck check (octet_length(content) between 1 and 10485760)
      );
      alter table evidence_files alter column content set storage external;
      create trigger evidence_files_append_only before update or delete or truncate on evidence_files
        for each statement execute function refuse_change();

      -- A saved entry of many cells, as it was before and after: its receipt, by which it can be taken back.
      create table value_entries (
        id uuid not null,
        user_id uuid not null,
        user_email text not null,
        created_at timestamptz not null,
        reason text,
        request_hash text not null,
        cell_count integer not null,
        benefit_count integer not null,
        cells jsonb not null,
        undone_at timestamptz,
        undone_by text,
        constraint value_entries_id_pk primary key (id),
        constraint value_entries_user_id_fk foreign key (user_id) references users (id),
        constraint value_entries_undone_by_ck check ((undone_at is null) = (undone_by is null))
      );
      create index value_entries_user_id_ix on value_entries (user_id, created_at desc);

      create table saved_views (
        id uuid not null default new_id(),
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        archived_at timestamptz,
        user_id uuid not null,
        page text not null,
        name text not null,
        search text not null,
        shared boolean not null default false,
        constraint saved_views_id_pk primary key (id),
        constraint saved_views_user_id_fk foreign key (user_id) references users (id),
        constraint saved_views_name_ck check (length(name) between 1 and 80),
        constraint saved_views_search_ck check (length(search) <= 2000)
      );
      create unique index saved_views_name_uq on saved_views (user_id, page, lower(name)) where archived_at is null;
      create trigger saved_views_version before update on saved_views for each row execute function refuse_stale_version();

      -- What-if: changes that are computed with, and never touch a record.
      create table scenarios (
        id uuid not null default new_id(),
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        archived_at timestamptz,
        user_id uuid not null,
        owner_email text not null,
        name text not null,
        note text,
        shared boolean not null default false,
        changes jsonb not null default '[]',
        constraint scenarios_id_pk primary key (id),
        constraint scenarios_user_id_fk foreign key (user_id) references users (id),
        constraint scenarios_name_ck check (length(name) between 1 and 120)
      );
      create index scenarios_user_id_ix on scenarios (user_id);
      create trigger scenarios_version before update on scenarios for each row execute function refuse_stale_version();

      create table reminder_settings (
        user_id uuid not null,
        digest text not null default 'off',
        -- The day for which a digest was sent or found empty: no process sends one for it again.
        digest_day date,
        digest_tries integer not null default 0,
        digest_retry_at timestamptz,
        digest_sent_at timestamptz,
        digest_failed_at timestamptz,
        digest_error text,
        feed_hash text,
        feed_made_at timestamptz,
        constraint reminder_settings_user_id_pk primary key (user_id),
        constraint reminder_settings_user_id_fk foreign key (user_id) references users (id),
        constraint reminder_settings_digest_ck check (digest in ('off', 'daily', 'weekly')),
        constraint reminder_settings_digest_day_ck check (isfinite(digest_day)),
        constraint reminder_settings_digest_error_ck check ((digest_error is null) = (digest_failed_at is null)),
        constraint reminder_settings_feed_ck check ((feed_hash is null) = (feed_made_at is null))
      );
      create unique index reminder_settings_feed_hash_uq on reminder_settings (feed_hash);

      create table import_mappings (
        id uuid not null default new_id(),
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        archived_at timestamptz,
        user_id uuid not null,
        user_email text not null,
        name text not null,
        headers text[] not null,
        mapping jsonb not null,
        constraint import_mappings_id_pk primary key (id),
        constraint import_mappings_user_id_fk foreign key (user_id) references users (id),
        constraint import_mappings_name_ck check (length(name) between 1 and 120)
      );
      create unique index import_mappings_name_uq on import_mappings (user_id, lower(name)) where archived_at is null;
      create trigger import_mappings_version before update on import_mappings for each row execute function refuse_stale_version();

      alter table imports add column mapping jsonb, add column preview jsonb;

      -- Foreign files while their columns are being matched: kept for a day, in pieces, for who uploaded them.
      create table import_sources (
        id uuid not null default new_id(),
        created_at timestamptz not null,
        expires_at timestamptz not null,
        user_id uuid not null,
        file_names text[] not null,
        file_bytes integer[] not null,
        constraint import_sources_id_pk primary key (id),
        constraint import_sources_user_id_fk foreign key (user_id) references users (id),
        constraint import_sources_file_bytes_ck check (cardinality(file_bytes) = cardinality(file_names))
      );
      create index import_sources_user_id_ix on import_sources (user_id);
      create index import_sources_expires_at_ix on import_sources (expires_at);
      create table import_source_parts (
        source_id uuid not null,
        file_no integer not null,
        part_no integer not null,
        bytes bytea not null,
        constraint import_source_parts_source_id_file_no_part_no_pk primary key (source_id, file_no, part_no),
        constraint import_source_parts_source_id_fk foreign key (source_id) references import_sources (id) on delete cascade
      );
    `);

    await runner.query(`
      create index benefits_baseline_at_ix on benefits (baseline_at);
      -- The approval fixes the baseline plan: the plan in force when the day of the approval is over, or now where it is given today.
      -- Once that instant has come it stays, whatever becomes of the day. An archived benefit has no plan left that could be fixed.
      create function fix_baseline() returns trigger language plpgsql as $$
      declare day_over timestamptz; zone text;
      begin
        if new.archived_at is not null then
          new.baseline_at := null;
        elsif tg_op = 'UPDATE' and old.baseline_at is not null and old.baseline_at <= new.updated_at then
          new.baseline_at := old.baseline_at;
        elsif new.approved_on is null then
          new.baseline_at := null;
        else
          select reporting_time_zone into zone from settings;
          day_over := (new.approved_on + 1)::timestamp at time zone coalesce(zone, 'UTC');
          new.baseline_at := case when new.approved_on = (new.updated_at at time zone coalesce(zone, 'UTC'))::date then new.updated_at else day_over end;
        end if;
        new.approval_stored_at := case when new.baseline_at is null then null
          when tg_op = 'UPDATE' and new.baseline_at is not distinct from old.baseline_at then old.approval_stored_at else new.updated_at end;
        return new;
      end $$;
      create trigger benefits_baseline before insert or update on benefits for each row execute function fix_baseline();

      -- first_planned_at goes back only where an import is reverted: what it brought was never planned. What is archived is confirmed no more:
      -- brought back, even with the same amount, it is another claim.
      create or replace function follow_benefit_value() returns trigger language plpgsql as $$
      begin
        if new.archived_at is not null then
          new.first_planned_at := null;
        elsif new.planned is not null and new.first_planned_at is null then
          new.first_planned_at := new.updated_at;
        elsif tg_op = 'UPDATE' and new.planned is distinct from old.planned and new.first_planned_at < new.updated_at then
          new.replanned := true;
        end if;
        if new.first_planned_at is null then new.replanned := false; end if;
        if new.archived_at is not null or tg_op = 'UPDATE' and old.confirmed_by is not null and new.realised is distinct from old.realised
           and new.confirmed_version is not distinct from old.confirmed_version then
          new.confirmed_by := null; new.confirmed_at := null; new.confirmed_amount := null;
          new.confirmed_currency := null; new.confirmed_version := null; new.confirmed_how := null;
        end if;
        return new;
      end $$;

      -- After the first plan of an approved benefit a plan changes with a reason, or by an import, which is one.
      create function refuse_silent_replan(benefits uuid[]) returns void language plpgsql as $$
      declare broken text;
      begin
        select b.code into broken from unnest(benefits) as changed (id) join benefits b on b.id = changed.id limit 1;
        if broken is not null then
          raise exception using errcode = 'TL422', constraint = 'benefit_values_replan_reason_ck',
            message = format('%s is approved: its plan changes only with a reason.', broken);
        end if;
      end $$;

      create function start_plan() returns trigger language plpgsql as $$
      begin
        insert into plan_starts as s (benefit_id, at)
          select benefit_id, min(first_planned_at) from changed where first_planned_at is not null group by benefit_id
          on conflict (benefit_id) do update set at = excluded.at where s.at is null;
        perform refuse_silent_replan(array(
          select n.benefit_id from changed n join benefits b on b.id = n.benefit_id join plan_starts s on s.benefit_id = b.id
            where n.planned is not null and n.archived_at is null and n.import_id is null and coalesce(n.reason, '') = ''
              and b.baseline_at <= n.updated_at and s.at < n.updated_at));
        return null;
      end $$;
      create trigger benefit_values_plan_insert after insert on benefit_values referencing new table as changed
        for each statement execute function start_plan();

      create function follow_plan() returns trigger language plpgsql as $$
      begin
        insert into plan_starts as s (benefit_id, at)
          select n.benefit_id, min(n.first_planned_at) from changed n where n.first_planned_at is not null group by n.benefit_id
          on conflict (benefit_id) do update set at = excluded.at where s.at is null;
        perform refuse_silent_replan(array(
          select n.benefit_id from changed n join former o on o.id = n.id join benefits b on b.id = n.benefit_id
            join plan_starts s on s.benefit_id = b.id
            where case when n.archived_at is null then n.planned end is distinct from case when o.archived_at is null then o.planned end
              and (n.import_id is null or n.import_id is not distinct from o.import_id) and coalesce(n.reason, '') = ''
              and b.baseline_at <= n.updated_at and s.at < n.updated_at));
        update plan_starts s set at = (select min(v.first_planned_at) from benefit_values v where v.benefit_id = s.benefit_id)
          where s.benefit_id in (select n.benefit_id from changed n join former o on o.id = n.id
            where n.first_planned_at is null and o.first_planned_at is not null);
        return null;
      end $$;
      create trigger benefit_values_plan_update after update on benefit_values referencing new table as changed old table as former
        for each statement execute function follow_plan();

      -- What stands in a locked month changes only with a reason, or by an import, which is one. The settings are held until the transaction
      -- ends, so that no month is locked between this look and the commit.
      create function refuse_locked(benefit uuid, locked_month date) returns void language plpgsql as $$
      begin
        raise exception using errcode = 'TL422', constraint = 'benefit_values_locked_ck',
          message = format('%s is locked: values of %s change in it only with a reason.', to_char(locked_month, 'YYYY-MM'),
            (select code from benefits where id = benefit));
      end $$;
      create function keep_locked_insert() returns trigger language plpgsql as $$
      declare locked date; broken record;
      begin
        select locked_through into locked from settings for share;
        select n.benefit_id, n.month into broken from changed n
          where n.month <= locked and n.import_id is null and coalesce(n.reason, '') = '' and n.archived_at is null
            and num_nonnulls(n.planned, n.forecast, n.realised, n.evidence) > 0 limit 1;
        if found then perform refuse_locked(broken.benefit_id, broken.month); end if;
        return null;
      end $$;
      create trigger benefit_values_locked_insert after insert on benefit_values referencing new table as changed
        for each statement execute function keep_locked_insert();
      create function keep_locked_update() returns trigger language plpgsql as $$
      declare locked date; broken record;
      begin
        select locked_through into locked from settings for share;
        select n.benefit_id, n.month into broken from changed n join former o on o.id = n.id
          where n.month <= locked and (n.import_id is null or n.import_id is not distinct from o.import_id) and coalesce(n.reason, '') = ''
            and (n.planned, n.forecast, n.realised, n.evidence, n.archived_at is null)
              is distinct from (o.planned, o.forecast, o.realised, o.evidence, o.archived_at is null) limit 1;
        if found then perform refuse_locked(broken.benefit_id, broken.month); end if;
        return null;
      end $$;
      create trigger benefit_values_locked_update after update on benefit_values referencing new table as changed old table as former
        for each statement execute function keep_locked_update();

      -- What is in no currency is in the unit of its benefit, which may be another once it is confirmed no more: it stays with the verdict.
      create or replace function keep_confirmation() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT' then
          insert into confirmations (benefit_value_id, verdict, amount, currency, unit, value_version, by_email, at)
            select n.id, case n.confirmed_how when 'person' then 'confirmed' else 'attested' end, n.confirmed_amount, n.confirmed_currency,
                case when n.confirmed_currency is null then b.unit end, n.confirmed_version, n.confirmed_by, n.confirmed_at
              from changed n join benefits b on b.id = n.benefit_id where n.confirmed_by is not null;
        end if;
        return null;
      end $$;

      -- A confirmation is given for an amount in a currency, or in an own unit: neither can change under it.
      create or replace function refuse_currency_of_confirmed() returns trigger language plpgsql as $$
      declare what text; said text;
      begin
        if new.currency is distinct from old.currency then
          what := 'currency'; said := coalesce(old.currency, 'no currency');
        elsif new.currency is null and new.unit is distinct from old.unit then
          what := 'unit'; said := coalesce(old.unit, 'no unit');
        end if;
        if what is not null and exists (
            select 1 from benefit_values where benefit_id = new.id and confirmed_by is not null and archived_at is null) then
          raise exception using errcode = 'TL409', constraint = format('benefits_%s_confirmed_ck', what),
            message = format('The %s of %s cannot change while values of it are confirmed in %s.', what, new.code, said);
        end if;
        return new;
      end $$;

      -- The note of whoever confirmed, and the reason of the change that withdrew it, stay with the verdict.
      create or replace function keep_confirmation_change() returns trigger language plpgsql as $$
      begin
        insert into confirmations (benefit_value_id, verdict, amount, currency, unit, value_version, by_email, at, note)
          select n.id, case n.confirmed_how when 'person' then 'confirmed' else 'attested' end, n.confirmed_amount, n.confirmed_currency,
              case when n.confirmed_currency is null then b.unit end, n.confirmed_version, n.confirmed_by, n.confirmed_at,
              case n.confirmed_how when 'person' then n.reason end
            from changed n join former o on o.id = n.id join benefits b on b.id = n.benefit_id
            where n.confirmed_by is not null and n.confirmed_version is distinct from o.confirmed_version
          union all
          select n.id, 'withdrawn', o.confirmed_amount, o.confirmed_currency, case when o.confirmed_currency is null then b.unit end, n.version,
              n.changed_by, n.updated_at, n.reason
            from changed n join former o on o.id = n.id join benefits b on b.id = n.benefit_id
            where o.confirmed_by is not null and n.confirmed_by is null;
        return null;
      end $$;

      -- Items that prove months: the one place that says so. An item without months proves none, and one counts to the end of its last day.
      create view proving_items as
        select id, benefit_id, from_month, to_month, coalesce(expires_on, 'infinity') as until
        from evidence_items where archived_at is null and from_month is not null;

      -- Values with the last day on which they are evidenced: by their own text for ever, else by an item of their month; null where nothing proves them.
      create view values_with_evidence as
        select v.*, case when v.evidence <> '' then 'infinity'
            else (select max(i.until) from proving_items i where i.benefit_id = v.benefit_id and v.month between i.from_month and i.to_month)
          end as evidenced_until
        from benefit_values v where v.archived_at is null;

      -- Values with the baseline plan of their month: the plan in force at the approval, the first plan stored where that came later; the plan
      -- as it is where nothing is approved, or the approval is to come.
      create view values_with_baseline as
        select v.id, v.benefit_id, v.month, v.planned, v.forecast, v.realised, v.evidence, v.evidenced_until, v.confirmed_amount, v.confirmed_by,
          b.baseline_at,
          case
            when b.baseline_at is null or not v.replanned and v.first_planned_at <= greatest(b.baseline_at, s.at) then v.planned
            when v.first_planned_at is null or v.first_planned_at > greatest(b.baseline_at, s.at) then null
            else (select r.planned from benefit_value_revisions r
              where r.benefit_value_id = v.id and r.changed_at <= greatest(b.baseline_at, s.at) order by r.version desc limit 1)
          end as baseline_planned
        from values_with_evidence v join benefits b on b.id = v.benefit_id left join plan_starts s on s.benefit_id = b.id;
    `);

    // What is stored already: by its revisions. What people see of it does not change, so neither do versions.
    await runner.query(`
      insert into plan_starts (benefit_id, at)
        select benefit_id, min(first_planned_at) from benefit_values where first_planned_at is not null and archived_at is null group by benefit_id;
      insert into confirmations (benefit_value_id, verdict, amount, currency, value_version, by_email, at, note)
        select id, 'withdrawn', confirmed_amount, confirmed_currency, version, changed_by, updated_at, reason
          from benefit_values where archived_at is not null and confirmed_by is not null;
      alter table benefit_values disable trigger user;
      update benefit_values set confirmed_by = null, confirmed_at = null, confirmed_amount = null, confirmed_currency = null,
          confirmed_version = null, confirmed_how = null
        where archived_at is not null and confirmed_by is not null;
      update benefit_values set first_planned_at = null where archived_at is not null and first_planned_at is not null;
      update benefit_values v set replanned = true
        where archived_at is null and exists (select 1 from benefit_value_revisions r where r.benefit_value_id = v.id and r.changed_at >= v.first_planned_at
          and r.planned is distinct from v.planned);
      alter table benefit_values enable trigger user;
      alter table confirmations disable trigger user;
      update confirmations c set unit = b.unit from benefit_values v join benefits b on b.id = v.benefit_id
        where v.id = c.benefit_value_id and c.currency is null and b.unit is not null;
      alter table confirmations enable trigger user;
      alter table benefits disable trigger user;
      update benefits b set approval_stored_at = b.updated_at, baseline_at = case when b.approved_on = (b.created_at at time zone s.reporting_time_zone)::date
          then b.created_at else (b.approved_on + 1)::timestamp at time zone s.reporting_time_zone end
        from settings s where b.approved_on is not null and b.archived_at is null;
      alter table benefits enable trigger user;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view values_with_baseline;
      drop view values_with_evidence;
      drop view proving_items;
      drop trigger benefit_values_plan_update on benefit_values;
      drop function follow_plan();
      drop trigger benefit_values_plan_insert on benefit_values;
      drop function start_plan();
      drop function refuse_silent_replan(uuid[]);
      drop trigger benefit_values_locked_update on benefit_values;
      drop function keep_locked_update();
      drop trigger benefit_values_locked_insert on benefit_values;
      drop function keep_locked_insert();
      drop function refuse_locked(uuid, date);
      drop trigger benefits_baseline on benefits;
      drop function fix_baseline();
      create or replace function follow_benefit_value() returns trigger language plpgsql as $$
      begin
        if new.planned is not null and new.first_planned_at is null then new.first_planned_at := new.updated_at; end if;
        if tg_op = 'UPDATE' and old.confirmed_by is not null and new.realised is distinct from old.realised
           and new.confirmed_version is not distinct from old.confirmed_version then
          new.confirmed_by := null; new.confirmed_at := null; new.confirmed_amount := null;
          new.confirmed_currency := null; new.confirmed_version := null; new.confirmed_how := null;
        end if;
        return new;
      end $$;
      create or replace function refuse_currency_of_confirmed() returns trigger language plpgsql as $$
      begin
        if new.currency is distinct from old.currency and exists (
            select 1 from benefit_values where benefit_id = new.id and confirmed_by is not null and archived_at is null) then
          raise exception using errcode = 'TL409', constraint = 'benefits_currency_confirmed_ck',
            message = format('The currency of %s cannot change while values of it are confirmed in %s.', new.code, coalesce(old.currency, 'no currency'));
        end if;
        return new;
      end $$;
      create or replace function keep_confirmation() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT' then
          insert into confirmations (benefit_value_id, verdict, amount, currency, value_version, by_email, at)
            select id, case confirmed_how when 'person' then 'confirmed' else 'attested' end, confirmed_amount, confirmed_currency,
              confirmed_version, confirmed_by, confirmed_at from changed where confirmed_by is not null;
        end if;
        return null;
      end $$;
      create or replace function keep_confirmation_change() returns trigger language plpgsql as $$
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
      drop table import_source_parts, import_sources;
      alter table imports drop column mapping, drop column preview;
      drop table import_mappings, reminder_settings, scenarios, saved_views, value_entries, evidence_files, evidence_items, assumptions, plan_starts;
      alter table benefit_values drop column replanned;
      alter table corrective_actions drop column effect_amount, drop column result;
      alter table settings drop column locked_through, drop column values_due_day;
      alter table benefits drop column conversion, drop column baseline_at, drop column approval_stored_at;
      alter table confirmations drop column unit;
    `);
  }
}
