import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, visit } from '../support/browser.js';
import { startApi, type Api } from '../support/harness.js';
import { upload } from '../support/imports.js';
import {
  addTable,
  bring,
  check,
  checkAgain,
  columnRow,
  commit,
  counts,
  giveValue,
  goOn,
  matchOnly,
  message,
  onlyWhereFilled,
  openReading,
} from '../support/wizard.js';

/** 736 proposals, with the day and the status of their first decision where one is known. */
const RAW = readFileSync('tests/data/raw/peps.csv');
const DECIDED = 'first_decision_committed_on';
const OUTCOME = 'first_decision_status_in_git';
/** “Deferred” is a word of ours, too, and needs no choice. */
const OUTCOMES: Record<string, string> = {
  Accepted: 'approved',
  Final: 'approved',
  Provisional: 'approved',
  Active: 'approved',
  Rejected: 'declined',
  Withdrawn: 'declined',
  Superseded: 'declined',
};

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ bare: true }), launchBrowser()]);
  const forums = 'code,name\nPEP-CORE,Steering Council\nPEP-DELEGATE,Delegate named for one proposal\n';
  expect((await upload(api, { 'forums.csv': forums })).status).toBe(201);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

/** What decided and open proposals have in common. */
const matchProposal = async (page: Page, more: Record<string, string>): Promise<void> => {
  await matchOnly(page, { pep: 'Code', title: 'Title', created: 'Raised at', delegate: 'Forum code', ...more });
  await openReading(page, 'pep');
  await columnRow(page, 'pep').getByLabel('Put before each value').fill('PEP-');
  await openReading(page, 'delegate');
  const delegate = columnRow(page, 'delegate');
  const more41 = delegate.getByRole('button', { name: /^Replace some of the \d+ values$/ });
  if ((await more41.count()) > 0) await more41.click();
  await delegate.getByLabel('For every value that has none here').fill('PEP-DELEGATE');
  await delegate.getByLabel('Where it is blank, write').fill('PEP-CORE');
  await giveValue(page, 'Kind', 'priority');
};

describe('Python enhancement proposals as a decision log', () => {
  test('go through the wizard by hand, and the decisions equal the reference figures', async () => {
    await visit(browser, api, 'admin', {}, async (page) => {
      await bring(page, 'peps.csv', RAW);
      expect(await page.getByRole('heading', { name: 'Decisions', exact: true }).count()).toBe(1);

      // Those that were decided: their day and outcome.
      await matchProposal(page, { [DECIDED]: 'Decided at', [OUTCOME]: 'Outcome' });
      await openReading(page, OUTCOME);
      for (const [status, outcome] of Object.entries(OUTCOMES))
        await page.getByLabel(`Outcome for ${status}`).selectOption(outcome);
      await onlyWhereFilled(page, DECIDED);

      // Those that are open: drafts without a decision.
      await addTable(page, 'Decisions');
      await matchProposal(page, {});
      await onlyWhereFilled(page, 'status');
      const status = page.getByRole('group', { name: 'Rows where “status”' });
      await status.getByLabel('is one of').check();
      await status.getByLabel(/^Draft/).check();
      await page.getByLabel('Only rows where a column says so').selectOption({ label: OUTCOME });
      await page.getByRole('button', { name: 'Add the condition' }).click();
      const outcome = page.getByRole('group', { name: `Rows where “${OUTCOME}”` });
      await outcome.getByLabel('is one of').check();
      await outcome.getByLabel(/^blank/).check();

      // One proposal is dated as created after its decision.
      expect(await check(page)).toBe('664 rows: 663 without an error, 1 with errors.');
      const line = page.locator('.problem-lines tbody tr');
      expect(await line.innerText()).toMatch(/^3\b/);
      await page.getByRole('checkbox', { name: 'Leave row 3 out' }).check();
      expect(await checkAgain(page)).toBe('663 rows, no error.');
      await goOn(page);
      expect(await counts(page)).toEqual(['663', '663', '0', '0', '0']);
      await commit(page);
      expect(await message(page)).toBe('Imported: 663 rows new.');
    });
    expect(
      await api.sql(
        `select count(*)::integer as all, count(decided_at)::integer as decided,
           count(*) filter (where outcome = 'approved')::integer as approved,
           count(*) filter (where outcome = 'declined')::integer as declined,
           count(*) filter (where outcome = 'deferred')::integer as deferred,
           count(*) filter (where decided_at is not null and forum_id = (select id from forums where code = 'PEP-DELEGATE'))::integer as delegated,
           percentile_cont(0.5) within group (order by extract(epoch from decided_at - raised_at) / 86400)
             filter (where decided_at is not null) as median
         from decisions`,
      ),
    ).toEqual([{ all: 663, decided: 616, approved: 388, declined: 167, deferred: 61, delegated: 117, median: 212.5 }]);
  });
});
