/** Injects the configuration of `server/config.ts`. */
export const CONFIG = Symbol('CONFIG');
