import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Param, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { pino, type Logger } from 'pino';
import { Allow, Public } from '../../server/access/allow.js';
import { checkRoutes } from '../../server/access/boot-check.js';
import { settings } from '../../server/contract/access.js';
import { LOGGER } from '../../server/http/logger.js';
import { Returns } from '../../server/http/returns.js';
import { emailOf, expectNoChange, expectProblem, PASSWORD, type Person, type Reply } from '../support/harness.js';
import { type OwnApi, startOwnApi } from '../support/own-server.js';

let api: OwnApi;
beforeAll(async () => {
  api = await startOwnApi();
});
afterAll(() => api.stop());

const signIn = (person: string, password = PASSWORD, headers: Record<string, string> = {}): Promise<Reply> =>
  api.as('anonymous').post('/session', { email: emailOf(person), password }, headers);
const cookieOf = (reply: Reply): string => reply.headers.getSetCookie()[0]!.split(';')[0]!;

describe('Deny by default', () => {
  const routes = async (...controllers: (new () => object)[]) => {
    class Routes {}
    Module({ controllers })(Routes);
    const app = await NestFactory.create(Routes, { logger: false, abortOnError: false });
    return () => checkRoutes(app);
  };

  it('refuses to start where a route has no policy, says not what it returns, or takes an argument unchecked', async () => {
    @Controller('open')
    class Open {
      @Get(':ref')
      read(@Param('ref') ref: string) {
        return { ref };
      }
    }
    const check = await routes(Open);
    expect(check).toThrow(
      /Open\.read needs exactly one of @Public\(\) and @Allow.*@Returns.*a schema of its path argument/,
    );
  });

  it('refuses to start where a route is both public and restricted', async () => {
    @Controller('both')
    class Both {
      @Post()
      @Public()
      @Allow('settings.read')
      @Returns(settings)
      make() {
        return {} as never;
      }
    }
    expect(await routes(Both)).toThrow(/Both\.make/);
  });

  it('starts with the routes of the product', () => {
    expect(() => checkRoutes(api.app.nest)).not.toThrow();
  });

  it('answers 401 to nobody on every restricted route that the document lists; each that changes something takes its reason', async () => {
    const { body: document } = await api.as('anonymous').get('/api/openapi.json');
    const open = [
      'GET /health/live',
      'GET /health/ready',
      'GET /prometheus',
      'POST /api/v1/session',
      'GET /api/v1/example',
      // Calendar programs do not sign in: the address is the secret.
      'GET /api/v1/calendar/{file}',
      // Who answers a survey has a link and no sign-in.
      'POST /api/v1/survey-session',
      'POST /api/v1/survey-answers',
      // Who reads a shared review, too.
      'POST /api/v1/shared/reviews',
    ];
    let asked = 0;
    for (const [path, operations] of Object.entries(document.paths as Record<string, Record<string, unknown>>))
      for (const method of Object.keys(operations).map((name) => name.toUpperCase())) {
        if (open.includes(`${method} ${path}`)) continue;
        const reply = await fetch(api.origin + path.replaceAll(/\{\w+\}/g, 'x'), { method });
        expect([method, path, reply.status]).toEqual([method, path, 401]);
        expect(reply.headers.get('www-authenticate')).toMatch(/^Bearer/);
        asked += 1;
      }
    expect(asked).toBeGreaterThan(20);
    type Described = Record<string, { parameters?: { name: string }[] }>;
    for (const [path, operations] of Object.entries(document.paths as Record<string, Described>))
      for (const [method, { parameters = [] }] of Object.entries(operations)) {
        const told = parameters.filter(({ name }) => name === 'Change-Reason').length;
        expect([method, path, told]).toEqual([method, path, method === 'get' ? 0 : 1]);
      }
  });

  it('permits by the policy table and refuses all others', async () => {
    const refused: Person[] = ['cio', 'pm-dig', 'finance', 'stakeholder-bu1', 'nobody'];
    for (const person of refused) expectProblem(await api.as(person).get('/users'), 403, 'forbidden');
    expect((await api.as('admin').get('/users')).status).toBe(200);
    expectProblem(await api.as('nobody').get('/settings'), 403, 'forbidden');
    expectProblem(await api.as('stakeholder-bu1').get('/audit'), 403, 'forbidden');
  });
});

describe('Requests from other sites', () => {
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: 'http://127.0.0.1' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:1' },
  ];
  const own = (): Record<string, string>[] => [
    {},
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { origin: api.origin },
    { origin: api.config.publicUrl },
  ];

  it.each(foreign)('are refused with a cookie, and change nothing: %j', async (headers) => {
    const cookie = cookieOf(await signIn('admin'));
    const client = api.client({ cookie });
    const changes = [
      () => client.post('/tokens', { name: 'planted', expiresAt: '2027-01-01T00:00:00Z' }, headers),
      () => client.patch('/settings', {}, { 'if-match': '"v1"', ...headers }),
      () => client.delete('/session', headers),
    ];
    for (const change of changes) expectProblem(await expectNoChange(api, change), 403, 'cross-site');
    expect((await client.get('/session', headers)).status).toBe(200);
    expectProblem(await signIn('admin', PASSWORD, headers), 403, 'cross-site');
  });

  it('are told from our own', async () => {
    for (const headers of own()) {
      const cookie = cookieOf(await signIn('admin', PASSWORD, headers));
      expect((await api.client({ cookie }).delete('/session', headers)).status).toBe(204);
    }
  });

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x', ''])(
    'cannot send a form to a JSON route: %s',
    async (mediaType) => {
      const body = mediaType.startsWith('text')
        ? JSON.stringify({ email: emailOf('admin'), password: PASSWORD })
        : 'email=a&password=b';
      const reply = await fetch(`${api.origin}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': mediaType },
        body: new TextEncoder().encode(body),
      });
      expect(reply.status).toBe(415);
      expect(((await reply.json()) as { type: string }).type).toBe('urn:problem:unsupported-media-type');
    },
  );
});

describe('Secrets', () => {
  it('stand in no answer and no line of the log', async () => {
    const lines: string[] = [];
    const talkative = await startOwnApi({ bare: true, logLevel: 'trace' });
    const canary = 'canary password 7f3a91';
    try {
      const logger = talkative.app.nest.get<Logger & Record<symbol, { write: (line: string) => void }>>(LOGGER);
      logger[pino.symbols.streamSym]!.write = (line) => void lines.push(line);
      const anonymous = talkative.as('anonymous');
      const refused = await anonymous.post('/session', { email: canary.replaceAll(' ', '-') + '@x', password: canary });
      const malformed = await anonymous.post('/session', { email: 'no address', password: canary, extra: canary });
      const signedIn = await anonymous.post('/session', { email: emailOf('admin'), password: PASSWORD });
      const client = talkative.client({ cookie: cookieOf(signedIn) });
      const made = await client.post('/tokens', { name: 'BI', expiresAt: '2027-01-01T00:00:00Z' });
      await talkative.client({ authorization: `Bearer ${made.body.token}` }).get('/session?x=1');
      const created = await client.post('/users', { email: 'new@x', name: 'New', password: canary, grants: [] });
      const replies = [
        refused,
        malformed,
        created,
        await client.get('/users'),
        await client.get('/audit'),
        await client.get('/prometheus'),
      ];
      const said = replies.map((reply) => reply.text).join('\n');
      expect(said).not.toContain(canary);
      expect(said).not.toMatch(/argon2|password_?hash/i);
      expect(said).not.toContain(made.body.token);
      const log = lines.join('');
      expect(log).not.toContain(canary);
      expect(log).not.toContain(PASSWORD);
      expect(log).not.toContain(made.body.token);
      expect(log).not.toContain(cookieOf(signedIn).split('=')[1]);
      expect(made.status).toBe(201);
      expect(lines.length).toBeGreaterThan(8);
    } finally {
      await talkative.stop();
    }
  });
});
