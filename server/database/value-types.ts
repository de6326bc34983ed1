import pg from 'pg';

/** How values of the database are read, in this process: imported for its effect. */

// A date is a day in the calendar, not a moment: node-postgres would make it midnight in the time zone of the machine.
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (value) => new Date(value).toISOString());
// Counts and versions stay far below 2^53; amounts are numeric and remain text.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
