import type { INestApplicationContext, Type } from '@nestjs/common';
import { METHOD_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { RETURNS } from '../http/returns.js';
import { ALLOW, PUBLIC } from './allow.js';

/** Nest's numbers for the arguments that a client fills. */
const CLIENT_ARGUMENTS: Record<string, string> = { '3': 'body', '4': 'query', '5': 'path' };

/** What a route fails to say; empty where it says all. */
const missingAt = (controller: Type, handler: object, method: string): string[] => {
  const missing: string[] = [];
  const policies = [Reflect.getMetadata(PUBLIC, handler), Reflect.getMetadata(ALLOW, handler)];
  if (policies.filter((policy) => policy !== undefined).length !== 1)
    missing.push('exactly one of @Public() and @Allow(…)');
  if (Reflect.getMetadata(RETURNS, handler) === undefined) missing.push('@Returns…(…)');
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, method) ?? {}) as Record<
    string,
    { schema?: unknown }
  >;
  for (const [key, parameter] of Object.entries(parameters)) {
    const source = CLIENT_ARGUMENTS[key.split(':')[0]!];
    if (source && parameter.schema === undefined) missing.push(`a schema of its ${source} argument`);
  }
  return missing;
};

/**
 * Looks at every route and refuses to start where one has no policy, does not say what it returns, or takes an argument from the client
 * unchecked. A route that is forgotten is found here and not by an attacker.
 *
 * @param app the application, created; it need not listen
 * @throws Error that lists every offender
 */
export const checkRoutes = (app: INestApplicationContext): void => {
  const offenders: string[] = [];
  const scanner = new MetadataScanner();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      const controller = metatype as Type | null;
      if (!controller) continue;
      for (const method of scanner.getAllMethodNames(controller.prototype as object)) {
        const handler = (controller.prototype as Record<string, object>)[method]!;
        if (Reflect.getMetadata(METHOD_METADATA, handler) === undefined) continue;
        const missing = missingAt(controller, handler, method);
        if (missing.length > 0) offenders.push(`${controller.name}.${method} needs ${missing.join(', ')}`);
      }
    }
  }
  if (offenders.length > 0) throw new Error(`These routes are not safe to serve:\n  ${offenders.join('\n  ')}`);
};
