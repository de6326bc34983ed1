import type { DataSource, EntityManager } from 'typeorm';

/** In which dates without an offset are meant, and days are counted. */
export const reportingTimeZone = async (source: Pick<DataSource | EntityManager, 'query'>): Promise<string> => {
  const rows = await source.query<{ reporting_time_zone: string }[]>('select reporting_time_zone from settings');
  return rows[0]!.reporting_time_zone;
};
