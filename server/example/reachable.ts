import type { Config } from '../config.js';

const isLoopback = (host: string): boolean =>
  /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i.test(host) || host.toLowerCase().endsWith('.localhost');

/** Whether others than this machine can reach the product: then passwords that everybody knows let everybody in. */
export const isReachable = ({ host, publicUrl }: Pick<Config, 'host' | 'publicUrl'>): boolean =>
  !isLoopback(host) || !isLoopback(new URL(publicUrl).hostname);
