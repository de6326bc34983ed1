import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { sequence } from '../support/malformed.js';
import { startProduct, type Product } from '../support/product.js';

const ROUNDS = 20;
const ROWS = 4_000;
const dataDir = mkdtempSync(join(tmpdir(), 'killed imports '));
let product: Product | undefined;

afterAll(async () => {
  product?.process.kill('SIGTERM');
  await product?.ended;
  rmSync(dataDir, { recursive: true, force: true });
});

test(`after ${ROUNDS} times kill -9 during imports every acknowledged import is whole and no other is there in part`, async () => {
  const random = sequence(7);
  const rounds: { id: string; acknowledged: boolean; prefix: string }[] = [];
  // How long an import takes here, in ms: the first is killed only after its answer, and says it for the others.
  let usual = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    product = await startProduct({ DATA_DIR: dataDir });
    const headers = await product.signIn();
    const prefix = `R${round}Z`;
    const id = uuidv7();
    const form = new FormData();
    const lines = Array.from({ length: ROWS }, (_one, i) => `${prefix}${i},Priority ${i}`);
    form.append('file', new Blob([`code,name\n${lines.join('\n')}\n`]), 'priorities.csv');
    const started = performance.now();
    const importing = fetch(`${product.origin}/api/v1/imports?id=${id}`, { method: 'POST', headers, body: form }).then(
      (reply) => reply.status === 201,
      () => false,
    );
    // From before the first byte is read to after the commit: the delays cover the whole of an import.
    const answered = importing.then(() => sleep(random() * 20));
    if (round === 0) usual = await answered.then(() => performance.now() - started);
    else await Promise.race([sleep(random() * 1.5 * usual), answered]);
    product.process.kill('SIGKILL');
    await product.ended;
    rounds.push({ id, acknowledged: await importing, prefix });
  }
  product = await startProduct({ DATA_DIR: dataDir });
  const headers = await product.signIn();
  const get = async (path: string): Promise<{ status: number; body: Record<string, unknown> }> => {
    const reply = await fetch(`${product!.origin}/api/v1${path}`, { headers });
    return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
  };
  const wrong: unknown[] = [];
  for (const { id, acknowledged, prefix } of rounds) {
    const stored = (await get(`/priorities?q=${prefix}&limit=1`)).body['total'];
    const report = await get(`/imports/${id}`);
    const status = report.status === 404 ? 'unknown' : report.body['status'];
    const whole = stored === ROWS && status === 'committed';
    const nothing = stored === 0 && (status === 'failed' || status === 'unknown') && !acknowledged;
    if (!whole && !nothing) wrong.push({ prefix, acknowledged, stored, status });
  }
  expect(wrong).toEqual([]);
  expect(await get('/audit/verify')).toMatchObject({ status: 200, body: { valid: true } });
  // The delays were such that both endings happened.
  expect(rounds.some((round) => round.acknowledged) && rounds.some((round) => !round.acknowledged)).toBe(true);
}, 300_000);
