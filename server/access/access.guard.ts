import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { Config } from '../config.js';
import { CONFIG } from '../http/config.token.js';
import { forbidden, Problem } from '../http/problem.js';
import { ALLOW, PUBLIC, type AuthenticatedRequest } from './allow.js';
import { Credentials, TOKEN_PREFIX } from './credentials.js';
import { mayChange, refuseCrossSite } from './cross-site.js';
import { refuseOtherMediaTypes, UPLOADS } from './media-type.js';
import { isPermitted, type Permission } from './policy.js';
import type { Principal } from './principal.js';
import { sessionSecretOf } from './session-cookie.js';

/** The bearer token of a request; null where it has none, empty where what it has cannot be one. */
const bearerToken = (request: Request): string | null => {
  const header = request.headers.authorization;
  if (header === undefined || !/^bearer\b/i.test(header)) return null;
  const token = header.slice('bearer'.length).trim();
  return token.startsWith(TOKEN_PREFIX) && token.length <= 200 ? token : '';
};

/**
 * Decides at every route who asks and whether they may. Denies by default: a handler that says neither `@Public()` nor `@Allow(…)` is refused to
 * everybody. In a guard and not in middleware, because a guard runs on the matched handler, however its address was spelled.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly credentials: Credentials,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Problem 401, 403 `forbidden` or `cross-site`, 415 */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const handler = context.getHandler();
    const isPublic = this.reflector.get<boolean | undefined>(PUBLIC, handler) === true;
    const token = bearerToken(request);
    if (mayChange(request)) {
      // A browser adds cookies by itself, and never an Authorization header of ours; sign-in from a foreign page would sign the person in as another.
      if (isPublic || token === null) refuseCrossSite(request, this.config.publicUrl);
      refuseOtherMediaTypes(request, this.reflector.get<boolean | undefined>(UPLOADS, handler) === true);
    }
    if (isPublic) return true;
    const permission = this.reflector.get<Permission | undefined>(ALLOW, handler);
    if (permission === undefined) throw forbidden();
    const principal = await this.principalOf(request, token);
    if (principal === null) throw new Problem(401, 'unauthenticated', 'Sign in, or send a valid API token.');
    if (!isPermitted(principal, permission)) throw forbidden();
    request.principal = principal;
    return true;
  }

  /** A request with a token is the token's alone: its cookies are not looked at. */
  private async principalOf(request: Request, token: string | null): Promise<Principal | null> {
    if (token !== null) return token === '' ? null : this.credentials.ofToken(token);
    const secret = sessionSecretOf(request, this.config.publicUrl);
    return secret === null ? null : this.credentials.ofSession(secret);
  }
}
