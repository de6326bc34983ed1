import { canonicalJson } from '../../server/audit/write.js';
import type { ReviewState } from '../../server/contract/review.js';
import { type Api, sha256 } from './harness.js';
import { sampleReview } from './review-document.js';

/** A stored review as far as tests ask for it. */
export interface StoredReview {
  id: string;
  /** Canonical JSON as it is stored, and its SHA-256. */
  document: string;
  sha256: string;
}

interface Given {
  period: string;
  revision?: number;
  state: ReviewState;
  /** Id of the review that it corrects. */
  supersedes?: string;
  /** Superseded without ever having been published. */
  unpublished?: boolean;
  /** As many rows of the table of all benefits are listed on pages; all of them where it is not said. */
  listed?: number;
}

/** Stores the sample review as a review of the quarter, in as many steps as the product needs for its state. Frozen at the time of the clock. */
export const storeReview = async (api: Api, given: Given): Promise<StoredReview> => {
  const { period, revision = 1, state, supersedes = null, unpublished = false, listed } = given;
  const now = api.clock.now().toISOString();
  const [{ id } = { id: '' }] = await api.sql<{ id: string }>(
    `insert into reviews (id, period, revision, supersedes_id, created_at, created_by, updated_at)
     values (gen_random_uuid(), $1, $2, $3, $4, 'cio@tests.example', $4) returning id`,
    [period, revision, supersedes, now],
  );
  const { document: sample } = sampleReview();
  const review = { ...sample.review, period, revision, periodName: period.replace('-', ' ') };
  const frozen = { at: now, by: 'cio@tests.example', reason: null, seq: 1, head: '0'.repeat(64) };
  if (listed !== undefined) sample.sections.find(({ id }) => id === 'appendix')!.tables[0]!.listed = listed;
  const document = canonicalJson({ ...sample, review, frozen });
  const stored = { id, document, sha256: sha256(document) };
  if (state === 'draft') return stored;
  await api.sql(
    `update reviews set state = 'frozen', document = $2, sha256 = $3, frozen_at = $4, frozen_by = 'cio@tests.example', version = version + 1
     where id = $1`,
    [id, document, stored.sha256, now],
  );
  if (state === 'published' || (state === 'superseded' && !unpublished))
    await api.sql(
      `update reviews set state = 'published', published_at = $2, published_by = 'cio@tests.example', version = version + 1 where id = $1`,
      [id, now],
    );
  if (state === 'superseded') await supersede(api, id);
  return stored;
};

/** As its correction would, without one: the database refuses that, so its guard is taken away meanwhile. */
export const supersede = async (api: Api, id: string): Promise<void> =>
  void (await api.sql(
    `alter table reviews disable trigger reviews_frozen;
     update reviews set state = 'superseded', version = version + 1 where id = '${id}';
     alter table reviews enable trigger reviews_frozen`,
  ));
