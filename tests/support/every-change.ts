import type { Api, Client, Person, Reply } from './harness.js';
import { type OpenApi, sampleOf, type Schema } from './malformed.js';

/** Every operation of the product that changes something, tried on records that are there. */

/** `PATCH /api/v1/benefits/{ref}`. */
export type Operation = string;

const METHODS = ['post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof METHODS)[number];
/** What others need goes late: records after their changes, people after records, all of the example at the very end. */
const LAST = [/ \/api\/v1\/users\/\{ref\}$/, / \/api\/v1\/session$/, / \/api\/v1\/example$/];

/** All of the document that change something, in the order in which they can be tried one after the other. */
export const changesIn = ({ paths }: OpenApi): Operation[] => {
  const all = METHODS.flatMap((method) =>
    Object.keys(paths)
      .filter((path) => method in paths[path]!)
      .map((path) => `${method.toUpperCase()} ${path}`),
  );
  const late = LAST.map((pattern) => all.filter((each) => pattern.test(each) && each.startsWith('DELETE')));
  return [...all.filter((each) => !late.flat().includes(each)), ...late.flat()];
};

const NOBODY = '019a0000-0000-7000-8000-000000000000';
/** Whoever may do it, the administrator first. */
const PEOPLE: readonly Person[] = ['admin', 'cio', 'finance', 'pm-dig'];
/** Of a list so many records are tried until one can be changed or deleted. */
const MOST = 3;

type Row = Record<string, unknown>;

export class EveryChange {
  private keys = 0;

  /** @param review the frozen one, the target of all that takes a review */
  constructor(
    private readonly api: Api,
    private readonly document: OpenApi,
    private readonly review: string,
  ) {}

  /** Tries an operation until it succeeds, on several records and with several bodies. @returns what came of the last try */
  async try(operation: Operation): Promise<Reply> {
    const [method, path] = operation.split(' ') as [string, string];
    let last: Reply | undefined;
    for (const target of await this.targetsOf(path))
      for (const body of await this.bodiesFor(method, path, target)) {
        last = await this.send(method.toLowerCase() as Method, target, body);
        if (last.status < 300) return last;
      }
    return last!;
  }

  private async send(method: Method, path: string, body: unknown): Promise<Reply> {
    let reply: Reply | undefined;
    for (const person of PEOPLE) {
      const client = this.api.as(person);
      const headers = {
        'idempotency-key': `change ${(this.keys += 1)}`,
        'if-match': (await this.etagOf(client, path)) ?? '"v1"',
      };
      reply = method === 'delete' ? await client.delete(path, headers) : await client[method](path, body, headers);
      if (reply.status !== 403) return reply;
    }
    return reply!;
  }

  /** Of the record, or of the one that it belongs to, or as the list has it. */
  private async etagOf(client: Client, path: string): Promise<string | null> {
    const list = path.replace(/\/[^/]+$/, '');
    for (const each of [path, list]) {
      const etag = (await client.get(each)).headers.get('etag');
      if (etag?.startsWith('"v')) return etag;
    }
    const row = (await this.rowsAt(list)).find(({ id }) => path.endsWith(`/${String(id)}`));
    return row?.['version'] === undefined ? null : `"v${String(row['version'])}"`;
  }

  private async rowsAt(path: string): Promise<Row[]> {
    const { status, body } = await this.api.as('admin').get(path);
    const items =
      status === 200 ? ((body as { items?: Row[] }).items ?? (Array.isArray(body) ? (body as Row[]) : [])) : [];
    return items.slice(0, MOST);
  }

  /** Addresses with the ids of records in place of what stands in braces. */
  private async targetsOf(path: string): Promise<string[]> {
    const found = /^([^{]*)\/\{\w+\}(.*)$/.exec(path);
    if (found === null) return [path];
    const [, list, rest] = found as unknown as [string, string, string];
    if (list === '/api/v1/reviews') return this.targetsOf(`${list}/${this.review}${rest}`);
    const ids = (await this.rowsAt(list)).map((row) => String(row['id'] ?? row['ref'] ?? row['code'] ?? NOBODY));
    const addresses = (ids.length === 0 ? [NOBODY] : ids).map((id) => `${list}/${id}${rest}`);
    return (await Promise.all(addresses.map((address) => this.targetsOf(address)))).flat().slice(0, MOST);
  }

  private schemaOf(method: string, path: string): Schema | undefined {
    const schema =
      this.document.paths[path]?.[method.toLowerCase()]?.requestBody?.content?.['application/json']?.schema;
    const named = /#\/components\/schemas\/(.+)/.exec(String(schema?.['$ref'] ?? ''))?.[1];
    return named === undefined ? schema : this.document.components.schemas[named];
  }

  /** What can be sent: of a record each of its fields changed by itself, else one more like it, else a sample of the schema. */
  private async bodiesFor(method: string, path: string, target: string): Promise<unknown[]> {
    const schema = this.schemaOf(method, path);
    if (method === 'DELETE' || schema === undefined) return [{}];
    const fields = Object.keys((schema['properties'] as object | undefined) ?? {});
    const sample = sampleOf(schema, this.document, 1);
    if (method === 'POST') {
      const [like] = await this.rowsAt(target);
      const copy =
        like &&
        Object.fromEntries(
          fields.flatMap((field) => (like[field] === null || like[field] === undefined ? [] : [[field, like[field]]])),
        );
      return [...(copy ? [{ ...copy, ...('code' in copy ? { code: `NEW-${(this.keys += 1)}` } : {}) }] : []), sample];
    }
    const row = ((await this.api.as('admin').get(target)).body ?? {}) as Row;
    return [
      ...fields
        .filter((field) => row[field] !== null && row[field] !== undefined)
        .flatMap((field) => othersThan(row[field]).map((value) => ({ [field]: value }))),
      sample,
    ];
  }
}

/** Values of the kind of a value that it is not. */
const othersThan = (value: unknown): unknown[] => {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1];
  if (typeof value !== 'string') return [];
  return /^-?\d+(\.\d+)?$/.test(value) ? [String(Number(value) + 1)] : [`${value} changed`];
};
