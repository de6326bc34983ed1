import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { AuditVerification } from '../contract/access.js';
import { named } from '../database/named.js';

const BATCH = 5_000;
const FIRST_PREVIOUS = Buffer.alloc(32);

interface Event {
  seq: number;
  canonical: string;
  prevHash: Buffer;
  hash: Buffer;
}
interface Head {
  seq: number;
  hash: Buffer;
}

/** Where the chain is broken first, and how. */
interface Break {
  seq: number;
  reason: string;
}

/** What the database function `append_audit_event` computes; one place more that knows it, so that neither can change alone. */
const hashOf = (previous: Buffer, seq: number, canonical: string): Buffer =>
  createHash('sha256').update(previous).update(`${seq}\n${canonical}`, 'utf8').digest();

const breakAt = (event: Event, expectedSeq: number, previous: Buffer): Break | null => {
  if (event.seq > expectedSeq) return { seq: expectedSeq, reason: `Event ${expectedSeq} is missing.` };
  if (event.seq < expectedSeq)
    return { seq: event.seq, reason: `Event ${event.seq} stands before the beginning of the chain.` };
  if (!event.prevHash.equals(previous))
    return { seq: event.seq, reason: `Event ${event.seq} does not follow from the event before it.` };
  if (!event.hash.equals(hashOf(previous, event.seq, event.canonical)))
    return { seq: event.seq, reason: `The content of event ${event.seq} is not what was recorded.` };
  return null;
};

const breakAtEnd = (last: Head, head: Head | undefined): Break | null => {
  if (!head) return { seq: last.seq, reason: 'The head of the chain is missing.' };
  if (head.seq > last.seq)
    return { seq: last.seq + 1, reason: `Event ${last.seq + 1} is missing: the end of the chain was cut off.` };
  if (head.seq < last.seq)
    return { seq: head.seq + 1, reason: `Event ${head.seq + 1} stands after the head of the chain.` };
  if (!head.hash.equals(last.hash))
    return { seq: last.seq, reason: 'The head of the chain is not the hash of its last event.' };
  return null;
};

const readBatch = (manager: EntityManager, after: number): Promise<Event[]> =>
  named<Event>(
    manager,
    'audit events to verify',
    `select seq, canonical, prev_hash as "prevHash", hash from audit_events where seq > $1 order by seq limit ${BATCH}`,
    [after],
  );

/** The same in a transaction of the caller's, which has to see one state. */
export const walkAuditChain = async (manager: EntityManager): Promise<AuditVerification> => {
  const [head] = await named<Head>(manager, 'audit head', 'select seq, hash from audit_head where id = 1');
  let last: Head = { seq: 0, hash: FIRST_PREVIOUS };
  let found: Break | null = null;
  let after = Number.MIN_SAFE_INTEGER; // a forged event may stand before the first
  while (!found) {
    const batch = await readBatch(manager, after);
    for (const event of batch) {
      found = breakAt(event, last.seq + 1, last.hash);
      if (found) break;
      last = { seq: event.seq, hash: event.hash };
    }
    if (batch.length < BATCH) break;
    after = last.seq;
  }
  found ??= breakAtEnd(last, head);
  return {
    valid: found === null,
    events: last.seq,
    headHash: head ? head.hash.toString('hex') : '',
    firstBadSeq: found?.seq ?? null,
    reason: found?.reason ?? null,
  };
};

/**
 * Recomputes the whole audit chain, from the first event to the head, in one snapshot and batch by batch.
 * `events` counts those that are good from the beginning on. Finds any edit, gap, insertion, exchange and cut; a chain that somebody with the
 * owner's rights rebuilt to its head is found by comparing `headHash` with a head that was written down elsewhere.
 */
export const verifyAuditChain = (source: DataSource): Promise<AuditVerification> =>
  source.transaction('REPEATABLE READ', walkAuditChain);
