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

interface Attempt {
  took: number;
  held: number;
  refusal: Awaited<ReturnType<typeof refusalOf>>;
}

async function attempt(
  file: Parameters<typeof refusalOf>[0][number],
  limits: Partial<ReadingLimits>,
): Promise<Attempt> {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const started = performance.now();
  const refusal = await refusalOf([file], limits);
  const took = performance.now() - started;
  delay.disable();
  return { took, held: delay.max / 1e6, refusal };
}

/**
 * Refused for the right reason, within 2 seconds, without holding up other requests for more than 200 ms; on a busy machine, within the time
 * in which it parses ten million texts: what grows with the square takes far longer. Another process can take the machine away in the middle: one of three attempts has to be in time,
 * each of them has to be refused.
 */
export async function expectRefusal(
  name: string,
  content: Buffer | string,
  expected: { status: number; code: string },
  limits: Partial<ReadingLimits> = {},
): Promise<void> {
  const seen: { took: number; held: number; unit: number }[] = [];
  for (let at = 0; at < 3; at += 1) {
    const { took, held, refusal } = await attempt(await upload(name, content), limits);
    expect({ status: refusal.status, code: refusal.code }).toEqual(expected);
    expect(refusal.detail).toMatch(/^\S.*\.$/s);
    if (took < 2000 && held < 200) return;
    const unit = Math.max(...[1, 2, 3].map(parsingTime));
    if (took / unit < 100 && held / unit < 10) return;
    seen.push({ took, held, unit });
  }
  expect(seen).toEqual([]);
}
