import type { EntityManager } from 'typeorm';
import type { ServiceMonthRecorded } from '../contract/service-level.js';
import { named } from '../database/named.js';
import type { Scope } from '../http/reading.js';

export interface ServiceRow {
  id: string;
  code: string;
  name: string;
  ownerEmail: string | null;
  orgUnit: { code: string; name: string } | null;
}

const SERVICES = `
  select s.id, s.code, s.name, s.owner_email as "ownerEmail",
    case when u.id is not null then jsonb_build_object('code', u.code, 'name', u.name) end as "orgUnit"
  from services s left join org_units u on u.id = s.org_unit_id
  where s.archived_at is null and ($1::uuid[] is null or s.org_unit_id = any ($1))`;

/** Services of the scope, by code. */
export const servicesOf = (manager: EntityManager, { unitIds }: Scope): Promise<ServiceRow[]> =>
  named<ServiceRow>(manager, 'services of a scope', `${SERVICES} order by s.code`, [unitIds]);

/** The service of an id or a code, if it is in the scope; an id goes before a code. */
export const serviceAt = async (
  manager: EntityManager,
  { unitIds }: Scope,
  ref: string,
): Promise<ServiceRow | undefined> =>
  (
    await named<ServiceRow>(
      manager,
      'service of a scope',
      `${SERVICES} and (s.id::text = lower($2) or lower(s.code) = lower($2)) order by s.id::text = lower($2) desc limit 1`,
      [unitIds, ref],
    )
  )[0];

/** One row is a month before a day ($2) of a service of the scope that says more of a part than of its whole, the latest first. */
const IMPOSSIBLE = `
  select s.code, s.name, to_char(m.month, 'YYYY-MM') as month
  from service_months m join services s on s.id = m.service_id
  where m.archived_at is null and s.archived_at is null and m.month < $2::date and ($1::uuid[] is null or s.org_unit_id = any ($1))
    and (m.downtime_minutes > m.agreed_minutes or m.requests_within_target > m.requests or m.failed_changes > m.changes)
  order by m.month desc, lower(s.code)`;

export const impossibleMonths = (
  manager: EntityManager,
  { unitIds }: Scope,
  end: string,
): Promise<{ code: string; name: string; month: string }[]> =>
  named(manager, 'impossible months of services', IMPOSSIBLE, [unitIds, end]);

/** One row is a month of a service, between two days. */
const MONTHS = `
  select id, version, to_char(month, 'YYYY-MM') as month, agreed_minutes::float8 as "agreedMinutes", downtime_minutes::float8 as "downtimeMinutes",
    requests::float8 as requests, requests_within_target::float8 as "requestsWithinTarget", changes::float8 as changes,
    failed_changes::float8 as "failedChanges", incidents::float8 as incidents
  from service_months where service_id = $1 and archived_at is null and month >= $2::date and month < $3::date order by month`;

export const monthsOf = (
  manager: EntityManager,
  service: string,
  start: string,
  end: string,
): Promise<ServiceMonthRecorded[]> =>
  named<ServiceMonthRecorded>(manager, 'months of a service', MONTHS, [service, start, end]);
