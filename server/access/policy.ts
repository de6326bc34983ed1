import type { RecordType } from '../contract/columns.js';
import type { Role } from '../contract/primitives.js';
import { hasRole, type Principal } from './principal.js';

/**
 * Who may do what: the one table. What stands here for no role is permitted to nobody.
 * Reading and writing of records is by type; `portfolio_manager` writes only what lies in an own portfolio, and `stakeholder` reads only what
 * lies in an own org unit: that part is decided in the query (`records/scope.ts`).
 */
const EVERYBODY: readonly Role[] = ['admin', 'cio', 'portfolio_manager', 'finance', 'stakeholder'];
/** Whoever is signed in, with or without a role. */
const SIGNED_IN = 'signed in';
const STAFF: readonly Role[] = ['admin', 'cio', 'portfolio_manager', 'finance'];

export const ACTIONS = {
  'session.read': SIGNED_IN,
  'tokens.own': EVERYBODY,
  'users.manage': ['admin'],
  'settings.read': EVERYBODY,
  'settings.write': ['admin'],
  'audit.read': ['admin', 'cio', 'finance'],
  'chain.read': STAFF,
  'value.read': EVERYBODY,
  // Stakeholders: outcomes, quality and survey figures of their own units.
  'metrics.read': EVERYBODY,
  // What happened on the way of a metric; who answers for it and what it is to reach.
  'metrics.annotate': STAFF,
  'metrics.rule': ['admin', 'cio'],
  'signs.read': STAFF,
  /** Thresholds, and what is said of a sign. */
  'signs.write': ['admin', 'cio'],
  // Stakeholders: services of their own units.
  'services.read': EVERYBODY,
  // The map of capabilities and what assesses them; who writes a capability assesses it.
  'capabilities.read': STAFF,
  'efficiency.read': STAFF,
  'flow.read': STAFF,
  'reminders.own': EVERYBODY,
  'trace.read': EVERYBODY,
  'search.read': EVERYBODY,
  'imports.run': STAFF,
  'imports.read': STAFF,
  'samples.load': ['admin'],
  'example.remove': ['admin'],
  'exports.read': EVERYBODY,
  'views.own': EVERYBODY,
  'benefit_values.confirm': ['finance'],
  'confirmations.read': ['admin', 'cio', 'finance'],
  // Own ones and those that others share; only its owner changes a scenario.
  'scenarios.read': STAFF,
  'scenarios.write': STAFF,
  /** Finance to any benefit, portfolio managers to those of their own portfolios. */
  'evidence.write': ['admin', 'portfolio_manager', 'finance'],
  'actions.read': STAFF,
  /** Rounds, invitations, and what is done about what people said. */
  'surveys.manage': ['admin', 'cio'],
  // Stakeholders: of their own units.
  'stakeholders.read': EVERYBODY,
  // Stakeholders: published ones.
  'reviews.read': EVERYBODY,
  'reviews.write': ['admin', 'cio'],
} as const satisfies Record<string, readonly Role[] | typeof SIGNED_IN>;
export type Action = keyof typeof ACTIONS;

const ADMIN: readonly Role[] = ['admin'];
const PORTFOLIO: readonly Role[] = ['admin', 'portfolio_manager'];

/** Who reads and writes each record type. */
export const RECORD_POLICY: Record<RecordType, { read: readonly Role[]; write: readonly Role[] }> = {
  org_unit: { read: EVERYBODY, write: ADMIN },
  portfolio: { read: STAFF, write: ADMIN },
  priority: { read: STAFF, write: ['admin', 'cio'] },
  priority_ranking: { read: STAFF, write: ['admin', 'cio'] },
  forum: { read: STAFF, write: ['admin', 'cio'] },
  exchange_rate: { read: STAFF, write: ['admin', 'finance'] },
  investment: { read: STAFF, write: PORTFOLIO },
  investment_cost: { read: STAFF, write: PORTFOLIO },
  initiative: { read: STAFF, write: PORTFOLIO },
  capability: { read: STAFF, write: PORTFOLIO },
  maturity_assessment: { read: STAFF, write: PORTFOLIO },
  competency: { read: STAFF, write: PORTFOLIO },
  outcome: { read: EVERYBODY, write: PORTFOLIO },
  outcome_measurement: { read: EVERYBODY, write: PORTFOLIO },
  benefit: { read: EVERYBODY, write: PORTFOLIO },
  benefit_value: { read: EVERYBODY, write: PORTFOLIO },
  link: { read: STAFF, write: PORTFOLIO },
  corrective_action: { read: STAFF, write: PORTFOLIO },
  assumption: { read: STAFF, write: PORTFOLIO },
  decision: { read: STAFF, write: ['admin', 'cio', 'portfolio_manager'] },
  decision_escalation: { read: STAFF, write: ['admin', 'cio', 'portfolio_manager'] },
  decision_option: { read: STAFF, write: ['admin', 'cio', 'portfolio_manager'] },
  decision_reopening: { read: STAFF, write: ['admin', 'cio', 'portfolio_manager'] },
  stage: { read: STAFF, write: ADMIN },
  work_item: { read: STAFF, write: PORTFOLIO },
  work_item_transition: { read: STAFF, write: PORTFOLIO },
  service: { read: STAFF, write: ADMIN },
  service_month: { read: STAFF, write: ADMIN },
  survey: { read: STAFF, write: ADMIN },
  survey_response: { read: ADMIN, write: ADMIN },
  indicator: { read: STAFF, write: ['admin', 'cio'] },
  indicator_value: { read: STAFF, write: ['admin', 'cio'] },
  metric_target: { read: STAFF, write: ['admin', 'cio'] },
};

export type Permission = Action | `records.read:${RecordType}` | `records.write:${RecordType}`;

const rolesFor = (permission: Permission): readonly Role[] | typeof SIGNED_IN => {
  const record = /^records\.(read|write):(.+)$/.exec(permission);
  if (record) return RECORD_POLICY[record[2] as RecordType][record[1] as 'read' | 'write'];
  return ACTIONS[permission as Action];
};

/** Whether any of the person's roles permits it; scope within the role is decided by the query. */
export const isPermitted = (principal: Principal, permission: Permission): boolean => {
  const roles = rolesFor(permission);
  return roles === SIGNED_IN || hasRole(principal, ...roles);
};

/** Whether a role without borders permits writing this type: then no portfolio has to be looked at. */
export const writesEverywhere = (principal: Principal, type: RecordType): boolean =>
  RECORD_POLICY[type].write.some((role) => role !== 'portfolio_manager' && hasRole(principal, role));

/** Whether the person reads only own org units. */
export const readsOwnUnitsOnly = (principal: Principal): boolean =>
  !hasRole(principal, 'admin', 'cio', 'portfolio_manager', 'finance');
