import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { changesDigest } from '../../server/imports/touched-scopes.js';
import { decisionsOf } from '../support/decisions.js';
import { expectNoChange, expectProblem, startApi, type Api } from '../support/harness.js';
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
    await tools.ok(tools.act('SHUT', 'options', { name: 'Go', consequence: 'Two teams move.' }, 1));
    await tools.ok(tools.act('SHUT', 'options', { name: 'Wait' }, 2));
    const [go, wait] = (await tools.page('SHUT')).options;
    await tools.ok(tools.act('SHUT', 'choose', { option: go!.id }, 3));
    expectProblem(await tools.act('SHUT', 'close', closing), 428, 'precondition-required');
    // Read before the options were there.
    expectProblem(await tools.act('SHUT', 'close', closing, 1), 412, 'precondition-failed');
    expectProblem(await tools.act('SHUT', 'close', { ...closing, chosen: 'SHUT' }, 4), 422, 'validation-failed');
    // Refused as a whole: an option of nobody leaves the decision open.
    expectProblem(
      await tools.act('SHUT', 'close', { ...closing, chosen: '0190a5f0-0000-7000-8000-000000000000' }, 4),
      422,
      'validation-failed',
    );
    expect((await tools.page('SHUT')).decision).toMatchObject({ state: 'open', version: 4 });
    const closed = await tools.ok(tools.act('SHUT', 'close', { ...closing, chosen: wait!.id }, 4));
    expect(closed.headers.get('etag')).toBe('"v5"');
    expect(closed.body).toMatchObject({
      decidedAt: '2026-11-20T17:00:00.000Z',
      outcome: 'approved',
      decidedLevel: 3,
      givenUp: 'The portal',
    });
    expectProblem(await tools.act('SHUT', 'close', closing, 5), 409, 'conflict');
    expect((await tools.page('SHUT')).options.map(({ name, chosen }) => [name, chosen])).toEqual([
      ['Wait', true],
      ['Go', false],
    ]);
    const { body } = await tools.ok(api.as('admin').get('/audit?objectType=decision_option'));
    expect(body.items.filter(({ action }: { action: string }) => action === 'changed')).toHaveLength(3);
  });

  test('with what it chose fixed from then on, by whatever way, until it is opened again', async () => {
    const [wait, go] = (await tools.page('SHUT')).options;
    const match = { 'if-match': `"v${go!.version}"` };
    const path = `/decision-options/${go!.id}`;
    for (const refused of [
      () => tools.act('SHUT', 'choose', { option: go!.id }, 5),
      () => tools.act('SHUT', 'options', { name: 'Later' }, 5),
      () => api.as('cio').patch(path, { consequence: 'Nothing.' }, match),
      () => api.as('cio').delete(path, match),
      () => api.as('cio').post('/decision-options', { decisionCode: 'SHUT', name: 'Later' }),
    ]) {
      const reply = await expectNoChange(api, refused);
      expectProblem(reply, 409, 'conflict');
      expect(reply.body.detail).toContain('POST /decisions/SHUT/reopen');
    }
    await expectRejected(
      api,
      { 'decision_options.csv': 'decision_code,name,chosen\nSHUT,Go,yes\nSHUT,Wait,no\n' },
      {
        table: 'decision_options',
        row: 2,
        column: 'decision_code',
        value: 'SHUT',
        code: 'decision.closed',
        says: /fixed/,
      },
      {
        table: 'decision_options',
        row: 3,
        column: 'decision_code',
        value: 'SHUT',
        code: 'decision.closed',
        says: /fixed/,
      },
    );
    expect((await tools.page('SHUT')).decision).toMatchObject({ state: 'decided', version: 5 });
    await tools.ok(tools.act('SHUT', 'reopen', { reason: 'New facts' }, 5));
    await tools.ok(tools.act('SHUT', 'choose', { option: go!.id }, 6));
    await tools.ok(tools.act('SHUT', 'choose', { option: wait!.id }, 7));
    await tools.ok(tools.act('SHUT', 'close', { ...closing, decidedOn: '2026-11-21' }, 8));
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
      await tools.act('OURS', 'escalate', { toLevel: 3, on: '2026-11-20', reason: 'x' }, 1, 'finance'),
      403,
      'forbidden',
    );
    expectProblem(await tools.act('OURS', 'close', closing, 1, 'stakeholder-bu1'), 403, 'forbidden');
    await tools.ok(tools.act('OURS', 'close', closing, 1, 'pm-dig'));
  });

  test('and keeps its day: only opening it again takes it away, and no import does', async () => {
    const cleared = await api.as('cio').patch('/decisions/SHUT', { decidedAt: null }, { 'if-match': '"v9"' });
    expectProblem(cleared, 409, 'conflict');
    expect(cleared.body.detail).toContain('POST /decisions/SHUT/reopen');
    const says = /It was decided on 2026-11-21\. Open it again on its page/;
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
    const reopenings = 'decision_code,at,decided_at,outcome\nSHUT,2026-11-21T12:30:00Z,2026-11-21T12:00:00Z,approved\n';
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
    const { version } = (await tools.page('PICK')).decision;
    const twice = await tools.act('PICK', 'options', { name: 'B' }, version);
    expectProblem(twice, 422, 'validation-failed');
    await tools.ok(tools.act('PICK', 'options', { name: 'A', consequence: 'Again' }, version));
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
      expectProblem(await tools.act('UP', 'escalate', { ...why, toLevel }, 1), 422, 'validation-failed');
    expectProblem(
      await tools.act('UP', 'escalate', { ...why, toLevel: 3, on: '2026-12-01' }, 1),
      422,
      'validation-failed',
    );
    expectProblem(await tools.act('UP', 'escalate', { ...why, toLevel: 3 }), 428, 'precondition-required');
    const up = await tools.ok(tools.act('UP', 'escalate', { ...why, toLevel: 3 }, 1));
    expect(up.headers.get('etag')).toBe('"v2"');
    expectProblem(await tools.act('UP', 'escalate', { ...why, toLevel: 4 }, 1), 412, 'precondition-failed');
    expectProblem(await tools.act('UP', 'escalate', { ...why, toLevel: 3 }, 2), 422, 'validation-failed');
    // A day before the last one is no day of the next.
    const backwards = await expectNoChange(api, () =>
      tools.act('UP', 'escalate', { ...why, toLevel: 5, on: '2026-11-18' }, 2),
    );
    expectProblem(backwards, 422, 'validation-failed');
    expect(backwards.body.errors).toEqual([
      {
        pointer: '/on',
        code: 'order.backwards',
        message: 'It was escalated on 2026-11-19, to the level at which it lies now. Name that day or a later one.',
      },
    ]);
    await tools.ok(tools.act('UP', 'escalate', { ...why, toLevel: 5 }, 2));
    expect((await tools.page('UP')).escalations.map(({ at, fromLevel, toLevel }) => [at, fromLevel, toLevel])).toEqual([
      ['2026-11-19T17:00:00.000Z', 2, 3],
      ['2026-11-19T17:01:00.000Z', 3, 5],
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

describe('what hangs on a decision', () => {
  const versionOf = async (code: string): Promise<number> => (await tools.page(code)).decision.version;

  test('raises its version by whatever way it changes; one import is one version, and can be reverted', async () => {
    const first = await upload(api, {
      'decisions.csv': 'code,title,raised_at\nHUNG,Do we?,2026-10-01T08:00:00Z\n',
      'decision_options.csv': 'decision_code,name\nHUNG,Go\n',
    });
    expect(await versionOf('HUNG')).toBe(1);
    const second = await upload(api, { 'decision_options.csv': 'decision_code,name,consequence\nHUNG,Wait,Nothing\n' });
    expect(await versionOf('HUNG')).toBe(2);
    const { body } = await tools.made('/decision-options', { decisionCode: 'HUNG', name: 'Ask' });
    expect(await versionOf('HUNG')).toBe(3);
    const match = (version: number) => ({ 'if-match': `"v${version}"` });
    await tools.ok(api.as('cio').patch(`/decision-options/${body.id}`, { consequence: 'A week.' }, match(1)));
    expect(await versionOf('HUNG')).toBe(4);
    await tools.ok(api.as('cio').delete(`/decision-options/${body.id}`, match(2)), 204);
    expect(await versionOf('HUNG')).toBe(5);
    const on = { decisionCode: 'HUNG', at: '2026-10-02T08:00:00Z', toLevel: 4 };
    await tools.made('/decision-escalations', on);
    expect(await versionOf('HUNG')).toBe(6);
    expectProblem(await tools.act('HUNG', 'options', { name: 'Late' }, 5), 412, 'precondition-failed');
    await api.sql(`update decision_escalations set archived_at = now(), version = version + 1 where at = $1`, [on.at]);
    // What the audit vouches for is as the import noted it, whatever the version is by now.
    const [{ after }] = (await tools.ok(api.as('admin').get(`/audit?objectType=import&objectId=${first.body.id}`))).body
      .items;
    expect(await changesDigest({ query: api.sql } as never, first.body.id)).toBe(after.changes);
    for (const { body: imported } of [second, first])
      await tools.ok(api.as('admin').post(`/imports/${imported.id}/revert`));
    expectProblem(await api.as('cio').get('/decisions/HUNG'), 404, 'not-found');
  });

  test('is added once under one key, whatever the version is by then', async () => {
    await tools.decision('ONCE');
    const add = () =>
      api
        .as('cio')
        .post('/decisions/ONCE/options', { name: 'Go' }, { 'if-match': '"v1"', 'idempotency-key': 'one option' });
    const [first, again] = [await add(), await add()];
    expect([first.status, again.status, again.headers.get('etag')]).toEqual([200, 200, '"v2"']);
    expect((await tools.page('ONCE')).options).toHaveLength(1);
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
