import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Permission } from './policy.js';
import type { Principal } from './principal.js';

/** Metadata keys; the guard and the boot check read them. */
export const ALLOW = 'throughline:allow';
export const PUBLIC = 'throughline:public';

/** Names the permission that a handler needs. A handler that names none is refused to everybody, and the product does not start. */
export const Allow = (permission: Permission): MethodDecorator => SetMetadata(ALLOW, permission);

/** A handler that needs nobody: sign-in and health. */
export const Public = (): MethodDecorator => SetMetadata(PUBLIC, true);

export type AuthenticatedRequest = Request & { principal?: Principal };

/** Hands the signed-in person to a handler. */
export const Who = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Principal =>
    context.switchToHttp().getRequest<AuthenticatedRequest>().principal!,
);
