import type { z } from 'zod';
import { ApiError } from './http';

/** What a refusal (412) says is stored now; null where it says nothing that can be read. */
export const currentIn = <Stored>(schema: z.ZodType<Stored>, body: unknown): Stored | null =>
  schema.safeParse((body as { current?: unknown } | null)?.current).data ?? null;

/** The same out of an error; null where it is no such refusal. */
export const currentOfError = <Stored>(schema: z.ZodType<Stored>, error: Error): Stored | null =>
  error instanceof ApiError && error.status === 412 ? currentIn(schema, error.body) : null;
