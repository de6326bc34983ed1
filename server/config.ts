import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { EXIT, StartError } from './start-error.js';

/** `auto`: loaded when the embedded database is empty, never into a database named by DATABASE_URL. */
export type ExampleData = 'on' | 'off' | 'auto';

export interface DatabaseConfig {
  /** The role that serves the API; owns nothing. */
  readonly url: string;
  /** The role that migrates. Equal to `url` when DATABASE_OWNER_URL is not set: the start warns then. */
  readonly ownerUrl: string;
  readonly replicaUrls: readonly string[];
}

export interface MailConfig {
  /** `smtp://` (TLS where the server offers it) or `smtps://` (TLS from the start), with user and password where there are some. */
  readonly url: string;
  /** An address, or a name with an address: `Throughline <throughline@example.org>`. */
  readonly from: string;
}

/** Everything the environment decides, checked once. Frozen: nothing changes it after the start. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** An origin without a slash at its end, as `https://throughline.example`. */
  readonly publicUrl: string;
  /** Absolute. */
  readonly dataDir: string;
  /** `null`: the embedded PostgreSQL runs in `dataDir`. */
  readonly database: DatabaseConfig | null;
  /** `null`: a random password is generated at the first start. */
  readonly admin: { readonly email: string; readonly password: string } | null;
  readonly exampleData: ExampleData;
  readonly oidc: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string } | null;
  /** First values of the settings; changed in the product later. */
  readonly reporting: {
    readonly currency: string;
    /** Whether REPORTING_CURRENCY was set: then nothing may choose another by itself. */
    readonly isCurrencyGiven: boolean;
    readonly timeZone: string;
    /** 1 to 12. */
    readonly fiscalYearStartMonth: number;
  };
  /** Where mail goes out; `null`: digests are not sent. */
  readonly mail: MailConfig | null;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
}

/** Passwords printed in manuals: they pass every length rule and are the first that an attacker tries. */
const KNOWN_PASSWORDS =
  /^(?:password|passw0rd|changeme|change-me|throughline|postgres|administrator|admin|qwerty|letmein|secret|1234567890?)[\W_\d]*$/i;

const POSTGRES_URL = 'must be a PostgreSQL URL such as postgres://user:password@host:5432/database';

const isPostgresUrl = (text: string): boolean => {
  try {
    // `user:password@/name?host=/socket` is good for PostgreSQL, but an empty host after a user is none for URL.
    const url = new URL(text.replace('@/', '@localhost/'));
    return /^postgres(?:ql)?:$/.test(url.protocol) && url.pathname.length > 1;
  } catch {
    return false;
  }
};

const originOf = (text: string): string | null => {
  try {
    const url = new URL(text);
    const bare = /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username;
    return bare ? url.origin : null;
  } catch {
    return null;
  }
};

const isTimeZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

const isSmtpUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname } = new URL(text);
  return /^smtps?:$/.test(protocol) && hostname !== '' && /^\/?$/.test(pathname);
};

const isHttpUrl = (text: string): boolean => /^https?:\/\/[^\s/]+/.test(text) && URL.canParse(text);

/** A whole number in digits; `Number()` alone would take `1e3`, `0x10` and the empty string. */
const wholeNumber = (least: number, most: number, fallback: number) => {
  const rule = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, rule)
    .transform(Number)
    .refine((value) => value >= least && value <= most, rule)
    .default(fallback);
};

const text = (rule: string) => z.string().min(1, rule);

const variables = z.object({
  PORT: wholeNumber(0, 65535, 3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be a host name or an address, such as 127.0.0.1')
    .default('127.0.0.1'),
  DATABASE_URL: z.string().refine(isPostgresUrl, POSTGRES_URL).optional(),
  DATABASE_OWNER_URL: z.string().refine(isPostgresUrl, POSTGRES_URL).optional(),
  DATABASE_REPLICA_URLS: z
    .string()
    .transform((list) => list.split(',').map((url) => url.trim()))
    .refine((urls) => urls.every(isPostgresUrl), `${POSTGRES_URL}, or several of them separated by commas`)
    .default([]),
  DATA_DIR: z
    .string()
    .refine((path) => !path.includes('\0'), 'must be a path')
    .default('./.data'),
  ADMIN_EMAIL: z
    .string()
    .regex(/^[^\s@]+@[^\s@]+$/, 'must be an e-mail address')
    .optional(),
  ADMIN_PASSWORD: z
    .string()
    .min(12, 'must be 12 to 128 characters long')
    .max(128, 'must be 12 to 128 characters long')
    .refine((password) => !KNOWN_PASSWORDS.test(password), 'must not be a password that everybody knows')
    .optional(),
  EXAMPLE_DATA: z.enum(['on', 'off'], 'must be on or off').optional(),
  PUBLIC_URL: z
    .string()
    .refine((url) => originOf(url) !== null, 'must be an origin without a path, such as https://throughline.example')
    .optional(),
  OIDC_ISSUER: z.string().refine(isHttpUrl, 'must be a URL such as https://login.example').optional(),
  OIDC_CLIENT_ID: text('must not be empty').optional(),
  OIDC_CLIENT_SECRET: text('must not be empty').optional(),
  SMTP_URL: z
    .string()
    .refine(
      isSmtpUrl,
      'must be a URL such as smtp://user:password@mail.example:587, or smtps:// for TLS from the start',
    )
    .optional(),
  SMTP_HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be a host name or an address, such as mail.example')
    .optional(),
  SMTP_PORT: wholeNumber(1, 65535, 587),
  SMTP_USER: text('must not be empty').optional(),
  SMTP_PASSWORD: text('must not be empty').optional(),
  SMTP_FROM: z
    .string()
    .regex(
      /^(?:[^<>\p{Cc}]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u,
      'must be an address, or a name with an address, such as Throughline <throughline@mail.example>',
    )
    .optional(),
  REPORTING_CURRENCY: z
    .string()
    .refine((code) => Intl.supportedValuesOf('currency').includes(code), 'must be an ISO 4217 code such as EUR')
    .default('USD'),
  REPORTING_TIME_ZONE: z.string().refine(isTimeZone, 'must be a time zone name such as Europe/Zurich').default('UTC'),
  FISCAL_YEAR_START_MONTH: wholeNumber(1, 12, 1),
  // Read where a review is printed (server/reviews/packs/chromium.ts).
  CHROMIUM_PATH: z
    .string()
    .refine((path) => path === 'off' || isAbsolute(path), 'must be the absolute path of a Chromium, or off')
    .optional(),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be one of fatal, error, warn, info, debug, trace, silent',
    )
    .default('info'),
});

/** Rules that join variables: the name of what is missing, and of the variable that needs it. */
function missingPartners(given: Readonly<Record<string, string>>): Map<string, string> {
  const missing = new Map<string, string>();
  const need = (names: readonly string[], because: string): void => {
    if (given[because]) for (const name of names) if (!given[name]) missing.set(name, because);
  };
  need(['ADMIN_PASSWORD'], 'ADMIN_EMAIL');
  need(['ADMIN_EMAIL'], 'ADMIN_PASSWORD');
  const oidc = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'];
  for (const name of oidc) need(oidc, name);
  for (const name of ['SMTP_PORT', 'SMTP_USER', 'SMTP_PASSWORD']) need(['SMTP_HOST'], name);
  need(['SMTP_PASSWORD'], 'SMTP_USER');
  need(['SMTP_USER'], 'SMTP_PASSWORD');
  // The links of a digest lead from another machine to this product.
  for (const name of ['SMTP_URL', 'SMTP_HOST']) need(['SMTP_FROM', 'PUBLIC_URL'], name);
  if (!given['SMTP_URL']) need(['SMTP_HOST'], 'SMTP_FROM');
  need(['DATABASE_URL'], 'DATABASE_OWNER_URL');
  need(['DATABASE_URL'], 'DATABASE_REPLICA_URLS');
  return missing;
}

const IMPLICIT_TLS_PORT = 465;

const mailOf = (values: z.output<typeof variables>): MailConfig | null => {
  const { SMTP_URL: url, SMTP_HOST: host, SMTP_USER: user, SMTP_PASSWORD: password, SMTP_FROM: from } = values;
  if (from === undefined) return null;
  if (url !== undefined) return { url, from };
  if (host === undefined) return null;
  const scheme = values.SMTP_PORT === IMPLICIT_TLS_PORT ? 'smtps' : 'smtp';
  const account =
    user !== undefined && password !== undefined ? `${encodeURIComponent(user)}:${encodeURIComponent(password)}@` : '';
  return { url: `${scheme}://${account}${host.includes(':') ? `[${host}]` : host}:${values.SMTP_PORT}`, from };
};

/**
 * The typed configuration from environment variables. Pure: reads no file and no clock.
 * A variable that is set but empty counts as not set, which is what compose files and CI systems pass for "none".
 *
 * @throws StartError (exit code 78) that names every bad variable and what it must be, and never a value: it may be a secret.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined && value !== '') given[name] = value;
  const result = variables.safeParse(given);
  const missing = missingPartners(given);
  if (!result.success || missing.size > 0) throw badVariables(result.error, missing);
  const values = result.data;
  const visibleHost = ['0.0.0.0', '::'].includes(values.HOST) ? 'localhost' : values.HOST;
  const urlHost = visibleHost.includes(':') ? `[${visibleHost}]` : visibleHost;
  return deepFreeze<Config>({
    host: values.HOST,
    port: values.PORT,
    publicUrl: originOf(values.PUBLIC_URL ?? '') ?? `http://${urlHost}:${values.PORT}`,
    dataDir: resolve(values.DATA_DIR),
    database: values.DATABASE_URL
      ? {
          url: values.DATABASE_URL,
          ownerUrl: values.DATABASE_OWNER_URL ?? values.DATABASE_URL,
          replicaUrls: values.DATABASE_REPLICA_URLS,
        }
      : null,
    admin:
      values.ADMIN_EMAIL && values.ADMIN_PASSWORD
        ? { email: values.ADMIN_EMAIL, password: values.ADMIN_PASSWORD }
        : null,
    exampleData: values.EXAMPLE_DATA ?? 'auto',
    oidc:
      values.OIDC_ISSUER && values.OIDC_CLIENT_ID && values.OIDC_CLIENT_SECRET
        ? { issuer: values.OIDC_ISSUER, clientId: values.OIDC_CLIENT_ID, clientSecret: values.OIDC_CLIENT_SECRET }
        : null,
    mail: mailOf(values),
    reporting: {
      currency: values.REPORTING_CURRENCY,
      isCurrencyGiven: given['REPORTING_CURRENCY'] !== undefined,
      timeZone: values.REPORTING_TIME_ZONE,
      fiscalYearStartMonth: values.FISCAL_YEAR_START_MONTH,
    },
    logLevel: values.LOG_LEVEL,
  });
}

/**
 * Adds the variables of a `.env` file to `env`; a variable that is already set stays as it is.
 * No file is fine; a file that cannot be read is not.
 *
 * @throws StartError (exit code 78)
 */
export function loadEnvironmentFile(path = '.env', env: Record<string, string | undefined> = process.env): void {
  if (!existsSync(path)) return;
  try {
    for (const [name, value] of Object.entries(parseEnv(readFileSync(path, 'utf8')))) env[name] ??= value;
  } catch (cause) {
    const message = `The file ${resolve(path)} cannot be read: ${(cause as Error).message}.`;
    throw new StartError(message, EXIT.BAD_CONFIG, { cause });
  }
}

function badVariables(error: z.ZodError | undefined, missing: ReadonlyMap<string, string>): StartError {
  // One line a variable: of two rules that a value breaks, the first says enough.
  const rules = new Map<string, string>();
  for (const issue of error?.issues ?? []) {
    const name = String(issue.path[0]);
    if (!rules.has(name)) rules.set(name, issue.message);
  }
  for (const [name, other] of missing) rules.set(name, `must be set because ${other} is set`);
  const list = [...rules].map(([name, rule]) => `\n  ${name} ${rule}`).join('');
  const count = rules.size === 1 ? 'a setting is wrong' : `${rules.size} settings are wrong`;
  return new StartError(`Throughline cannot start because ${count}:${list}`, EXIT.BAD_CONFIG);
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
