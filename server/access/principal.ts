import type { Role } from '../contract/primitives.js';

/** One role of a person; for a portfolio or an org unit where the role is for one. */
export interface PrincipalGrant {
  role: Role;
  portfolioId: string | null;
  portfolioCode: string | null;
  orgUnitId: string | null;
  orgUnitCode: string | null;
}

/** Who is asking. Read from the database at each request, so that a right that was taken away is gone at once. */
export interface Principal {
  userId: string;
  email: string;
  name: string;
  grants: readonly PrincipalGrant[];
  /** `reminder`: nobody asks; a calendar or a mail shows what the person could see. */
  via: 'session' | 'token' | 'reminder';
  /** Id of the session or token. */
  credentialId: string;
  /** When the session or token ends, ISO UTC. */
  expiresAt: string;
}

export const hasRole = (principal: Principal, ...roles: readonly Role[]): boolean =>
  principal.grants.some((grant) => roles.includes(grant.role));

/** Ids of the portfolios that the person manages. */
export const managedPortfolios = (principal: Principal): string[] =>
  principal.grants.flatMap((grant) =>
    grant.role === 'portfolio_manager' && grant.portfolioId ? [grant.portfolioId] : [],
  );

/** Ids of the org units that the person stands for; what lies below them counts too. */
export const representedUnits = (principal: Principal): string[] =>
  principal.grants.flatMap((grant) => (grant.role === 'stakeholder' && grant.orgUnitId ? [grant.orgUnitId] : []));
