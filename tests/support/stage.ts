import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.js';
import { startApi, type Api } from './harness.js';

/** A browser and products to visit with it. All of it is there once the tests of the file run, and gone after them. */
export type Stage<Name extends string> = { browser: Browser } & Record<Name, Api>;

const staged = <Name extends string>(start: Record<Name, () => Promise<Api>>): Stage<Name> => {
  const stage = {} as Stage<Name>;
  const names = Object.keys(start) as Name[];
  beforeAll(async () => {
    const [browser, ...apis] = await Promise.all([launchBrowser(), ...names.map((name) => start[name]())]);
    Object.assign(stage, { browser }, Object.fromEntries(names.map((name, at) => [name, apis[at]])));
  }, 180_000);
  afterAll(async () => {
    await stage.browser?.close();
    await Promise.all(names.map((name) => stage[name]?.stop()));
  });
  return stage;
};

const withGolden = (): Promise<Api> => startApi({ golden: true });

const withSample = async (): Promise<Api> => {
  const api = await startApi({ bare: true });
  expect((await api.as('admin').post('/samples/uk-major-projects')).status).toBe(201);
  return api;
};

/** The product with the example enterprise, for the tests of this file. */
export const exampleStage = (): Stage<'example'> => staged({ example: () => startApi({ example: true }) });

/** The product with the golden tables, for the tests of this file. */
export const goldenStage = (): Stage<'api'> => staged({ api: withGolden });

export interface OverviewCase {
  name: string;
  api: () => Api;
  path: string;
  period: string;
}

/** The overview with the example, with the golden tables and with real data. */
export const overviewStage = (): { stage: Stage<'example' | 'golden' | 'uk'>; CASES: OverviewCase[] } => {
  const stage = staged({ example: () => startApi({ example: true }), golden: withGolden, uk: withSample });
  return {
    stage,
    CASES: [
      { name: 'the example', api: () => stage.example, path: '/', period: '2026-Q3' },
      { name: 'the golden tables', api: () => stage.golden, path: '/?period=2026-Q4', period: '2026-Q4' },
      { name: 'UK major projects', api: () => stage.uk, path: '/?period=2023-Q4', period: '2023-Q4' },
    ],
  };
};
