/** SQL for an instant as ISO text in UTC, to the millisecond: `2026-09-30T22:30:00.000Z`; null stays null. @param instant SQL of a `timestamptz` */
export const isoInstant = (instant: string): string =>
  `to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
