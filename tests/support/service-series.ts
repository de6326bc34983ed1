import { expect } from '@jest/globals';
import type { Api } from './harness.js';

/** 14 quarters: one that lies far off, twelve that go up and down, and the last, which has really changed. */
export const QUARTERS = Array.from({ length: 14 }, (_, at) => {
  const [year, quarter] = [2023 + Math.floor((at + 1) / 4), ((at + 1) % 4) + 1];
  return { period: `${year}-Q${quarter}`, month: `${year}-${String(quarter * 3).padStart(2, '0')}` };
});
export const [FIRST, LAST] = [QUARTERS[0]!, QUARTERS[13]!];

/** Imports three services in the first quarter, and one in all that follow. */
export const loadServiceSeries = async (api: Api): Promise<void> => {
  const months = QUARTERS.slice(1).map(({ month }, at) =>
    month === LAST.month
      ? `S1,${month},43200,100,1000,500,100,2,60`
      : `S1,${month},43200,${at % 2 ? 4400 : 4300},1000,${at % 2 ? 910 : 900},100,${at % 2 ? 22 : 20},${at % 2 ? 12 : 10}`,
  );
  const first = [986, 12_000, 45].map(
    (incidents, at) => `S${at + 1},${FIRST.month},43200,4300,1000,900,100,20,${incidents}`,
  );
  const columns =
    'service_code,month,agreed_minutes,downtime_minutes,requests,requests_within_target,changes,failed_changes,incidents';
  const reply = await api.as('admin').upload('/imports?dryRun=false', [
    { name: 'services.csv', content: 'code,name\nS1,Claims\nS2,Policies\nS3,Payments\n' },
    { name: 'service_months.csv', content: `${[columns, ...first, ...months].join('\n')}\n` },
  ]);
  expect(reply.body.problems).toEqual([]);
};
