import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { ReviewDocument } from '../contract/review.js';
import type { ReviewVerification } from '../contract/review-after.js';
import { sha256Of } from '../audit/sha256.js';
import { canonicalJson } from '../audit/write.js';
import { walkAuditChain } from '../audit/verify.js';
import { named } from '../database/named.js';
import { Problem } from '../http/problem.js';
import { documentText, foundReview, keptRow, recordTexts, type ReviewRow } from './stored.queries.js';

type Finding = ReviewVerification['findings'][number];
interface Event {
  seq: number;
  action: string;
  after: Record<string, unknown> | null;
}

const EVENTS = `select seq::int, action, canonical::jsonb -> 'after' as after from audit_events
  where object_type = 'review' and object_id = $1 order by seq`;

/** Holds a frozen review against its hashes, and these against the audit. */
@Injectable()
export class VerifyService {
  constructor(private readonly source: DataSource) {}

  /** @throws Problem 404, 409 for a draft */
  verify(ref: string): Promise<ReviewVerification> {
    return this.source.transaction('REPEATABLE READ', (manager) => this.verified(manager, ref));
  }

  /** The same in a transaction of the caller's. */
  async verified(manager: EntityManager, ref: string): Promise<ReviewVerification> {
    const row = await foundReview(manager, ref);
    const text = await documentText(manager, row.id);
    if (row.state === 'draft' || text === null || row.sha256 === null)
      throw new Problem(409, 'conflict', 'This review is a draft: nothing is frozen yet.');
    const events = await named<Event>(manager, 'events of a review', EVENTS, [row.id]);
    const freezings = events.filter(({ action }) => action === 'frozen');
    const freezing = freezings[0];
    const chain = await walkAuditChain(manager);
    const findings: Finding[] = [
      ...ofDocument(row, text, freezing),
      ...(await ofRecords(manager, row.id, text)),
      ...ofState(keptRow(row), events.at(-1)),
      ...(freezings.length > 1
        ? [{ about: 'event' as const, message: 'The audit says more than once that this review was frozen.' }]
        : []),
      ...(await ofHead(manager, text)),
      ...(chain.valid ? [] : [{ about: 'chain' as const, message: chain.reason ?? 'The audit chain is broken.' }]),
    ];
    return { isIntact: findings.length === 0, sha256: sha256Of(text), seq: freezing?.seq ?? null, findings };
  }
}

const ofDocument = (row: ReviewRow, text: string, freezing: Event | undefined): Finding[] => {
  const hash = sha256Of(text);
  const findings: Finding[] = [];
  if (hash !== row.sha256)
    findings.push({ about: 'document', message: 'The document is not the one whose hash stands beside it.' });
  if (!freezing) findings.push({ about: 'event', message: 'No event of the audit says that this review was frozen.' });
  else if (freezing.after?.['sha256'] !== hash)
    findings.push({ about: 'event', message: 'The document is not the one whose hash stands in the audit.' });
  return findings;
};

/** The chain of today must go through the head that the document names: one that was rebuilt before it, or cut off, does not. */
const ofHead = async (manager: EntityManager, text: string): Promise<Finding[]> => {
  const frozen = documentIn(text)?.frozen;
  if (!frozen) return [];
  const [event] = await named<{ hash: string }>(
    manager,
    'hash of an audit event',
    `select encode(hash, 'hex') as hash from audit_events where seq = $1`,
    [frozen.seq],
  );
  // Nothing was recorded yet when the first review was frozen.
  if (frozen.seq === 0 || event?.hash === frozen.head) return [];
  return [{ about: 'chain', message: `Event ${frozen.seq} of the audit is not the one that the document names.` }];
};

/** Null where the text is no document any more. */
const documentIn = (text: string): ReviewDocument | null => {
  try {
    return JSON.parse(text) as ReviewDocument;
  } catch {
    return null;
  }
};

const ofRecords = async (manager: EntityManager, id: string, text: string): Promise<Finding[]> => {
  const stored = new Map((await recordTexts(manager, id)).map((row) => [row.figure, row]));
  const wrong = (figure: string, message: string): Finding => ({ about: 'records', message: `${figure}: ${message}` });
  const expected = new Map(figuresOf(text));
  const findings: Finding[] = [];
  for (const [figure, hash] of expected) {
    const row = stored.get(figure);
    if (!row) findings.push(wrong(figure, 'its records are missing.'));
    else if (sha256Of(row.records) !== hash || row.sha256 !== hash)
      findings.push(wrong(figure, 'its records are not those that were frozen.'));
  }
  for (const figure of stored.keys())
    if (!expected.has(figure)) findings.push(wrong(figure, 'records that were not frozen stand beside it.'));
  return findings;
};

/** Figures of a document with the hash of their records; none where the text is no document any more. */
const figuresOf = (text: string): [string, string][] =>
  Object.entries(documentIn(text)?.figures ?? {}).flatMap(([key, { records }]): [string, string][] =>
    records.sha256 === null ? [] : [[key, records.sha256]],
  );

/** The row as it is, against what the last event of it kept. */
const ofState = (row: Record<string, unknown>, last: Event | undefined): Finding[] => {
  const kept = last?.after ?? {};
  const changed = Object.keys(row).filter((name) => canonicalJson(row[name]) !== canonicalJson(kept[name]));
  return changed.length === 0 ? [] : [{ about: 'state', message: `Not as the audit knows it: ${changed.join(', ')}.` }];
};
