import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.js';
import { startApi, type Api } from '../support/harness.js';
import { bring, check, commit, counts, goOn, message } from '../support/wizard.js';

let api: Api;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  api = await startApi();
  browser = await launchBrowser();
  ({ page } = await openPage(browser, api, 'admin'));
});
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

const log = readFileSync(resolve('tests/data/work-logs/jira-changes.csv'));

describe('A log of changes from Jira in the wizard', () => {
  test('is named, asks once which stage each status is, and becomes items and moves', async () => {
    await bring(page, 'jira-changes.csv', log);
    await page.getByRole('heading', { name: 'Jira: a row for each change' }).waitFor();
    const open = page.locator('.open-points');
    expect(await open.innerText()).toBe('Say which stage “Parked” is.');
    expect(await page.getByLabel('Stage for Waiting for vendor').inputValue()).toBe('+');
    expect(await page.getByLabel('Kind of the new stage WAITING-FOR-VENDOR').inputValue()).toBe('waiting');
    await page.getByLabel('Stage for Parked').selectOption({ label: 'New stage PARKED' });
    await page.getByLabel('Kind of the new stage PARKED').selectOption('waiting');
    await page.getByLabel('Place of the new stage PARKED').fill('1');
    expect(await open.count()).toBe(0);
    await page.getByLabel('Save this mapping for next time as').fill('Jira log');
    await page.getByRole('button', { name: 'Save the mapping' }).click();
    await page.getByText('Saved. It is offered').waitFor();
    expect(await check(page)).toBe('6 rows, no error.');
    await goOn(page);
    expect(await counts(page)).toEqual(['20', '20', '0', '0', '0']);
    await commit(page);
    expect(await message(page)).toContain('20');
    expect(await api.sql(`select position, kind from stages where code = 'PARKED'`)).toEqual([
      { position: 1, kind: 'waiting' },
    ]);
  });

  test('of next month asks nothing more: the saved mapping knows the statuses, and the stages are there', async () => {
    await bring(page, 'jira-changes-october.csv', log);
    await page.getByRole('button', { name: 'Use “Jira log”' }).click();
    await page.locator('.stage-map').waitFor();
    expect(await page.locator('.open-points').count()).toBe(0);
    expect(await page.getByLabel('Stage for Parked').inputValue()).toBe('PARKED');
    await check(page);
    await goOn(page);
    expect(await counts(page)).toEqual(['14', '0', '0', '14', '0']);
  });
});
