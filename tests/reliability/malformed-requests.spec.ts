import { request as send } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { problem } from '../../server/contract/primitives.js';
import { emailOf, PASSWORD, startApi, type Api } from '../support/harness.js';
import { deriveRequests, type DerivedRequest, type OpenApi } from '../support/malformed.js';

let api: Api;
let cookie = '';
beforeAll(async () => {
  api = await startApi();
  const reply = await fetch(`${api.origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: emailOf('admin'), password: PASSWORD }),
  });
  cookie = reply.headers.getSetCookie()[0]!.split(';')[0]!;
});
afterAll(() => api.stop());

/** What node:http refuses in a path (control and non-ASCII characters) is encoded; all else is sent as it stands. */
const encodedPath = (path: string): string =>
  [...path].map((char) => (char > ' ' && char < '\u007f' ? char : encodeURIComponent(char))).join('');

interface Answer {
  status: number;
  type: string;
  text: string;
}

/** By node:http and not by fetch, which would mend broken paths before they are sent. */
const ask = (derived: DerivedRequest): Promise<Answer> =>
  new Promise((done, fail) => {
    const outgoing = send(`${api.origin}/`, {
      method: derived.method,
      path: encodedPath(derived.path),
      headers: {
        cookie,
        ...derived.headers,
        ...(derived.body === undefined ? {} : { 'content-length': Buffer.byteLength(derived.body) }),
      },
      timeout: 20_000,
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in 20 s')));
    outgoing.on('error', fail);
    outgoing.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', fail);
      response.on('end', () =>
        done({
          status: response.statusCode!,
          type: String(response.headers['content-type'] ?? ''),
          text: Buffer.concat(parts).toString('utf8'),
        }),
      );
    });
    outgoing.end(derived.body);
  });

test('2,000 malformed requests derived from the OpenAPI document get no 5xx, and every refusal is problem+json', async () => {
  const document = (await api.as('admin').get('/api/openapi.json')).body as OpenApi;
  const seed = 20_261_121;
  const requests = deriveRequests(document, 2_000, seed);
  const wrong: unknown[] = [];
  const counts: Record<string, number> = {};
  for (let at = 0; at < requests.length; at += 8)
    await Promise.all(
      requests.slice(at, at + 8).map(async (derived) => {
        const answer = await ask(derived).catch((error: Error) => ({ status: 599, type: '', text: error.message }));
        counts[answer.status] = (counts[answer.status] ?? 0) + 1;
        const refused = answer.status >= 400;
        const isProblem =
          answer.type.startsWith('application/problem+json') && problem.safeParse(JSON.parse(answer.text)).success;
        if (answer.status >= 500 || (refused && !isProblem && !answer.text.includes('"problemCount"')))
          wrong.push({
            ...derived,
            body: derived.body?.slice(0, 300),
            status: answer.status,
            text: answer.text.slice(0, 300),
          });
      }),
    );
  expect({ seed, wrong: wrong.slice(0, 5), count: wrong.length }).toEqual({ seed, wrong: [], count: 0 });
  // The requests reach below the surface: a good part is refused for its content, and some are right by chance.
  expect(counts[422]).toBeGreaterThan(400);
  expect(Object.entries(counts).some(([status]) => status.startsWith('2'))).toBe(true);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect((await api.as('admin').get('/health/ready')).status).toBe(200);
}, 300_000);
