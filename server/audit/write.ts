import type { EntityManager } from 'typeorm';
import { reasonOf, requestIdOf } from '../http/request-context.js';

/** One change as the chain keeps it. Business values only; no secrets. */
export interface AuditEntry {
  /** ISO UTC. */
  at: string;
  /** E-mail of who did it, or `system`. */
  actor: string;
  /** `created`, `changed`, `archived`, `imported`, `confirmed`, … */
  action: string;
  objectType: string;
  objectId: string | null;
  objectCode: string | null;
  before: Readonly<Record<string, unknown>> | null;
  after: Readonly<Record<string, unknown>> | null;
  /** Why, where what is changed says so itself; else it is what the request says. */
  reason?: string | null;
}

/** What is recorded: an event without a reason has no such key, as those of before there were any. */
const recorded = (entry: AuditEntry): string =>
  canonicalJson({ ...entry, requestId: requestIdOf(), reason: entry.reason || reasonOf() || undefined });

/** Why somebody did what an event tells: as it says, or, of what holds reasons itself, as that does; null where nobody said. */
export const reasonIn = ({ reason, after }: Pick<AuditEntry, 'reason' | 'after'>): string | null => {
  const held = after?.['reason'];
  return reason || (typeof held === 'string' && held) || null;
};

/** JSON with sorted keys, so that the same content always has the same bytes (RFC 8785 for the values used here: text, whole numbers, booleans, null). */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
};

/**
 * Appends an event to the audit chain. Call it as the last statement of the transaction that made the change: it locks the head of the chain
 * until commit, and if it fails the change is rolled back with it.
 *
 * @param manager the transaction's manager
 */
export const appendAudit = async (manager: EntityManager, entry: AuditEntry): Promise<void> => {
  await manager.query('select append_audit_event($1)', [recorded(entry)]);
};

/** Appends several events in their order, as one statement. See `appendAudit`. */
const appendAudits = async (manager: EntityManager, entries: readonly AuditEntry[]): Promise<void> => {
  await manager.query('select append_audit_event(e) from unnest($1::text[]) e', [entries.map(recorded)]);
};

/** Scope of what belongs to no portfolio: links, settings, reference records. */
export const ENTERPRISE = 'enterprise';

/**
 * Moves the data version on, so that computed figures and their ETags follow the change.
 *
 * @param scopes portfolio ids, or ENTERPRISE; sorted here, so that two writers never wait for each other in a circle
 */
export const bumpDataVersion = async (manager: EntityManager, scopes: readonly string[]): Promise<void> => {
  await manager.query(
    `insert into data_versions (scope) select distinct unnest($1::text[]) order by 1
     on conflict (scope) do update set version = data_versions.version + 1`,
    [scopes],
  );
};

/**
 * The end of every change: data version first, audit event last.
 *
 * @param scopes see bumpDataVersion
 */
export const recordChange = async (
  manager: EntityManager,
  entry: AuditEntry,
  scopes: readonly string[] = [ENTERPRISE],
): Promise<void> => {
  await bumpDataVersion(manager, scopes);
  await appendAudit(manager, entry);
};

/** The end of a change of several things at once, each with its event. See `recordChange`. */
export const recordChanges = async (
  manager: EntityManager,
  entries: readonly AuditEntry[],
  scopes: readonly string[],
): Promise<void> => {
  await bumpDataVersion(manager, scopes);
  await appendAudits(manager, entries);
};
