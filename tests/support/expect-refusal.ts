import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect } from '@jest/globals';
import { SaxesParser } from 'saxes';
import type { ReadingLimits } from '../../server/imports/reading/limits.js';
import { refusalOf, upload } from '../../server/imports/reading/test-uploads.js';

/** How long this machine, as busy as it is now, takes to parse a hundred thousand texts, in ms: what a slow refusal is measured by. */
function parsingTime(): number {
  const parser = new SaxesParser();
  let texts = 0;
  parser.on('opentag', () => (texts += 1));
  const started = performance.now();
  parser.write(`<sst>${'<si><t>a</t></si>'.repeat(100_000)}</sst>`).close();
  expect(texts).toBe(200_001);
  return performance.now() - started;
}

/**
 * Refused for the right reason, within 2 seconds, without holding up other requests for more than 200 ms; on a busy machine, within the time
 * in which it parses two million texts.
 */
export async function expectRefusal(
  name: string,
  content: Buffer | string,
  expected: { status: number; code: string },
  limits: Partial<ReadingLimits> = {},
): Promise<void> {
  const file = await upload(name, content);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const started = performance.now();
  const refusal = await refusalOf([file], limits);
  const took = performance.now() - started;
  delay.disable();
  expect({ status: refusal.status, code: refusal.code }).toEqual(expected);
  expect(refusal.detail).toMatch(/^\S.*\.$/s);
  const held = delay.max / 1e6;
  if (took < 2000 && held < 200) return;
  const unit = Math.max(...[1, 2, 3].map(parsingTime));
  expect(took / unit).toBeLessThan(20);
  expect(held / unit).toBeLessThan(2);
}
