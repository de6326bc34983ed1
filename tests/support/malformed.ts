import { generateSync } from 'json-schema-faker';

/** A request made from the OpenAPI document, valid by its schema or one change away from it. */
export interface DerivedRequest {
  method: string;
  path: string;
  body: string | undefined;
  headers: Record<string, string>;
  /** What was changed, for the message of a failing test. */
  change: string;
}

export type Schema = Record<string, unknown>;
interface Operation {
  parameters?: { name: string; in: string; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
  responses: Record<string, { content?: Record<string, unknown> }>;
}
export interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** Values that have broken servers before: wrong types, bounds, encodings, names with a meaning for JavaScript, SQL and Unicode. */
const LEAVES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  9007199254740991,
  '',
  ' ',
  'x'.repeat(5000),
  '\u0000',
  '\ud800',
  '\u202e',
  'NaN',
  'Infinity',
  '-0',
  '1e999',
  '1,50',
  '0x10',
  "'; drop table benefits; --",
  '%00',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  '2026-13',
  '2026-02-30',
  'today',
  'infinity',
  [],
  {},
  [[]],
  { $ne: null },
  { toString: 1 },
  [null],
  ['a', 'a'],
  '🏴‍☠️',
  'ﷺ'.repeat(50),
  { length: 1e9 },
];
const EXTRA_FIELDS: readonly [string, unknown][] = [
  ['id', '019a0000-0000-7000-8000-000000000000'],
  ['version', 9],
  ['archivedAt', null],
  ['createdAt', 'x'],
  ['__proto__', { polluted: true }],
  ['constructor', {}],
  ['confirmedBy', 'x@y.z'],
  ['', 1],
];
const RAW_BODIES: readonly string[] = [
  '',
  '{',
  '[]',
  'null',
  '"text"',
  '1',
  '{"a":',
  '\u0000',
  '{"a":1}{"b":2}',
  `${'['.repeat(3000)}${']'.repeat(3000)}`,
  '{"a":"\\ud800"}',
];
const QUERIES: readonly string[] = [
  'limit=-1',
  'limit=1e9',
  'limit=',
  'cursor=%00',
  'cursor=AAAA',
  'sort=;drop',
  'period=2026-Q5',
  'period[]=1',
  'period=2026-Q3&period=2026-Q2',
  'portfolio=%ff',
  'orgUnit=%00',
  'x=1',
  'q=%25%25%25%25',
  'span=ever',
  'archived=maybe',
  'kind=nothing',
  '__proto__=1',
  'decimal=both',
];
const REFS: readonly string[] = [
  'nothing',
  '019a0000-0000-7000-8000-000000000000',
  '%00',
  '%2e%2e',
  '..%2f..%2fetc%2fpasswd',
  '%ff',
  'x'.repeat(300),
  "'",
  '-1',
  '%F0%9F%8F%B4',
  'constructor',
  'null',
  '0'.repeat(36),
];

/** A repeatable sequence of numbers in [0, 1). */
export const sequence = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

/** Paths whose success would end the test's own session or wait for events. */
const LEFT_OUT =
  /^delete \/api\/v1\/session$|\/events$|^(post|patch|delete) \/api\/v1\/users|^patch \/api\/v1\/settings/;

/**
 * Requests derived from the document: a valid base by schema, then one change (a wrong leaf, a removed or added field, another root, a raw
 * body, a wrong query, a wrong path part, a wrong header), over all operations in turn.
 */
export const deriveRequests = (document: OpenApi, count: number, seed: number): DerivedRequest[] => {
  const random = sequence(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => !LEFT_OUT.test(`${method} ${path}`))
      .map(([method, operation]) => ({ method, path, operation })),
  );
  // Making a sample takes longer than sending it: a few for each operation are enough as bases.
  const samples = new Map<string, unknown>();
  const sampleFor = (operation: number, schema: Schema): unknown => {
    const variant = Math.floor(random() * 3);
    const key = `${operation} ${variant}`;
    if (!samples.has(key)) samples.set(key, sampleOf(schema, document, seed + variant));
    return samples.get(key);
  };
  const requests: DerivedRequest[] = [];
  for (let i = 0; i < count; i += 1) {
    const { method, path, operation } = operations[i % operations.length]!;
    const schema = operation.requestBody?.content?.['application/json']?.schema;
    const changes = [
      'query',
      'query',
      ...(path.includes('{') ? ['ref', 'ref'] : []),
      ...(schema ? ['leaf', 'leaf', 'leaf', 'leaf', 'drop', 'add', 'root', 'raw', 'type'] : []),
      'header',
    ];
    const change = pick(changes);
    let body: unknown = schema ? sampleFor(i % operations.length, schema) : undefined;
    let raw: string | undefined;
    let suffix = '';
    const headers: Record<string, string> = schema ? { 'content-type': 'application/json' } : {};
    if (method === 'patch' || method === 'delete')
      headers['if-match'] = pick(['"v1"', '"v1"', '"v99999999999"', '*', 'x', '']);
    let refOf = (): string => pick(['nothing', '019a0000-0000-7000-8000-000000000000', 'DIG', 'BU1']);
    if (change === 'leaf') body = withLeaf(body, pick(LEAVES), random);
    if (change === 'drop') body = without(body, random);
    if (change === 'add') body = { ...(body as object), ...Object.fromEntries([pick(EXTRA_FIELDS)]) };
    if (change === 'root') body = pick(LEAVES);
    if (change === 'raw') raw = pick(RAW_BODIES);
    if (change === 'type')
      headers['content-type'] = pick([
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'application/json; charset=utf-7',
        'application/xml',
        '',
      ]);
    if (change === 'query') suffix = `?${pick(QUERIES)}`;
    if (change === 'ref') refOf = () => pick(REFS);
    if (change === 'header')
      Object.assign(
        headers,
        pick([
          { 'idempotency-key': 'x'.repeat(500) },
          { 'if-none-match': '"' },
          { accept: 'x/y' },
          { authorization: 'Bearer nonsense' },
          { 'idempotency-key': 'same' },
        ]),
      );
    requests.push({
      method: method.toUpperCase(),
      path: path.replace(/\{[^}]+\}/g, () => refOf()) + suffix,
      body: raw ?? (body === undefined || method === 'get' || method === 'delete' ? undefined : JSON.stringify(body)),
      headers,
      change,
    });
  }
  return requests;
};

/** A value that the schema accepts; an empty object where the generator knows none. */
export const sampleOf = (schema: Schema, document: OpenApi, seed: number): unknown => {
  try {
    return generateSync(
      { ...schema, components: { schemas: reachable(schema, document) } },
      // Long lists and texts cost seconds a sample and show nothing more.
      { seed, alwaysFakeOptionals: true, maxItems: 3, maxLength: 80 },
    );
  } catch {
    return {};
  }
};

/** The named schemas that a schema refers to, directly or by others: the generator goes through all that it is given. */
const reachable = (schema: Schema, { components }: OpenApi): Record<string, Schema> => {
  const found: Record<string, Schema> = {};
  const waiting = [schema];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const [, name] of JSON.stringify(next).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      const named = components.schemas[name!];
      if (named === undefined || found[name!] !== undefined) continue;
      found[name!] = named;
      waiting.push(named);
    }
  return found;
};

const withLeaf = (value: unknown, leaf: unknown, random: () => number): unknown => {
  if (Array.isArray(value) && value.length > 0 && random() < 0.8) {
    const at = Math.floor(random() * value.length);
    return value.map((item, i) => (i === at ? withLeaf(item, leaf, random) : item));
  }
  if (value !== null && typeof value === 'object' && Object.keys(value).length > 0) {
    const keys = Object.keys(value);
    const key = keys[Math.floor(random() * keys.length)]!;
    return { ...value, [key]: withLeaf((value as Record<string, unknown>)[key], leaf, random) };
  }
  return leaf;
};

const without = (value: unknown, random: () => number): unknown => {
  if (value === null || typeof value !== 'object') return undefined;
  const entries = Object.entries(value);
  entries.splice(Math.floor(random() * entries.length), 1);
  return Object.fromEntries(entries);
};
