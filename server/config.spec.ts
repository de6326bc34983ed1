import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadEnvironmentFile, readConfig } from './config.js';
import { StartError } from './start-error.js';

const refusal = (env: Record<string, string>): StartError => {
  try {
    readConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(StartError);
    return error as StartError;
  }
  throw new Error('the configuration was accepted');
};

test('an empty environment is a complete configuration', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 3000,
    publicUrl: 'http://127.0.0.1:3000',
    dataDir: resolve('.data'),
    database: null,
    admin: null,
    exampleData: 'auto',
    oidc: null,
    mail: null,
    reporting: { currency: 'USD', isCurrencyGiven: false, timeZone: 'UTC', fiscalYearStartMonth: 1 },
    logLevel: 'info',
  });
});

test('every variable arrives typed', () => {
  const config = readConfig({
    PORT: '8080',
    HOST: '::',
    DATABASE_URL: 'postgres://app:one@db.example:5432/throughline',
    DATABASE_OWNER_URL: 'postgresql://owner:two@db.example/throughline',
    DATABASE_REPLICA_URLS: 'postgres://app:one@r1.example/t, postgres://app:one@r2.example/t',
    DATA_DIR: '/var/lib/throughline',
    ADMIN_EMAIL: 'ada@example.com',
    ADMIN_PASSWORD: 'a long and own password',
    EXAMPLE_DATA: 'off',
    PUBLIC_URL: 'https://throughline.example/',
    OIDC_ISSUER: 'https://login.example/realm',
    OIDC_CLIENT_ID: 'throughline',
    OIDC_CLIENT_SECRET: 's3cr3t',
    SMTP_URL: 'smtps://app:one@mail.example',
    SMTP_FROM: 'Throughline <throughline@mail.example>',
    REPORTING_CURRENCY: 'CHF',
    REPORTING_TIME_ZONE: 'Europe/Zurich',
    FISCAL_YEAR_START_MONTH: '04',
    LOG_LEVEL: 'debug',
  });
  expect(config).toEqual({
    host: '::',
    port: 8080,
    publicUrl: 'https://throughline.example',
    dataDir: '/var/lib/throughline',
    database: {
      url: 'postgres://app:one@db.example:5432/throughline',
      ownerUrl: 'postgresql://owner:two@db.example/throughline',
      replicaUrls: ['postgres://app:one@r1.example/t', 'postgres://app:one@r2.example/t'],
    },
    admin: { email: 'ada@example.com', password: 'a long and own password' },
    exampleData: 'off',
    oidc: { issuer: 'https://login.example/realm', clientId: 'throughline', clientSecret: 's3cr3t' },
    mail: { url: 'smtps://app:one@mail.example', from: 'Throughline <throughline@mail.example>' },
    reporting: { currency: 'CHF', isCurrencyGiven: true, timeZone: 'Europe/Zurich', fiscalYearStartMonth: 4 },
    logLevel: 'debug',
  });
});

test('one refusal names every bad variable, what it must be, and no value', () => {
  const error = refusal({ PORT: '80a', LOG_LEVEL: 'loud', ADMIN_PASSWORD: 'hunter2', FISCAL_YEAR_START_MONTH: '13' });
  expect(error.exitCode).toBe(78);
  expect(error.message).toContain('5 settings are wrong');
  expect(error.message).toContain('PORT must be a whole number from 0 to 65535');
  expect(error.message).toContain('LOG_LEVEL must be one of fatal, error, warn');
  expect(error.message).toContain('ADMIN_PASSWORD must be 12 to 128 characters long');
  expect(error.message).toContain('ADMIN_EMAIL must be set because ADMIN_PASSWORD is set');
  expect(error.message).toContain('FISCAL_YEAR_START_MONTH must be a whole number from 1 to 12');
  expect(error.message).not.toMatch(/hunter2|loud|80a/);
});

test.each<[string, Record<string, string>]>([
  ['PORT', { PORT: '65536' }],
  ['PORT', { PORT: '1e3' }],
  ['PORT', { PORT: '-1' }],
  ['HOST', { HOST: 'two words' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://host/name' }],
  ['DATABASE_URL', { DATABASE_URL: 'postgres://host' }],
  ['DATABASE_URL', { DATABASE_OWNER_URL: 'postgres://owner@host/name' }],
  ['DATABASE_OWNER_URL', { DATABASE_URL: 'postgres://a@host/name', DATABASE_OWNER_URL: 'host' }],
  ['DATABASE_REPLICA_URLS', { DATABASE_URL: 'postgres://a@host/name', DATABASE_REPLICA_URLS: 'postgres://b/n,c' }],
  ['ADMIN_EMAIL', { ADMIN_EMAIL: 'ada', ADMIN_PASSWORD: 'a long and own password' }],
  ['ADMIN_PASSWORD', { ADMIN_EMAIL: 'ada@example.com' }],
  ['ADMIN_PASSWORD', { ADMIN_EMAIL: 'ada@example.com', ADMIN_PASSWORD: 'changeme1234' }],
  ['ADMIN_PASSWORD', { ADMIN_EMAIL: 'ada@example.com', ADMIN_PASSWORD: 'Password12345!' }],
  ['EXAMPLE_DATA', { EXAMPLE_DATA: 'true' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'https://example.com/throughline' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'example.com' }],
  ['OIDC_CLIENT_SECRET', { OIDC_ISSUER: 'https://login.example', OIDC_CLIENT_ID: 'throughline' }],
  ['OIDC_ISSUER', { OIDC_ISSUER: 'login', OIDC_CLIENT_ID: 'throughline', OIDC_CLIENT_SECRET: 'x' }],
  ['SMTP_URL', { SMTP_URL: 'http://mail.example', SMTP_FROM: 'a@b', PUBLIC_URL: 'https://t.example' }],
  ['SMTP_URL', { SMTP_URL: 'smtp://mail.example/path', SMTP_FROM: 'a@b', PUBLIC_URL: 'https://t.example' }],
  ['SMTP_FROM', { SMTP_URL: 'smtp://mail.example', PUBLIC_URL: 'https://t.example' }],
  ['SMTP_FROM', { SMTP_HOST: 'mail.example', SMTP_FROM: 'Throughline', PUBLIC_URL: 'https://t.example' }],
  ['PUBLIC_URL', { SMTP_HOST: 'mail.example', SMTP_FROM: 'a@b' }],
  ['SMTP_HOST', { SMTP_FROM: 'a@b' }],
  ['SMTP_HOST', { SMTP_PORT: '25' }],
  ['SMTP_PASSWORD', { SMTP_HOST: 'mail.example', SMTP_USER: 'app', SMTP_FROM: 'a@b', PUBLIC_URL: 'https://t.example' }],
  ['REPORTING_CURRENCY', { REPORTING_CURRENCY: 'eur' }],
  ['REPORTING_TIME_ZONE', { REPORTING_TIME_ZONE: 'Mars/Olympus' }],
  ['CHROMIUM_PATH', { CHROMIUM_PATH: 'chromium' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'verbose' }],
])('%s is named when the environment is %j', (name, env) => {
  const error = refusal(env);
  expect(error.exitCode).toBe(78);
  expect(error.message).toMatch(new RegExp(`a setting is wrong:\\n  ${name} must `));
});

test('a variable that is set but empty counts as not set', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '', ADMIN_EMAIL: '', ADMIN_PASSWORD: '' })).toEqual(readConfig({}));
});

test('the migrating role is the serving role when no other is given', () => {
  const url = 'postgres://app:one@localhost/throughline?host=%2Ftmp%2Fsocket';
  expect(readConfig({ DATABASE_URL: url }).database).toEqual({ url, ownerUrl: url, replicaUrls: [] });
});

test('host, port and account of a mail server become its URL', () => {
  const mail = (env: Record<string, string>) =>
    readConfig({ SMTP_HOST: 'mail.example', SMTP_FROM: 'a@b', PUBLIC_URL: 'https://t.example', ...env }).mail?.url;
  expect(mail({})).toBe('smtp://mail.example:587');
  expect(mail({ SMTP_PORT: '465', SMTP_USER: 'a@b', SMTP_PASSWORD: 'p:/?' })).toBe(
    'smtps://a%40b:p%3A%2F%3F@mail.example:465',
  );
});

test('nothing can change the configuration afterwards', () => {
  const config = readConfig({ ADMIN_EMAIL: 'ada@example.com', ADMIN_PASSWORD: 'a long and own password' });
  expect(Object.isFrozen(config)).toBe(true);
  expect(Object.isFrozen(config.admin)).toBe(true);
  expect(Object.isFrozen(config.reporting)).toBe(true);
});

test('the .env file adds variables and overrides none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-env-'));
  const file = join(folder, '.env');
  writeFileSync(file, '# a comment\nNEW="from the file"\nSET=from the file\n');
  const env: Record<string, string | undefined> = { SET: 'from the environment' };
  loadEnvironmentFile(join(folder, 'absent'), env);
  loadEnvironmentFile(file, env);
  expect(env).toEqual({ NEW: 'from the file', SET: 'from the environment' });
  rmSync(folder, { recursive: true });
});

test('a .env that cannot be read stops the start', () => {
  expect(() => loadEnvironmentFile(tmpdir(), {})).toThrow(/cannot be read/);
});
