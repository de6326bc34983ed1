import { z } from 'zod';
import * as p from './primitives.js';

/** The example enterprise: whether it is there, and who can be signed in as to look at it. Anybody may ask. */
export const example = z
  .object({
    isLoaded: z.boolean(),
    name: z.string(),
    /** The last quarter of its story; pages open there. */
    period: z.string().nullable(),
    /** One a role; empty when the example is not loaded. */
    signIns: z.array(
      z.object({
        role: z.enum(p.ROLES),
        name: z.string(),
        email: z.string(),
        password: z.string(),
        /** What this person comes for, in a few words. */
        purpose: z.string(),
      }),
    ),
  })
  .meta({ id: 'Example' });
export type Example = z.infer<typeof example>;

/** The administrator who is left when the example and its sign-ins go. */
export const removeExample = z
  .strictObject({
    /** A new password for the administrator of the first start; needed by who is signed in with the example's own sign-in and lost the first one. */
    password: z.string().min(12).max(128).optional(),
  })
  .meta({ id: 'RemoveExample' });
export type RemoveExample = z.infer<typeof removeExample>;

export const exampleRemoved = z
  .object({
    /** Records that are gone from every list and figure. */
    records: z.number().int(),
    /** With which e-mail to sign in from now on. */
    administrator: z.string(),
  })
  .meta({ id: 'ExampleRemoved' });
export type ExampleRemoved = z.infer<typeof exampleRemoved>;
