import { isPeriod } from './period';

/** What every page may carry in its address. All of it is text, so that a code such as `007` stays what it is. */
export interface PageSearch {
  period?: string;
  portfolio?: string;
  orgUnit?: string;
  /** The open trace, see `trace-path.ts`. */
  trace?: string;
  /** `1`: nothing but the page, in large type, for a wall. */
  present?: string;
}

/** `?a=1&b=x` → `{ a: "1", b: "x" }`: no JSON, so nothing turns into a number. */
export const parseSearch = (search: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(search.startsWith('?') ? search.slice(1) : search));

/** The reverse; signs that need no escape in a query stay readable. */
export function stringifySearch(search: Record<string, unknown>): string {
  const written = Object.entries(search)
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '')
    .map(([name, value]) => `${encodeURIComponent(name)}=${readable(value)}`)
    .join('&');
  return written === '' ? '' : `?${written}`;
}

const readable = (value: string): string =>
  encodeURIComponent(value).replaceAll('%3A', ':').replaceAll('%3D', '=').replaceAll('%2F', '/');

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/**
 * Takes what it knows and leaves what it cannot read: a mangled link opens the page with its defaults. What is stated but cannot be read is
 * undefined and not absent, so that it leaves the address too: the router keeps what nobody speaks of.
 */
export function readPageSearch(search: Record<string, unknown>): { [Name in keyof PageSearch]: string | undefined } {
  const period = text(search['period']);
  const found: { [Name in keyof PageSearch]: string | undefined } = {};
  if ('period' in search) found.period = period !== undefined && isPeriod(period) ? period : undefined;
  const present = text(search['present']);
  if ('present' in search) found.present = /^[1-9]\d{0,2}$/.test(present ?? '') ? present : undefined;
  for (const name of ['portfolio', 'orgUnit', 'trace'] as const) {
    const value = text(search[name]);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

/** The parameters with these names that have a text. */
export const readTexts = <Name extends string>(
  search: Record<string, unknown>,
  names: readonly Name[],
): Partial<Record<Name, string>> => {
  const found: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = text(search[name]);
    if (value !== undefined) found[name] = value;
  }
  return found;
};

/** An address that means the same tomorrow: it states the period, which otherwise is wherever pages open on that day. */
export function lastingAddress(href: string, period: string): string {
  const url = new URL(href);
  const { period: _, ...stated } = parseSearch(url.search);
  return `${url.origin}${url.pathname}${stringifySearch({ period, ...stated })}${url.hash}`;
}

/** The page to return to after signing in: a path of this site, or the start page. */
export function safeReturn(path: unknown): string {
  return typeof path === 'string' && /^\/(?![/\\])/.test(path) && !path.startsWith('/sign-in') ? path : '/';
}

/** Going elsewhere keeps scope and period, and closes the trace. */
export const keepScope = ({ period, portfolio, orgUnit }: PageSearch): PageSearch => ({
  ...(period === undefined ? {} : { period }),
  ...(portfolio === undefined ? {} : { portfolio }),
  ...(orgUnit === undefined ? {} : { orgUnit }),
});
