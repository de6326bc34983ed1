import type { z } from 'zod';

/** What a refusal (412) says is stored now; null where it says nothing that can be read. */
export const currentIn = <Stored>(schema: z.ZodType<Stored>, body: unknown): Stored | null =>
  schema.safeParse((body as { current?: unknown } | null)?.current).data ?? null;
