import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newBenefit, save } from '../support/entries.js';
import { startApi, type Api } from '../support/harness.js';
import { median, report } from './report.js';

/** A verdict on as many values as one may be given on: 500, of one benefit, of 25, and of as many benefits as values. */

const VALUES = 500;
const ROUNDS = 3;

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const monthAt = (index: number): string =>
  `${2000 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;

/** Reports 500 values and confirms them at once. @returns milliseconds of the verdict */
const confirming = async (benefits: number): Promise<number> => {
  const codes: string[] = [];
  for (let made = 0; made < benefits; made += 1) codes.push(await newBenefit(api));
  const values = Array.from({ length: VALUES }, (_, index) => ({
    benefit: codes[index % benefits]!,
    month: monthAt(Math.floor(index / benefits)),
  }));
  expect(
    (
      await save(
        api,
        values.map((value) => ({ ...value, realised: '9' })),
      )
    ).status,
  ).toBe(200);
  const items = values.map((value) => ({ ...value, version: 1, amount: '9', currency: 'USD' }));
  const began = performance.now();
  const reply = await api.as('finance').post('/confirmations', { verdict: 'confirm', items });
  const took = performance.now() - began;
  expect([reply.status, reply.body.values, reply.body.benefits]).toEqual([200, VALUES, benefits]);
  return took;
};

test('500 values confirmed at once', async () => {
  const figures: [string, number][] = [];
  for (const benefits of [1, 25, VALUES]) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) times.push(await confirming(benefits));
    const took = median(times);
    figures.push([`of ${benefits} benefits, ms`, took], [`of ${benefits} benefits, ms a value`, took / VALUES]);
  }
  report('Confirming', { values: VALUES, rounds: ROUNDS }, figures);
}, 300_000);
