import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The quarterly value review: what was frozen stays as it was, whoever asks the database to change it. */
export class Reviews1763700000023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reviews (
        id uuid constraint reviews_pk primary key,
        version integer not null default 1,
        period text not null constraint reviews_period_ck check (period ~ '^[0-9]{4}-Q[1-4]$'),
        revision integer not null constraint reviews_revision_ck check (revision > 0),
        state text not null default 'draft' constraint reviews_state_ck check (state in ('draft', 'frozen', 'published', 'superseded')),
        supersedes_id uuid constraint reviews_supersedes_id_fk references reviews (id),
        purpose text not null default 'decision' constraint reviews_purpose_ck check (purpose in ('decision', 'assurance', 'information')),
        classification text not null default 'internal' constraint reviews_classification_ck check (classification in ('public', 'internal', 'confidential')),
        recommendations jsonb not null default '[]',
        -- Sentences that somebody wrote, by section; what stands here for no section is told by rule.
        narrative jsonb not null default '{}',
        document text,
        sha256 text constraint reviews_sha256_ck check (sha256 ~ '^[0-9a-f]{64}$'),
        created_at timestamptz not null,
        created_by text not null,
        updated_at timestamptz not null,
        frozen_at timestamptz,
        frozen_by text,
        published_at timestamptz,
        published_by text,
        constraint reviews_period_revision_uq unique (period, revision),
        constraint reviews_state_document_ck check ((state = 'draft') = (document is null)),
        constraint reviews_document_sha256_ck check ((document is null) = (sha256 is null)),
        constraint reviews_document_frozen_at_ck check ((document is null) = (frozen_at is null)),
        constraint reviews_state_published_at_ck check (state <> 'published' or published_at is not null)
      );
      create unique index reviews_one_draft_uq on reviews (period) where state = 'draft';
      create unique index reviews_supersedes_uq on reviews (supersedes_id);
      comment on table reviews is 'Quarterly value reviews: a draft is worked out anew each time, a frozen one is its document.';
      comment on column reviews.version is 'Counts changes, for If-Match.';
      comment on column reviews.period is 'Fiscal quarter.';
      comment on column reviews.revision is 'The first review of a quarter is 1; a correction is the next.';
      comment on column reviews.supersedes_id is 'The review that this one corrects.';
      comment on column reviews.purpose is 'What the review is for.';
      comment on column reviews.classification is 'Who may see what is handed out; printed on each page.';
      comment on column reviews.recommendations is 'At most three.';
      comment on column reviews.document is 'Canonical JSON as frozen: all that is ever shown, printed or handed out of it.';
      comment on column reviews.sha256 is 'Of the document; also in the event of the audit that froze it, and on every page.';

      create table review_records (
        review_id uuid not null constraint review_records_review_id_fk references reviews (id),
        figure text not null,
        records text not null,
        sha256 text not null constraint review_records_sha256_ck check (sha256 ~ '^[0-9a-f]{64}$'),
        constraint review_records_pk primary key (review_id, figure)
      );
      comment on table review_records is 'Records behind the figures of a frozen review, as they were.';
      comment on column review_records.figure is 'Key of the figure in the document, which holds the hash, too.';
      comment on column review_records.records is 'Canonical JSON: a list of records.';

      create table review_actions (
        id uuid constraint review_actions_pk primary key,
        version integer not null default 1,
        -- Only a draft goes away, once what was recorded with it was taken back.
        review_id uuid not null constraint review_actions_review_id_fk references reviews (id) on delete cascade,
        kind text not null constraint review_actions_kind_ck check (kind in ('decision', 'action')),
        text text not null,
        owner text,
        due_on date,
        outcome text not null default 'open' constraint review_actions_outcome_ck check (outcome in ('open', 'kept', 'not_kept')),
        note text,
        created_at timestamptz not null,
        created_by text not null,
        updated_at timestamptz not null,
        archived_at timestamptz
      );
      create index review_actions_review_ix on review_actions (review_id);
      comment on table review_actions is 'What a review decided and agreed, and whether it was kept.';

      create table review_shares (
        id uuid constraint review_shares_pk primary key,
        review_id uuid not null constraint review_shares_review_id_fk references reviews (id),
        token_hash text not null constraint review_shares_token_hash_uq unique,
        passphrase_hash text,
        created_at timestamptz not null,
        created_by text not null,
        expires_at timestamptz not null,
        revoked_at timestamptz,
        revoked_by text,
        last_read_at timestamptz
      );
      create index review_shares_review_ix on review_shares (review_id);
      comment on table review_shares is 'Links by which people without an account read a published review.';
      comment on column review_shares.token_hash is 'SHA-256 of what stands in the address; the address itself is told once.';

      -- A frozen review goes on to published and superseded; nothing else of it changes, and it never goes away.
      create function keep_frozen_review() returns trigger language plpgsql as $$
      begin
        if old.state <> 'draft' and (tg_op = 'DELETE' or
          (to_jsonb(new) - '{version,state,updated_at,published_at,published_by}'::text[])
            <> (to_jsonb(old) - '{version,state,updated_at,published_at,published_by}'::text[])
          or (old.published_at is not null and (new.published_at, new.published_by) is distinct from (old.published_at, old.published_by))
          or (old.state, new.state) not in (('frozen', 'frozen'), ('frozen', 'published'), ('frozen', 'superseded'),
            ('published', 'published'), ('published', 'superseded'), ('superseded', 'superseded')))
        then
          raise exception 'review % is frozen', old.id using errcode = 'TLFRZ';
        end if;
        return case when tg_op = 'DELETE' then old else new end;
      end $$;
      create trigger reviews_frozen before update or delete on reviews for each row execute function keep_frozen_review();

      -- Records come in the transaction that freezes their review, while it is a draft still.
      create function keep_frozen_records() returns trigger language plpgsql as $$
      begin
        if tg_op <> 'INSERT' or (select state from reviews where id = new.review_id) <> 'draft' then
          raise exception 'records of review % are frozen', coalesce(old.review_id, new.review_id) using errcode = 'TLFRZ';
        end if;
        return new;
      end $$;
      create trigger review_records_frozen before insert or update or delete on review_records
        for each row execute function keep_frozen_records();
      create function refuse_truncate_of_reviews() returns trigger language plpgsql as $$
      begin
        raise exception 'reviews are frozen' using errcode = 'TLFRZ';
      end $$;
      create trigger reviews_truncate before truncate on reviews for each statement execute function refuse_truncate_of_reviews();
      create trigger review_records_truncate before truncate on review_records
        for each statement execute function refuse_truncate_of_reviews();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table review_shares, review_actions, review_records, reviews;
      drop function keep_frozen_review(), keep_frozen_records(), refuse_truncate_of_reviews();
    `);
  }
}
