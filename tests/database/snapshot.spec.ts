import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inSnapshot } from '../../server/database/snapshot.js';
import { type OwnApi, startOwnApi } from '../support/own-server.js';

let api: OwnApi;
beforeAll(async () => {
  api = await startOwnApi();
});
afterAll(() => api.stop());

test('reads of one state are planned for what is asked, and leave the connection as it was', async () => {
  const mode = 'show plan_cache_mode';
  const inside = await inSnapshot(api.source, (manager) => manager.query<{ plan_cache_mode: string }[]>(mode));
  expect(inside).toEqual([{ plan_cache_mode: 'force_custom_plan' }]);
  expect(await api.source.query(mode)).toEqual([{ plan_cache_mode: 'auto' }]);
  await expect(inSnapshot(api.source, (manager) => manager.query('create table never (id int)'))).rejects.toThrow(
    /read-only transaction/,
  );
});
