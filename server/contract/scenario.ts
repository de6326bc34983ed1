import { z } from 'zod';
import './messages.js';
import { IMPACTS, tracedFigure } from './overview.js';
import * as p from './primitives.js';
import { scenarioChange, scenarioChanges } from './scenario-words.js';

/** What-if on the chain: named sets of changes, and what they would do. A scenario is computed with and never touches a record. */

const name = p.text(120).min(1, 'A name is required.');
const note = p.text(2000);

export const scenario = z
  .object({
    id: z.string(),
    version: z.number().int(),
    name: z.string(),
    note: z.string().nullable(),
    /** Whether everybody who reads the chain may read it. */
    shared: z.boolean(),
    /** E-mail; only the owner changes it. */
    owner: z.string(),
    isMine: z.boolean(),
    changes: z.array(scenarioChange),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Scenario' });
export type Scenario = z.infer<typeof scenario>;

export const scenariosQuery = z.strictObject({
  /** Part of the name. */
  q: p.text(200).optional(),
  whose: z.enum(['mine', 'others']).optional(),
  limit: p.limit,
  cursor: z.string().max(400).optional(),
});
export type ScenariosQuery = z.infer<typeof scenariosQuery>;

/** One's own and those that others share, the last changed first. */
export const scenarios = p.page(scenario).meta({ id: 'Scenarios' });
export type Scenarios = z.infer<typeof scenarios>;

export const createScenario = z
  .strictObject({
    name,
    note: note.nullable().optional(),
    shared: z.boolean().default(false),
    changes: scenarioChanges,
  })
  .meta({ id: 'CreateScenario' });
export type CreateScenario = z.infer<typeof createScenario>;

export const changeScenario = z
  .strictObject({
    name: name.optional(),
    note: note.nullable().optional(),
    shared: z.boolean().optional(),
    changes: scenarioChanges.optional(),
  })
  .meta({ id: 'ChangeScenario' });
export type ChangeScenario = z.infer<typeof changeScenario>;

const asked = { period: p.period.optional(), portfolio: p.ref.optional(), orgUnit: p.ref.optional() };
export const effectQuery = z.strictObject(asked);
export type EffectQuery = z.infer<typeof effectQuery>;
export const effectOf = z.strictObject({ ...asked, changes: scenarioChanges }).meta({ id: 'EffectOf' });
export type EffectOf = z.infer<typeof effectOf>;

const difference = tracedFigure.extend({ impact: z.enum(IMPACTS) });
/** A figure as things are recorded, with the changes, and the second less the first. Null where nothing is recorded. */
const sides = z.object({ baseline: tracedFigure, scenario: tracedFigure, difference });
export type Sides = z.infer<typeof sides>;

const record = { code: z.string(), name: z.string(), owner: z.string().nullable() };
/** The largest differences first; `total` counts those that are left out, too. */
const largest = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), total: z.number().int() });

export const scenarioEffect = z
  .object({
    period: z.string(),
    scope: z.string(),
    currency: z.string(),
    /** The first month after the period: what lies before it is known, and no change reaches it. */
    firstMonth: z.string(),
    /** The first month after the period and after the month under way; only after the period where that is over for a year. */
    suggestedFrom: z.string(),
    /** The last month with a plan or forecast of any benefit; what would come later is not counted. Null where there is none. */
    horizon: z.string().nullable(),
    changes: z.array(
      z.object({
        change: scenarioChange,
        /** Null where no such record exists, or it is archived: then the change does nothing. */
        name: z.string().nullable(),
      }),
    ),
    /** Of what is changed: its cost to come, the expected benefit that is credited to it, one less the other, and what is spent already. */
    totals: z.object({
      cost: sides,
      benefit: sides,
      net: sides,
      sunk: tracedFigure,
      /** Expected benefit that comes later, but still within the horizon. */
      delayed: tracedFigure,
    }),
    /** Every investment whose money or credit runs through what is changed. */
    investments: largest(z.object({ ...record, sunk: tracedFigure, cost: sides, benefit: sides })),
    outcomes: largest(z.object({ ...record, value: sides, delayed: tracedFigure, share: tracedFigure })),
    /** `value`: all of its expected value; `share`: what of it is lost. Of a level (a mean, a latest value, less is better) only the credited share is known. */
    benefits: largest(
      z.object({
        ...record,
        unit: z.string(),
        isMoney: z.boolean(),
        isLevel: z.boolean(),
        value: sides,
        delayed: tracedFigure,
        share: tracedFigure,
        credited: tracedFigure,
      }),
    ),
    /** Expected value of the money benefits above, by fiscal quarter, or by fiscal year where there are many. */
    columns: z.array(z.object({ period: z.string(), from: z.string(), to: z.string(), value: sides })),
    assumptions: z.array(z.string()),
    notes: z.array(z.string()),
  })
  .meta({ id: 'ScenarioEffect' });
export type ScenarioEffect = z.infer<typeof scenarioEffect>;
