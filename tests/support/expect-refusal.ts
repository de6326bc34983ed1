import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect } from '@jest/globals';
import { SaxesParser } from 'saxes';
import type { ReadingLimits } from '../../server/imports/reading/limits.js';
import { refusalOf, upload } from '../../server/imports/reading/test-uploads.js';

/** What this process works, in ms of processor time: another process that takes the machine away does not count. */
const worked = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * How much work a refusal may be, in units of {@link parsing}. The dearest refusal, of a million texts that were not announced, costs 12
 * where it runs alone (10 to parse the texts, 2 to unzip, measure and store them) and 18 to 24 under Jest, whose processes compile it for
 * the first time and hold more memory to clean. Three times that leaves room for noise; reading that is quadratic in so many texts, or
 * that does not end, costs thousands.
 */
const MOST_UNITS = 60;

/** What it takes to parse a hundred thousand texts on this machine, as busy as it is now, in ms: what a slow refusal is measured by. */
function parsing(): { took: number; work: number } {
  const parser = new SaxesParser();
  let texts = 0;
  parser.on('opentag', () => (texts += 1));
  const [started, before] = [performance.now(), worked()];
  parser.write(`<sst>${'<si><t>a</t></si>'.repeat(100_000)}</sst>`).close();
  expect(texts).toBe(200_001);
  return { took: performance.now() - started, work: worked() - before };
}

interface Attempt {
  took: number;
  work: number;
  held: number;
  refusal: Awaited<ReturnType<typeof refusalOf>>;
}

async function attempt(
  file: Parameters<typeof refusalOf>[0][number],
  limits: Partial<ReadingLimits>,
): Promise<Attempt> {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const [started, before] = [performance.now(), worked()];
  const refusal = await refusalOf([file], limits);
  const [took, work] = [performance.now() - started, worked() - before];
  delay.disable();
  return { took, work, held: delay.max / 1e6, refusal };
}

/**
 * Refused for the right reason, within 2 seconds, without holding up other requests for more than 200 ms; on a busy machine, with the work
 * of {@link MOST_UNITS}. Another process can take the machine away in the middle: one of three attempts has to be in time,
 * each of them has to be refused.
 */
export async function expectRefusal(
  name: string,
  content: Buffer | string,
  expected: { status: number; code: string },
  limits: Partial<ReadingLimits> = {},
): Promise<void> {
  const seen: object[] = [];
  for (let at = 0; at < 3; at += 1) {
    const { took, work, held, refusal } = await attempt(await upload(name, content), limits);
    expect({ status: refusal.status, code: refusal.code }).toEqual(expected);
    expect(refusal.detail).toMatch(/^\S.*\.$/s);
    if (took < 2000 && held < 200) return;
    const units = [1, 2, 3].map(parsing);
    const unit = {
      took: Math.max(...units.map((each) => each.took)),
      work: Math.max(...units.map((each) => each.work)),
    };
    if (work / unit.work < MOST_UNITS && held / unit.took < 2) return;
    seen.push({ took, work, held, unit });
  }
  expect(seen).toEqual([]);
}
