import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Config } from '../../server/config.js';
import { MailError, MailService } from '../../server/reminders/mail.service.js';
import { startMailServer, type MailServer } from '../support/mail-server.js';
import { selfSigned } from '../support/self-signed.js';

/** STARTTLS: what begins in the clear goes on encrypted, with a server that proves who it is, or not at all. */

const ACCOUNT = { user: 'throughline', password: 'correct horse' };
const CERTIFICATE = selfSigned();
const UNSAFE = 'No safe connection to the mail server could be made.';

let safe: MailServer;
let plain: MailServer;
beforeAll(async () => {
  [safe, plain] = await Promise.all([startMailServer(ACCOUNT, CERTIFICATE), startMailServer(ACCOUNT)]);
});
afterAll(() => Promise.all([safe.stop(), plain.stop()]));

/** What became of a mail: nothing to say, or why it did not go out. */
const sent = async (url: string): Promise<string | null> => {
  const mail = { url, from: 'throughline@tests.example' };
  const service = new MailService({ mail } as Config);
  const to = { name: 'Pat', address: 'pat@tests.example' };
  try {
    await service.send({ to, subject: 'Due', text: 'Due', html: '<p>Due</p>', unsubscribe: 'https://tests.example' });
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(MailError);
    expect((error as MailError).mayHaveArrived).toBe(false);
    return (error as MailError).message;
  }
};

test('a server with a certificate that is trusted gets name, password and mail over TLS only', async () => {
  expect(await sent(`${safe.url}/?tls.ca=${encodeURIComponent(CERTIFICATE.cert)}`)).toBeNull();
  expect(new Set(safe.signIns.map(({ isSecure }) => isSecure))).toEqual(new Set([true]));
  expect(safe.mails.map(({ user, isSecure }) => [user, isSecure])).toEqual([['throughline', true]]);
});

test('a certificate that nobody vouches for ends it, before a name or password was said', async () => {
  const before = safe.signIns.length;
  expect(await sent(safe.url)).toBe(UNSAFE);
  expect([safe.signIns.length, safe.mails.length]).toEqual([before, 1]);
});

test('where TLS is asked for, a server that has none gets neither password nor mail', async () => {
  expect(await sent(`${plain.url}/?requireTLS=true`)).toBe(UNSAFE);
  expect([plain.signIns, plain.mails]).toEqual([[], []]);
  // To this machine it may go in the clear.
  expect(await sent(plain.url)).toBeNull();
  expect(plain.mails.map(({ user, isSecure }) => [user, isSecure])).toEqual([['throughline', false]]);
});
