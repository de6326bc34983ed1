import { z } from 'zod';
import { currentIn } from '../../lib/current';
import { call, callForNothing } from '../../lib/http';

/** What a metric or an own indicator is to reach from a quarter on; amounts as exact decimal text. */
const target = z.object({
  id: z.string(),
  version: z.number(),
  fromPeriod: z.string(),
  target: z.string().nullable(),
  amber: z.string().nullable(),
});
export type Target = z.infer<typeof target>;
type Stored = Pick<Target, 'id' | 'version'>;

/** @throws ApiError 412 where somebody else changed it, 422 */
export const saveTarget = (body: Record<string, unknown>, of: Stored | null, reason: string): Promise<Target> =>
  of === null
    ? call('/metric-targets', target, { method: 'POST', body, reason })
    : call(`/metric-targets/${of.id}`, target, { method: 'PATCH', body, of, reason });

export const removeTarget = (of: Stored, reason: string): Promise<void> =>
  callForNothing(`/metric-targets/${of.id}`, { method: 'DELETE', of, reason });

export const currentTarget = (body: unknown): Target | null => currentIn(target, body);
