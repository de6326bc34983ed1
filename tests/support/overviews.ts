import { expect } from '@jest/globals';
import {
  overview as overviewSchema,
  type Overview,
  profile as profileSchema,
  type Profile,
} from '../../server/contract/overview.js';
import type { Api, Person } from './harness.js';

/** Every figure with a trace, wherever it stands in a body. */
export const tracedIn = (body: unknown): { value: string | null; trace: string }[] => {
  if (typeof body !== 'object' || body === null) return [];
  const own =
    'trace' in body && typeof body.trace === 'string' ? [body as { value: string | null; trace: string }] : [];
  return [...own, ...Object.values(body).flatMap(tracedIn)];
};

export const read = async (api: Api, path: string, person: Person = 'cio') => {
  const reply = await api.as(person).get(path);
  expect({ path, status: reply.status, text: reply.status === 200 ? '' : reply.text }).toEqual({
    path,
    status: 200,
    text: '',
  });
  return reply.body;
};
export const overviewAt = async (api: Api, query: string, person: Person = 'cio'): Promise<Overview> =>
  overviewSchema.strict().parse(await read(api, `/overview?${query}`, person));
export const profileAt = async (api: Api, query: string, person: Person = 'cio'): Promise<Profile> =>
  profileSchema.strict().parse(await read(api, `/overview/profile?${query}`, person));

/** Null only where no record stands behind the figure; else what the trace says. */
export const expectTraced = async (api: Api, body: unknown, person: Person = 'cio'): Promise<number> => {
  const figures = tracedIn(body);
  for (const { value, trace } of figures) {
    const found = await read(api, trace, person);
    if (value === null && found.value !== null)
      expect({ trace, value, records: found.records.count }).toEqual({ trace, value, records: 0 });
    else expect({ trace, value }).toEqual({ trace, value: found.value });
  }
  return figures.length;
};

/** One row of the ledger. */
export const rowOf = (of: Overview, id: string): Overview['ledger'][number] => of.ledger.find((row) => row.id === id)!;
