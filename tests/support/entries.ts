import { uuidv7 } from 'uuidv7';
import type { Api, Reply } from './harness.js';

type Writer = 'pm-dig' | 'pm-core' | 'admin' | 'finance' | 'cio' | 'stakeholder-bu1';

let made = 0;

/** A benefit in a portfolio, by its code. */
export const newBenefit = async (api: Api, more: Record<string, unknown> = {}): Promise<string> => {
  const code = `BEN-${String((made += 1)).padStart(3, '0')}`;
  const reply = await api.as('admin').post('/benefits', {
    code,
    name: `Benefit ${made}`,
    portfolioCode: 'DIG',
    orgUnitCode: 'BU1',
    currency: 'USD',
    nature: 'cashable',
    ...more,
  });
  if (reply.status !== 201) throw new Error(reply.text);
  return code;
};

/** One entry, by default of the manager of DIG under an id of its own. */
export const save = (
  api: Api,
  items: unknown[],
  more: { id?: string; reason?: string } = {},
  person: Writer = 'pm-dig',
): Promise<Reply> => api.as(person).put('/entry', { id: uuidv7(), ...more, items });

/** What is stored of a benefit, month by month. */
export const stored = async (api: Api, code: string): Promise<Record<string, unknown>[]> =>
  (await api.as('admin').get(`/benefits/${code}/values`)).body.items;

/** Locks the months up to this one, or none. */
export const lockThrough = async (api: Api, month: string | null): Promise<void> => {
  const admin = api.as('admin');
  const etag = (await admin.get('/settings')).headers.get('etag')!;
  const reply = await admin.patch('/settings', { lockedThrough: month }, { 'if-match': etag });
  if (reply.status !== 200) throw new Error(reply.text);
};
