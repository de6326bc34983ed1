import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What every later table stands on: ids, people and their sessions, settings, the audit chain, data versions, idempotency keys and imports.
 */
export class Foundation1763700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // PostgreSQL 18 makes UUIDv7 itself; from 15 on the same bits are put together by hand (RFC 9562 §5.7).
    await runner.query(`
      do $$ begin
        if current_setting('server_version_num')::int >= 180000 then
          create function new_id() returns uuid language sql volatile as 'select uuidv7()';
        else
          create function new_id() returns uuid language sql volatile as $f$
            select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
              placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
              from 1 for 6), 52, 1), 53, 1), 'hex')::uuid $f$;
        end if;
      end $$`);

    await runner.query(`
      create table users (
        id uuid not null default new_id(),
        version integer not null default 1,
        email text not null,
        name text not null,
        password_hash text,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        archived_at timestamptz,
        constraint users_id_pk primary key (id),
        constraint users_email_ck check (email = lower(email) and email like '%_@_%')
      );
      create unique index users_email_uq on users (email);

      create table sessions (
        id uuid not null default new_id(),
        user_id uuid not null,
        token_hash bytea not null,
        created_at timestamptz not null,
        last_used_at timestamptz not null,
        expires_at timestamptz not null,
        constraint sessions_id_pk primary key (id),
        constraint sessions_token_hash_uq unique (token_hash),
        constraint sessions_user_id_fk foreign key (user_id) references users (id)
      );
      create index sessions_user_id_ix on sessions (user_id);

      create table api_tokens (
        id uuid not null default new_id(),
        user_id uuid not null,
        name text not null,
        token_hash bytea not null,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        last_used_at timestamptz,
        revoked_at timestamptz,
        constraint api_tokens_id_pk primary key (id),
        constraint api_tokens_token_hash_uq unique (token_hash),
        constraint api_tokens_user_id_fk foreign key (user_id) references users (id)
      );
      create index api_tokens_user_id_ix on api_tokens (user_id);

      -- Password checks by account, so that guessing is slowed in every process alike.
      create table sign_in_attempts (
        id uuid not null default new_id(),
        account_hash bytea not null,
        at timestamptz not null,
        constraint sign_in_attempts_id_pk primary key (id)
      );
      create index sign_in_attempts_account_hash_at_ix on sign_in_attempts (account_hash, at);

      create table settings (
        id integer not null default 1,
        version integer not null default 1,
        reporting_currency text not null,
        reporting_time_zone text not null,
        fiscal_year_start_month integer not null,
        discount_rate numeric(6,4) not null default 0.08,
        on_track_from numeric(6,4) not null default 0.95,
        at_risk_from numeric(6,4) not null default 0.80,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint settings_id_pk primary key (id),
        constraint settings_id_ck check (id = 1),
        constraint settings_reporting_currency_ck check (reporting_currency ~ '^[A-Z]{3}$'),
        constraint settings_fiscal_year_start_month_ck check (fiscal_year_start_month between 1 and 12),
        constraint settings_on_track_from_ck check (on_track_from >= at_risk_from)
      );

      -- One row a portfolio and one, 'enterprise', for links, settings and all that has no portfolio.
      create table data_versions (
        scope text not null,
        version bigint not null default 1,
        constraint data_versions_scope_pk primary key (scope)
      );
      insert into data_versions (scope) values ('enterprise');

      create table idempotency_keys (
        user_id uuid not null,
        key text not null,
        request_hash bytea not null,
        created_at timestamptz not null,
        status integer,
        headers jsonb,
        body text,
        constraint idempotency_keys_user_id_key_pk primary key (user_id, key),
        constraint idempotency_keys_user_id_fk foreign key (user_id) references users (id),
        constraint idempotency_keys_key_ck check (length(key) between 1 and 200)
      );

      create table imports (
        id uuid not null,
        status text not null,
        file_names text[] not null,
        file_hash text not null,
        file_bytes bigint not null,
        dry_run boolean not null,
        on_problem text not null,
        user_id uuid not null,
        user_email text not null,
        created_at timestamptz not null,
        finished_at timestamptz,
        tables jsonb not null default '[]',
        problems jsonb not null default '[]',
        problem_count integer not null default 0,
        reverted_at timestamptz,
        reverted_by text,
        constraint imports_id_pk primary key (id),
        constraint imports_user_id_fk foreign key (user_id) references users (id),
        constraint imports_status_ck check (status in ('running', 'committed', 'rejected', 'dry_run', 'cancelled', 'failed', 'reverted')),
        constraint imports_on_problem_ck check (on_problem in ('reject', 'skip'))
      );
      create index imports_created_at_ix on imports (created_at desc);

      -- One row is one record that an import created, changed or brought back, with what it was before.
      create table import_changes (
        import_id uuid not null,
        table_name text not null,
        record_id uuid not null,
        action text not null,
        version_after integer not null,
        before jsonb,
        constraint import_changes_import_id_table_name_record_id_pk primary key (import_id, table_name, record_id),
        constraint import_changes_import_id_fk foreign key (import_id) references imports (id),
        constraint import_changes_action_ck check (action in ('created', 'restored', 'updated'))
      );

      -- One row is one row of a file that an import with onProblem=skip left out, as it stood in the file.
      create table import_rejects (
        import_id uuid not null,
        table_name text not null,
        row_number integer not null,
        header text[] not null,
        cells text[] not null,
        error text not null,
        constraint import_rejects_import_id_table_name_row_number_pk primary key (import_id, table_name, row_number),
        constraint import_rejects_import_id_fk foreign key (import_id) references imports (id)
      );
    `);

    // The audit chain. What is searched is generated from the canonical text, so that it cannot differ from what was hashed.
    await runner.query(`
      create table audit_events (
        seq bigint not null,
        canonical text not null,
        prev_hash bytea not null,
        hash bytea not null,
        at text generated always as (canonical::jsonb ->> 'at') stored,
        actor text generated always as (canonical::jsonb ->> 'actor') stored,
        action text generated always as (canonical::jsonb ->> 'action') stored,
        object_type text generated always as (canonical::jsonb ->> 'objectType') stored,
        object_id text generated always as (canonical::jsonb ->> 'objectId') stored,
        constraint audit_events_seq_pk primary key (seq)
      );
      create index audit_events_object_type_object_id_ix on audit_events (object_type, object_id, seq);

      create table audit_head (
        id integer not null default 1,
        seq bigint not null,
        hash bytea not null,
        constraint audit_head_id_pk primary key (id),
        constraint audit_head_id_ck check (id = 1)
      );
      insert into audit_head (seq, hash) values (0, decode(repeat('00', 32), 'hex'));

      -- Runs with the owner's rights: the API can append to the chain and can do nothing else to it.
      create function append_audit_event(event text) returns bigint
        language plpgsql security definer set search_path = public, pg_temp as $$
      declare head audit_head%rowtype; next_hash bytea;
      begin
        select * into strict head from audit_head where id = 1 for update;
        next_hash := sha256(head.hash || convert_to((head.seq + 1)::text || E'\\n' || event, 'UTF8'));
        insert into audit_events (seq, canonical, prev_hash, hash) values (head.seq + 1, event, head.hash, next_hash);
        update audit_head set seq = head.seq + 1, hash = next_hash where id = 1;
        return head.seq + 1;
      end $$;

      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception using errcode = 'TL409', message = format('Rows of %s are written once and never changed.', tg_table_name);
      end $$;
      create trigger audit_events_append_only before update or delete or truncate on audit_events
        for each statement execute function refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table import_rejects, import_changes, imports, idempotency_keys, data_versions, settings, sign_in_attempts,
        api_tokens, sessions, users, audit_events, audit_head;
      drop function append_audit_event(text);
      drop function refuse_change();
      drop function new_id();
    `);
  }
}
