import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decisionsOf } from '../support/decisions.js';
import { expectProblem, startApi, type Api } from '../support/harness.js';
import { expectRejected, upload } from '../support/imports.js';

/** The clock of these tests stands at noon of 21 November 2026. */
let api: Api;
let tools: ReturnType<typeof decisionsOf>;
beforeAll(async () => {
  api = await startApi();
  tools = decisionsOf(api);
}, 60_000);
afterAll(() => api.stop());

describe('a decision is closed', () => {
  const closing = { outcome: 'approved', decidedLevel: 3, decidedOn: '2026-11-20', givenUp: 'The portal' };

  test('with its outcome and the chosen option, in one request', async () => {
    await tools.decision('SHUT', { intendedLevel: 2 });
    await tools.ok(tools.act('SHUT', 'options', { name: 'Go', consequence: 'Two teams move.' }));
    await tools.ok(tools.act('SHUT', 'options', { name: 'Wait' }));
    const [go, wait] = (await tools.page('SHUT')).options;
    await tools.ok(tools.act('SHUT', 'choose', { option: go!.id }, 1));
    expectProblem(await tools.act('SHUT', 'close', closing), 428, 'precondition-required');
    expectProblem(await tools.act('SHUT', 'close', closing, 7), 412, 'precondition-failed');
    expectProblem(await tools.act('SHUT', 'close', { ...closing, chosen: 'SHUT' }, 1), 422, 'validation-failed');
    // Refused as a whole: an option of nobody leaves the decision open.
    expectProblem(
      await tools.act('SHUT', 'close', { ...closing, chosen: '0190a5f0-0000-7000-8000-000000000000' }, 1),
      422,
      'validation-failed',
    );
    expect((await tools.page('SHUT')).decision).toMatchObject({ state: 'open', version: 1 });
    const closed = await tools.ok(tools.act('SHUT', 'close', { ...closing, chosen: wait!.id }, 1));
    expect(closed.headers.get('etag')).toBe('"v2"');
    expect(closed.body).toMatchObject({
      decidedAt: '2026-11-20T17:00:00.000Z',
      outcome: 'approved',
      decidedLevel: 3,
      givenUp: 'The portal',
    });
    const after = await tools.page('SHUT');
    expect(after.options.map(({ name, chosen }) => [name, chosen])).toEqual([
      ['Wait', true],
      ['Go', false],
    ]);
    expectProblem(await tools.act('SHUT', 'close', closing, 2), 409, 'conflict');
    // Another one turns out to be the chosen one: one request, too.
    await tools.ok(tools.act('SHUT', 'choose', { option: go!.id }, 2));
    expect((await tools.page('SHUT')).options.map(({ name, chosen }) => [name, chosen])).toEqual([
      ['Go', true],
      ['Wait', false],
    ]);
    const { body } = await tools.ok(api.as('admin').get('/audit?objectType=decision_option'));
    expect(body.items.filter(({ action }: { action: string }) => action === 'changed')).toHaveLength(5);
  });

  test('on a day that can be: not ahead, not before it was raised, and on that day after it', async () => {
    await tools.decision('DAYS', { raisedAt: '2026-11-18T18:30:00Z' });
    for (const decidedOn of ['2026-11-22', '2026-11-17']) {
      const reply = await tools.act('DAYS', 'close', { ...closing, decidedOn }, 1);
      expectProblem(reply, 422, 'validation-failed');
      expect(reply.body.errors[0].pointer).toBe('/decidedOn');
    }
    const { body } = await tools.ok(tools.act('DAYS', 'close', { ...closing, decidedOn: '2026-11-18' }, 1));
    expect(body.decidedAt).toBe('2026-11-18T18:30:00.000Z');
    const ahead = await api
      .as('cio')
      .patch('/decisions/DAYS', { decidedAt: '2027-11-18T18:30:00Z' }, { 'if-match': '"v2"' });
    expectProblem(ahead, 422, 'validation-failed');
  });

  test('by who may write it: others see that they may not, or nothing', async () => {
    await tools.made('/initiatives', { code: 'INI', name: 'Initiative', portfolioCode: 'DIG' });
    await tools.decision('OURS', { aboutCode: 'initiative:INI' });
    expectProblem(await tools.act('OURS', 'close', closing, 1, 'pm-core'), 403, 'forbidden');
    expectProblem(
      await tools.act('OURS', 'escalate', { toLevel: 3, on: '2026-11-20', reason: 'x' }, undefined, 'finance'),
      403,
      'forbidden',
    );
    expectProblem(await tools.act('OURS', 'close', closing, 1, 'stakeholder-bu1'), 403, 'forbidden');
    await tools.ok(tools.act('OURS', 'close', closing, 1, 'pm-dig'));
  });

  test('and keeps its day: only opening it again takes it away, and no import does', async () => {
    const cleared = await api.as('cio').patch('/decisions/SHUT', { decidedAt: null }, { 'if-match': '"v2"' });
    expectProblem(cleared, 409, 'conflict');
    expect(cleared.body.detail).toContain('POST /decisions/SHUT/reopen');
    const says = /It was decided on 2026-11-20\. Open it again on its page/;
    const problem = {
      table: 'decisions',
      row: 2,
      column: 'decided_at',
      value: '(clear)',
      code: 'decision.cleared',
      says,
    };
    const row = 'code,decided_at\nSHUT,(clear)\n';
    await expectRejected(api, { 'decisions.csv': row }, problem);
    // What it had been, told beside it, is a reopening.
    const reopenings = 'decision_code,at,decided_at,outcome\nSHUT,2026-11-21T10:00:00Z,2026-11-20T17:00:00Z,approved\n';
    const told = await upload(api, { 'decisions.csv': row, 'decision_reopenings.csv': reopenings });
    expect([told.status, told.body.problems]).toEqual([201, []]);
    expect((await tools.page('SHUT')).decision.decidedAt).toBeNull();
    expectProblem(await api.as('cio').get('/decision-reopenings'), 404, 'not-found');
    expectProblem(await api.as('cio').post('/decision-reopenings', {}), 404, 'not-found');
  });
});

describe('options', () => {
  test('are chosen one at a time, by the register and by an import, too', async () => {
    await tools.decision('PICK');
    await tools.made('/decision-options', { decisionCode: 'PICK', name: 'A', chosen: true });
    expectProblem(
      await api.as('cio').post('/decision-options', { decisionCode: 'PICK', name: 'B', chosen: true }),
      409,
      'conflict',
    );
    const says = /The option "A" of the same decision is chosen, too/;
    const problem = {
      table: 'decision_options',
      row: 2,
      column: 'chosen',
      value: 'yes',
      code: 'option.two_chosen',
      says,
    };
    await expectRejected(api, { 'decision_options.csv': 'decision_code,name,chosen\nPICK,B,yes\n' }, problem);
    const moved = await upload(api, { 'decision_options.csv': 'decision_code,name,chosen\nPICK,B,yes\nPICK,A,no\n' });
    expect([moved.status, moved.body.problems]).toEqual([201, []]);
    expect((await tools.page('PICK')).options.map(({ name, chosen }) => [name, chosen])).toEqual([
      ['B', true],
      ['A', false],
    ]);
    await expect(
      api.sql('update decision_options set chosen = true, version = version + 1 where name = $1', ['A']),
    ).rejects.toThrow('decision_options_chosen_uq');
  });

  test('come back under their name when they were removed', async () => {
    const a = (await tools.page('PICK')).options.find(({ name }) => name === 'A')!;
    await tools.ok(api.as('cio').delete(`/decision-options/${a.id}`, { 'if-match': `"v${a.version}"` }), 204);
    const twice = await tools.act('PICK', 'options', { name: 'B' });
    expectProblem(twice, 422, 'validation-failed');
    await tools.ok(tools.act('PICK', 'options', { name: 'A', consequence: 'Again' }));
    expect((await tools.page('PICK')).options.map(({ name, consequence }) => [name, consequence])).toEqual([
      ['B', null],
      ['A', 'Again'],
    ]);
  });
});

describe('an escalation', () => {
  test('goes up, on a day that has been, and two of one day follow each other', async () => {
    await tools.decision('UP', { intendedLevel: 2 });
    const why = { on: '2026-11-19', reason: 'No mandate' };
    for (const toLevel of [1, 2])
      expectProblem(await tools.act('UP', 'escalate', { ...why, toLevel }), 422, 'validation-failed');
    expectProblem(
      await tools.act('UP', 'escalate', { ...why, toLevel: 3, on: '2026-12-01' }),
      422,
      'validation-failed',
    );
    await tools.ok(tools.act('UP', 'escalate', { ...why, toLevel: 3 }));
    expectProblem(await tools.act('UP', 'escalate', { ...why, toLevel: 3 }), 422, 'validation-failed');
    await tools.ok(tools.act('UP', 'escalate', { ...why, toLevel: 5 }));
    expect((await tools.page('UP')).escalations.map(({ at, fromLevel, toLevel }) => [at, fromLevel, toLevel])).toEqual([
      ['2026-11-19T17:00:00Z', 2, 3],
      ['2026-11-19T17:01:00Z', 3, 5],
    ]);
    const down = { decisionCode: 'UP', at: '2026-11-20T00:00:00Z', fromLevel: 5, toLevel: 4 };
    expectProblem(await api.as('cio').post('/decision-escalations', down), 422, 'validation-failed');
    const says = /goes up, from level 5 to a higher one/;
    await expectRejected(
      api,
      { 'decision_escalations.csv': 'decision_code,at,from_level,to_level\nUP,2026-11-20T00:00:00Z,5,4\n' },
      { table: 'decision_escalations', row: 2, column: 'to_level', value: '4', code: 'level.lower', says },
    );
  });
});

test('words of the address are no codes', async () => {
  for (const code of ['new', 'Rights'])
    expectProblem(await api.as('cio').post('/decisions', { code }), 422, 'validation-failed');
  const says = /"NEW" is a word of the address/;
  await expectRejected(
    api,
    { 'decisions.csv': 'code,title\nNEW,Do we?\n' },
    { table: 'decisions', row: 2, column: 'code', value: 'NEW', code: 'code.reserved', says },
  );
});
