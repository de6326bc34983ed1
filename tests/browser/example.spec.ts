import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { SIGN_INS } from '../../server/example/story.js';
import { defectsInBothThemes } from '../support/axe.js';
import { launchBrowser, open, settled, visit } from '../support/browser.js';
import { emailOf, startApi, type Api } from '../support/harness.js';

let api: Api;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ example: true }), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await api?.stop();
});

const NOTHING = { light: [], dark: [] };

const chip = (page: Page) => page.getByRole('button', { name: 'Example data' });
const isInside = async (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

describe('The sign-in page', () => {
  test('lists the sign-ins of the example, one a role, with e-mail and password to read', async () => {
    await visit(browser, api, 'anonymous', {}, async (page) => {
      await page.goto('/sign-in');
      const list = page.getByRole('region', { name: 'Or look around the example' });
      await list.waitFor();
      expect(await list.getByRole('button').count()).toBe(5);
      for (const { name, email, purpose } of SIGN_INS)
        for (const text of [name, email, purpose]) expect(await list.getByText(text).count()).toBe(1);
      expect(await list.getByText('meridian-example').isVisible()).toBe(true);
      // Whoever has a sign-in of their own types on.
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('email');
    });
  });

  test.each(SIGN_INS.map(({ name }) => name))('lets %s in by one click, to a labelled overview', async (name) => {
    await visit(browser, api, 'anonymous', {}, async (page) => {
      await page.goto('/sign-in');
      await page.getByRole('button', { name }).click();
      await page.waitForURL(`${api.origin}/`);
      await settled(page);
      expect(await page.getByRole('button', { name: `Account of ${name}` }).isVisible()).toBe(true);
      expect(await chip(page).isVisible()).toBe(true);
      expect(await page.title()).toContain('Example');
    });
  });

  test('shows the list on a phone without scrolling sideways', async () => {
    await visit(browser, api, 'anonymous', { width: 360, height: 740 }, async (page) => {
      await page.goto('/sign-in');
      await page.getByText('Or look around the example').waitFor();
      expect(await isInside(page)).toBe(true);
    });
  });
});

describe('The label', () => {
  test('stands on every page, opens where the story ends, and says that all is made up', async () => {
    await visit(browser, api, 'cio', {}, async (page) => {
      for (const path of ['/', '/chain', '/investments', '/investments/EX-INV-01', '/audit', '/import', '/export']) {
        await open(page, path);
        expect([path, await chip(page).isVisible()]).toEqual([path, true]);
        expect([path, await page.title()]).toEqual([path, expect.stringContaining('Example')]);
      }
      expect(await page.getByRole('combobox', { name: 'Period' }).inputValue()).toBe('2026-Q3');
      await chip(page).click();
      const note = page.getByRole('dialog', { name: 'Example data' });
      expect(await note.textContent()).toContain('every name and number here is made up');
      expect(await note.textContent()).toContain('An administrator can remove it.');
      expect(await note.getByRole('button', { name: 'Remove the example' }).count()).toBe(0);
    });
  });

  test('goes along with what is copied and downloaded', async () => {
    await visit(browser, api, 'admin', {}, async (page, { context }) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await open(page, '/');
      await page.locator('main [data-num=realised]').first().click();
      await page.getByRole('button', { name: 'Copy value with citation' }).click();
      await page.getByText('Value with citation copied.').waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
        / EUR \(example data, 20\d\d Q\d, All IT; /,
      );
      const files = await page
        .locator('main a[download]')
        .evaluateAll((links) => links.map((link) => link.getAttribute('download')));
      expect(files.length).toBeGreaterThan(2);
      for (const name of files) expect(name).toMatch(/^example-/);
    });
  });

  test('fits a phone, with its note', async () => {
    await visit(browser, api, 'admin', { width: 360, height: 740 }, async (page) => {
      await open(page, '/');
      await chip(page).click();
      await page.getByRole('button', { name: 'Remove the example' }).waitFor();
      expect(await isInside(page)).toBe(true);
    });
  });
});

describe('Axe finds nothing', () => {
  test('on the sign-in page with the list, on the note and on the dialog, in both themes', async () => {
    await visit(browser, api, 'anonymous', {}, async (page) => {
      await page.goto('/sign-in');
      await page.getByText('Or look around the example').waitFor();
      expect(await defectsInBothThemes(page)).toEqual(NOTHING);
      await page.getByRole('button', { name: 'Inês Duarte' }).click();
      await settled(page);
      await chip(page).click();
      const remove = page.getByRole('button', { name: 'Remove the example' });
      await remove.waitFor();
      expect(await defectsInBothThemes(page)).toEqual(NOTHING);
      await remove.click();
      await page.getByLabel('New password for the first administrator').waitFor();
      expect(await defectsInBothThemes(page)).toEqual(NOTHING);
    });
  });
});

describe('Removing', () => {
  test('by keyboard: Esc keeps all and gives the focus back; a short password is refused beside its field', async () => {
    await visit(browser, api, 'anonymous', {}, async (page) => {
      await page.goto('/sign-in');
      await page.getByRole('button', { name: 'Inês Duarte' }).click();
      await settled(page);
      await chip(page).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'Example data' }).waitFor();
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => document.activeElement?.textContent === 'Example data');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'Example data' }).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('alertdialog', { name: 'Remove the example?' });
      await dialog.getByLabel('New password for the first administrator').waitFor();
      await dialog.getByLabel('New password for the first administrator').focus();
      await page.keyboard.type('too short');
      await page.keyboard.press('Enter');
      expect(await dialog.getByText('A password has at least 12 characters.').isVisible()).toBe(true);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect((await api.as('anonymous').get('/example')).body.isLoaded).toBe(true);
    });
  });

  test('names the records of one’s own that stand in the way', async () => {
    const made = await api
      .as('admin')
      .post('/benefits', { code: 'OWN-BEN', name: 'Own benefit', portfolioCode: 'EX-PF-CLAIMS' });
    await visit(browser, api, 'admin', { expected: [/409/] }, async (page) => {
      await open(page, '/');
      await chip(page).click();
      await page.getByRole('button', { name: 'Remove the example' }).click();
      const dialog = page.getByRole('alertdialog');
      // Who has a sign-in of one's own keeps it, with its password.
      expect(await dialog.getByLabel('New password').count()).toBe(0);
      await dialog.getByRole('button', { name: 'Remove the example' }).click();
      await dialog.getByText('Benefit OWN-BEN refers to a portfolio of the example.').waitFor();
      await dialog.getByRole('button', { name: 'Keep it' }).click();
    });
    await api
      .as('admin')
      .patch('/benefits/OWN-BEN', { portfolioCode: null }, { 'if-match': made.headers.get('etag')! });
  });

  test('leads to the sign-in page, where the new password lets the first administrator in', async () => {
    await visit(browser, api, 'anonymous', { expected: [/401/] }, async (page) => {
      await page.goto('/sign-in');
      await page.getByRole('button', { name: 'Inês Duarte' }).click();
      await settled(page);
      await chip(page).click();
      await page.getByRole('button', { name: 'Remove the example' }).click();
      await page.getByLabel('New password for the first administrator').fill('begin with our own');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Remove the example' }).click();
      const done = page.getByRole('alertdialog', { name: 'The example is gone' });
      await done.waitFor();
      expect(await done.textContent()).toContain(`sign in as ${emailOf('admin')}`);
      await done.getByRole('button', { name: 'Go to the sign-in' }).click();
      await page.waitForURL('**/sign-in**');
      await page.getByLabel('E-mail').fill(emailOf('admin'));
      await page.getByLabel('Password').fill('begin with our own');
      await page.waitForLoadState('networkidle');
      expect(await page.getByText('Or look around the example').count()).toBe(0);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL(`${api.origin}/`);
      await settled(page);
      expect(await chip(page).count()).toBe(0);
      expect(await page.title()).not.toContain('Example');
    });
  });
});
