import { addMonths } from '../../server/core/period.js';
import type { Api } from './harness.js';

/** A month of a benefit that was forecast early, forecast anew once it was too late to count, and came. */
export interface Remembered {
  readonly benefit: string;
  readonly month: string;
  /** In force until one hour before the third month before is over. */
  readonly forecast: string;
  readonly realised: string;
}

/** Stores what was forecast, then and later (50), and what came, each at its time; an hour either side of the end of the third month before. */
export const remember = async (api: Api, { benefit, month, forecast, realised }: Remembered): Promise<void> => {
  const over = Date.parse(`${addMonths(month, -2)}-01T00:00:00Z`);
  const at = (instant: number): string => new Date(instant).toISOString();
  await api.sql(
    `insert into benefit_values (benefit_id, month, forecast, changed_by, created_at, updated_at)
     select id, $2::date, $3, 'a@tests.example', $4::timestamptz, $4::timestamptz from benefits where code = $1`,
    [benefit, `${month}-01`, forecast, at(over - 3_600_000)],
  );
  const change = (set: string, instant: string, more: string[] = []): Promise<unknown> =>
    api.sql(
      `update benefit_values set ${set}, version = version + 1, updated_at = $3::timestamptz
       where month = $2::date and benefit_id = (select id from benefits where code = $1)`,
      [benefit, `${month}-01`, instant, ...more],
    );
  await change('forecast = 50', at(over + 3_600_000));
  const reported = `realised = $4, reported_by = 'a@tests.example', evidence = 'ledger'`;
  await change(reported, `${addMonths(month, 1)}-02T00:00:00Z`, [realised]);
};

/** The months before one, the latest first. */
export const monthsBefore = (month: string, count: number): string[] =>
  Array.from({ length: count }, (_, back) => addMonths(month, -back - 1));
