import { z } from 'zod';
import * as p from './primitives.js';
import { workItem } from './records.js';

/**
 * Moves of work items, as other tools tell of them.
 *
 * POST /work-items/events   workItemEvents → workItemEventsAnswer; permission of writing work items, in the scope of the item's initiative
 */

export const workItemEvent = z.strictObject({
  /** Code of the item; one that is not known is created. */
  workItem: p.code,
  /** Of a new item: what it is, its kind and its initiative. An item that is there keeps its own; one that has no initiative gets the named one. */
  title: p.text(300).nullish(),
  type: workItem.columns.type.schema.nullish(),
  initiative: p.code.nullish(),
  /** When it entered the stage: at most a day ahead, for clocks differ. */
  at: p.instant,
  /** Code of the stage. */
  stage: p.code,
  /** The team that holds it from then on. */
  team: p.text(120).nullish(),
  /** Why it is blocked from then on; null: nothing blocks it any more; left out: as before. Of a move that a later one followed it says nothing. */
  blockedReason: p.text(500).nullish(),
  /** The sender's own id of the event; it stands in the audit trail. */
  eventId: p.text(200).nullish(),
});
export type WorkItemEvent = z.infer<typeof workItemEvent>;

export const workItemEvents = z
  .strictObject({
    items: z.array(workItemEvent).min(1, 'Send at least one event.').max(500, 'Send at most 500 events.'),
  })
  .meta({ id: 'WorkItemEvents' });
export type WorkItemEvents = z.infer<typeof workItemEvents>;

export const workItemEventsAnswer = z
  .object({
    /** Items that were not known. */
    created: z.number().int(),
    /** Moves that were not known. */
    recorded: z.number().int(),
    /** Moves that were known already: same item, moment and stage. */
    unchanged: z.number().int(),
    /** In the order of the request. `notTaken`: what an event said of a move that was known already, and that changed nothing. */
    items: z.array(
      z.object({
        workItem: z.string(),
        result: z.enum(['recorded', 'unchanged']),
        notTaken: z.array(z.enum(['team', 'blockedReason'])).optional(),
      }),
    ),
  })
  .meta({ id: 'WorkItemEventsAnswer' });
export type WorkItemEventsAnswer = z.infer<typeof workItemEventsAnswer>;
