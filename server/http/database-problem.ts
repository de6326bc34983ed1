import { fourEyes, Problem } from './problem.js';

interface DatabaseError {
  code?: string;
  constraint?: string;
  message: string;
}

const AWAY = /^(08|53[123]|57P)/;
const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT']);

const FOUR_EYES = 'benefit_values_confirmed_by_reported_by_ck';

/** What a constraint refuses, in words; names are those of the migrations. */
const CONSTRAINTS: Record<string, string> = {
  links_from_type_to_type_ck:
    'A link joins two neighbouring layers: investment to initiative, initiative to capability, capability to outcome, outcome to benefit.',
  metric_targets_target_amber_ck: 'What is nearly reached needs a target to be near to.',
  org_units_parent_id_ck: 'A unit cannot stand above itself.',
  capabilities_parent_id_ck: 'A capability cannot stand above itself.',
  initiatives_duplicate_of_id_ck: 'An initiative cannot be a duplicate of itself.',
  initiatives_start_date_end_date_ck: 'An initiative cannot end before it starts.',
  initiatives_start_date_planned_end_date_ck: 'An initiative cannot be planned to end before it starts.',
  investments_start_month_end_month_ck: 'An investment cannot end before it starts.',
  decisions_raised_at_decided_at_ck: 'A decision cannot be decided before it was raised.',
  work_items_depends_on_ck: 'A work item cannot depend on itself.',
  settings_on_track_from_ck: 'The threshold of on track may not lie below that of at risk.',
  service_months_downtime_minutes_agreed_minutes_ck: 'Downtime cannot be longer than the agreed minutes.',
  service_months_requests_within_target_requests_ck: 'There cannot be more requests within the target than requests.',
  service_months_failed_changes_changes_ck: 'There cannot be more failed changes than changes.',
  exchange_rates_rate_ck: 'A rate is above zero.',
};

/**
 * The problem that an error of the database stands for, or null where it is none of the expected ones.
 * Schemas should refuse nearly all of these before; this is the net below them.
 *
 * @param error what TypeORM or node-postgres threw
 */
export const databaseProblem = (error: unknown): Problem | null => {
  const cause = ((error as { driverError?: unknown }).driverError ?? error) as DatabaseError;
  const code = cause.code ?? '';
  if (code === 'TL422') return new Problem(422, 'rule-broken', cause.message);
  if (code === 'TL409') return new Problem(409, 'conflict', cause.message);
  if (code === '23505') return new Problem(409, 'duplicate', 'A record with this key exists already.');
  if (code === '23P01' && cause.constraint === 'decision_options_chosen_uq')
    return new Problem(409, 'conflict', 'Another option of the decision is chosen. Choose one of them.');
  if (code === '23503')
    return new Problem(409, 'conflict', 'It refers to a record that is not there, or others refer to it.');
  if (cause.constraint === FOUR_EYES)
    return fourEyes('Nobody confirms a value that they reported themselves. Someone else in finance must confirm it.');
  if (code === '23514' || code === '23502')
    return new Problem(
      422,
      'rule-broken',
      CONSTRAINTS[cause.constraint ?? ''] ?? 'A value lies outside what is allowed.',
    );
  if (code.startsWith('22')) return new Problem(422, 'validation-failed', 'A value cannot be stored as it stands.');
  if (code === '40001' || code === '40P01')
    return unavailable('dependency-unavailable', 'Others are changing the same records. Try again.');
  if (code === '55P03' || code === '57014')
    return unavailable('query-timeout', 'The database took too long. Try again.');
  if (code === '53100') return unavailable('storage-full', 'The disk of the database is full; nothing was stored.');
  if (
    AWAY.test(code) ||
    UNREACHABLE.has(code) ||
    /timeout exceeded when trying to connect|Connection terminated|terminating connection|Driver not Connected/i.test(
      cause.message ?? '',
    )
  )
    return unavailable('dependency-unavailable', 'The database is not reachable. Try again in a moment.');
  if (code === '42501') return new Problem(403, 'forbidden', 'The database does not permit this.');
  return null;
};

const unavailable = (type: 'dependency-unavailable' | 'query-timeout' | 'storage-full', detail: string): Problem =>
  new Problem(503, type, detail, [], {}, { 'Retry-After': '2' });
