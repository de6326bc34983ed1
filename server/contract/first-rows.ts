import { z } from 'zod';
import { mappingTarget } from './mapping.js';

/** One target, however unfinished, tried on the first rows of a sheet. */
export const firstRowsQuery = z
  .strictObject({ sheet: z.string().max(300), headerRow: z.number().int().min(1).max(1000), target: mappingTarget })
  .meta({ id: 'FirstRowsQuery' });
export type FirstRowsQuery = z.output<typeof firstRowsQuery>;

/** How the first rows would be read: up to 5 that are meant, with a column for each field and up to 6 months. */
export const firstRows = z
  .object({
    columns: z.array(z.object({ field: z.string(), month: z.string().nullable() })),
    rows: z.array(
      z.object({
        row: z.number().int(),
        cells: z.array(
          z.object({
            /** As it stands in the file; blank where the value comes from no column. */
            found: z.string(),
            /** What would be stored; blank for none. */
            read: z.string(),
            /** Why it cannot be read, or not before a question is answered. */
            problem: z.string().nullable(),
          }),
        ),
      }),
    ),
    /** Of how many rows these are the first that are meant. */
    of: z.number().int(),
  })
  .meta({ id: 'FirstRows' });
export type FirstRows = z.infer<typeof firstRows>;
