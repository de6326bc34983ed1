import { Inject, Injectable } from '@nestjs/common';
import { createTransport, type NodemailerError } from 'nodemailer';
import type { Config, MailConfig } from '../config.js';
import { CONFIG } from '../http/config.token.js';

/** A mail that did not go out, in a sentence for whoever should have got it. What the server said stands in the cause, for the log. */
export class MailError extends Error {
  constructor(
    message: string,
    /** The server may have taken it before the connection broke: sent again, it could arrive twice. */
    readonly mayHaveArrived: boolean,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}

export interface Mail {
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  /** The page on which mails like this are switched off; none where a mail comes once. */
  unsubscribe?: string;
}

const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)$/.test(host);

/** A password never travels in the clear, unless to this machine or where the address says `requireTLS=false`. */
const needsTls = (url: string): boolean => {
  const { protocol, username, hostname, searchParams } = new URL(url);
  return protocol === 'smtp:' && username !== '' && !isLoopback(hostname) && !searchParams.has('requireTLS');
};

/** Sends mail by SMTP, where a server for it is configured. */
@Injectable()
export class MailService {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  get isConfigured(): boolean {
    return this.config.mail !== null;
  }

  /**
   * @returns once the server has taken the mail
   * @throws MailError where it has not, or nobody knows
   */
  async send(mail: Mail): Promise<void> {
    if (this.config.mail === null) throw new MailError('Mail is not set up on this server.', false, null);
    const transport = transportOf(this.config.mail);
    try {
      // Connecting and signing in first: what fails here was not sent for certain.
      await transport.verify().catch((cause: unknown) => {
        throw new MailError(reasonOf(cause), false, cause);
      });
      await transport
        .sendMail({
          from: this.config.mail.from,
          to: mail.to,
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          ...(mail.unsubscribe === undefined
            ? {}
            : { list: { unsubscribe: { url: mail.unsubscribe, comment: 'Change or stop the digest' } } }),
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        .catch((cause: unknown) => {
          throw new MailError(reasonOf(cause), (cause as NodemailerError).responseCode === undefined, cause);
        });
    } finally {
      transport.close();
    }
  }
}

const transportOf = ({ url }: MailConfig) =>
  createTransport({
    url,
    ...(needsTls(url) ? { requireTLS: true } : {}),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: ANSWER_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

/** What OpenSSL and Node call a certificate that cannot be trusted, or a handshake that failed. */
const UNTRUSTED = /CERT|UNABLE_TO|HOSTNAME_MISMATCH|^ERR_(?:TLS|SSL)|^EPROTO$/;

/** Without names of hosts and accounts, which are for the log. */
const reasonOf = (cause: unknown): string => {
  const { code, responseCode, originalCode } = cause as NodemailerError;
  if (code === 'EAUTH') return 'The mail server refused the sign-in of this product.';
  if (code === 'ETLS' || UNTRUSTED.test(originalCode ?? ''))
    return 'No safe connection to the mail server could be made.';
  if (code === 'EENVELOPE') return `The mail server refused the sender or the address${withCode(responseCode)}.`;
  if (responseCode !== undefined) return `The mail server refused the mail${withCode(responseCode)}.`;
  return 'The mail server could not be reached, or did not answer in time.';
};

const withCode = (code: number | undefined): string => (code === undefined ? '' : ` (code ${code})`);
