import { z } from 'zod';
import * as p from './primitives.js';

/** Who is signed in, and what they may see and do. */

export const signIn = z
  .strictObject({
    // Looser than an address to be stored: the first administrator's may be of this machine only.
    email: z.string().trim().min(1).max(254).toLowerCase(),
    password: z.string().min(1).max(128),
  })
  .meta({ id: 'SignIn' });
export type SignIn = z.infer<typeof signIn>;

/** A role; of a portfolio or an org unit where the role is for one. */
export const grant = z.object({
  role: z.enum(p.ROLES),
  portfolioCode: z.string().nullable(),
  orgUnitCode: z.string().nullable(),
});
export type Grant = z.infer<typeof grant>;

export const session = z
  .object({
    user: z.object({ id: p.id, email: z.string(), name: z.string() }),
    grants: z.array(grant),
    /** Record types that the signed-in person may read and write, for menus and buttons; the server decides again at each call. */
    reads: z.array(z.string()),
    writes: z.array(z.string()),
    /** What else they may do: `import`, `export`, `settings`, `users`, `audit`, `confirm`, `surveys`, `signs`, `reviews`. */
    permissions: z.array(z.string()),
    expiresAt: z.string(),
  })
  .meta({ id: 'Session' });
export type SessionInfo = z.infer<typeof session>;

export const createToken = z
  .strictObject({ name: p.text(120).pipe(z.string().min(1)), expiresAt: p.instant })
  .meta({ id: 'CreateToken' });
export type CreateToken = z.infer<typeof createToken>;

export const token = z
  .object({
    id: p.id,
    name: z.string(),
    createdAt: z.string(),
    expiresAt: z.string(),
    lastUsedAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
  })
  .meta({ id: 'Token' });
export const createdToken = token.extend({ token: z.string() }).meta({ id: 'CreatedToken' });
export const tokenList = z.object({ items: z.array(token) }).meta({ id: 'TokenList' });

const password = z
  .string()
  .min(12, 'A password has at least 12 characters.')
  .max(128, 'A password has at most 128 characters.');

const userGrant = z
  .strictObject({
    role: z.enum(p.ROLES),
    portfolioCode: p.code.nullable().optional(),
    orgUnitCode: p.code.nullable().optional(),
  })
  .refine((g) => (g.role === 'portfolio_manager') === Boolean(g.portfolioCode), {
    path: ['portfolioCode'],
    message: 'A portfolio manager is named for a portfolio, and no other role is.',
  })
  .refine((g) => (g.role === 'stakeholder') === Boolean(g.orgUnitCode), {
    path: ['orgUnitCode'],
    message: 'A stakeholder is named for an org unit, and no other role is.',
  });

export const createUser = z
  .strictObject({ email: p.email, name: p.text(200), password, grants: z.array(userGrant).max(100) })
  .meta({ id: 'CreateUser' });
export type CreateUser = z.infer<typeof createUser>;
export const changeUser = z
  .strictObject({
    name: p.text(200).optional(),
    password: password.optional(),
    grants: z.array(userGrant).max(100).optional(),
  })
  .meta({ id: 'ChangeUser' });
export type ChangeUser = z.infer<typeof changeUser>;

export const user = z
  .object({
    id: p.id,
    version: z.number().int(),
    email: z.string(),
    name: z.string(),
    grants: z.array(grant),
    createdAt: z.string(),
    updatedAt: z.string(),
    archivedAt: z.string().nullable(),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof user>;
export const userPage = p.page(user).meta({ id: 'UserPage' });

export const settings = z
  .object({
    version: z.number().int(),
    reportingCurrency: z.string(),
    reportingTimeZone: z.string(),
    fiscalYearStartMonth: z.number().int(),
    discountRate: z.string(),
    onTrackFrom: z.string(),
    atRiskFrom: z.string(),
    /** Values of months up to this one change only with a reason; null where no month is locked. */
    lockedThrough: z.string().nullable(),
    /** Day of the next month on which the values of a month are due. */
    valuesDueDay: z.number().int(),
    /** The fiscal quarter that contains now, in the reporting time zone. */
    currentPeriod: z.string(),
    /** The day by which is judged what is due: that of the reporting time zone, or the end of the example's story while that is loaded. */
    today: z.string(),
    /** Where pages open: the last quarter that is over, or the last of the example while that is loaded. */
    openPeriod: z.string(),
    /** Whether the example enterprise is loaded: every page says so. */
    isExample: z.boolean(),
  })
  .meta({ id: 'Settings' });
export type Settings = z.infer<typeof settings>;

export const changeSettings = z
  .strictObject({
    reportingCurrency: p.currency.optional(),
    reportingTimeZone: z.string().min(1).max(64).optional(),
    fiscalYearStartMonth: z.number().int().min(1).max(12).optional(),
    discountRate: p.decimal(4, { min: -0.99, max: 10 }).optional(),
    onTrackFrom: p.decimal(4, { min: 0, max: 10 }).optional(),
    atRiskFrom: p.decimal(4, { min: 0, max: 10 }).optional(),
    lockedThrough: p.month.nullable().optional(),
    valuesDueDay: z.number().int().min(1).max(28).optional(),
  })
  .meta({ id: 'ChangeSettings' });
export type ChangeSettings = z.infer<typeof changeSettings>;

export const auditEvent = z
  .object({
    seq: z.number().int(),
    at: z.string(),
    actor: z.string(),
    action: z.string(),
    objectType: z.string(),
    objectId: z.string().nullable(),
    objectCode: z.string().nullable(),
    requestId: z.string().nullable(),
    /** Why; null where nobody said. */
    reason: z.string().nullable(),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    hash: z.string(),
  })
  .meta({ id: 'AuditEvent' });
export type AuditEvent = z.infer<typeof auditEvent>;
export const auditPage = p.page(auditEvent).meta({ id: 'AuditPage' });
export const auditQuery = z.strictObject({
  limit: p.limit,
  cursor: z.string().max(200).optional(),
  objectType: z.string().max(60).optional(),
  objectId: z.string().max(80).optional(),
  actor: z.string().max(254).optional(),
  /** With `objectType` and `objectId` of a record: also the events of its months, and the imports that wrote it. */
  related: z.literal('true').optional(),
});
export const auditVerification = z
  .object({
    valid: z.boolean(),
    events: z.number().int(),
    headHash: z.string(),
    firstBadSeq: z.number().int().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'AuditVerification' });
export type AuditVerification = z.infer<typeof auditVerification>;
