import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

/** A real SMTP server on the loopback that keeps what it takes. */

export interface ReceivedMail {
  from: string;
  to: string[];
  /** As it went over the wire. */
  raw: string;
  /** Who signed in, or null. */
  user: string | null;
  /** It came over TLS. */
  isSecure: boolean;
}

export interface MailServer {
  url: string;
  port: number;
  mails: ReceivedMail[];
  /** What the server answers to the next mails instead of taking them: a code of SMTP each. */
  refuseWith: number[];
  /** Breaks the connection instead of answering to the next mail, once it has it. */
  breakNext: boolean;
  /** Names with which somebody tried to sign in, and whether over TLS. */
  signIns: { user: string | undefined; isSecure: boolean }[];
  stop(): Promise<void>;
}

/**
 * @param account whom it lets in; anybody without
 * @param certificate with which it offers STARTTLS
 */
export const startMailServer = async (
  account?: { user: string; password: string },
  certificate?: { key: string; cert: string },
): Promise<MailServer> => {
  const mails: ReceivedMail[] = [];
  const signIns: MailServer['signIns'] = [];
  const state = { refuseWith: [] as number[], breakNext: false };
  const server = new SMTPServer({
    ...certificate,
    disabledCommands: [...(certificate ? [] : ['STARTTLS']), ...(account ? [] : ['AUTH'])],
    allowInsecureAuth: true,
    authOptional: !account,
    onAuth(auth, session, done) {
      signIns.push({ user: auth.username, isSecure: session.secure });
      if (auth.username === account?.user && auth.password === account?.password) done(null, { user: auth.username });
      else done(new Error('Invalid username or password'));
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => void parts.push(part));
      stream.on('end', () => {
        const code = state.refuseWith.shift();
        if (code !== undefined) return done(Object.assign(new Error('Not now'), { responseCode: code }));
        mails.push({
          from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(parts).toString('utf8'),
          user: typeof session.user === 'string' ? session.user : null,
          isSecure: session.secure,
        });
        if (state.breakNext) {
          state.breakNext = false;
          for (const connection of server.connections) connection.close();
          return;
        }
        done();
      });
    },
  });
  server.on('error', () => undefined); // of a client that breaks off
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as { port: number };
  return Object.assign(state, {
    url: `smtp://${account ? `${account.user}:${encodeURIComponent(account.password)}@` : ''}127.0.0.1:${port}`,
    port,
    mails,
    signIns,
    stop: () => new Promise<void>((done) => server.close(() => done())),
  });
};

/** A header of a mail, unfolded and with its encoded words read. */
export const headerOf = ({ raw }: ReceivedMail, name: string): string | null => {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  const line = head.split('\r\n').find((each) => each.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  if (line === undefined) return null;
  const value = line.slice(name.length + 1).trim();
  return value.replace(/=\?utf-8\?([bq])\?([^?]*)\?=(?: (?==\?))?/gi, (_, way: string, text: string) =>
    way.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString('utf8') : quoted(text.replaceAll('_', ' ')),
  );
};

/** The text of one part of a mail, by its media type. */
export const partOf = ({ raw }: ReceivedMail, mediaType: string): string => {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1];
  const part = raw.split(`--${boundary}`).find((each) => each.toLowerCase().includes(`content-type: ${mediaType}`));
  if (part === undefined) throw new Error(`The mail has no part ${mediaType}.`);
  const at = part.indexOf('\r\n\r\n');
  const [head, body] = [part.slice(0, at), part.slice(at + 4)];
  if (/transfer-encoding: quoted-printable/i.test(head)) return quoted(body.replace(/=\r\n/g, ''));
  if (/transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  return body;
};

const quoted = (text: string): string =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
