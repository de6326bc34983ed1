import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { defectsInBothThemes } from '../support/axe.js';
import { open, settled, visit } from '../support/browser.js';
import {
  distinct,
  expectShows,
  openedRecords,
  openedTrace,
  rememberedTraces,
  shownNumbers,
} from '../support/browser-numbers.js';
import { FINE, look } from '../support/layout.js';
import { exampleStage } from '../support/stage.js';

/** What-if, on the example enterprise: built from the keyboard, sent as an address, saved, shared, copied. */

const PERIOD = '2026-Q3';
const stage = exampleStage();
const traced = rememberedTraces(() => stage.example, { period: PERIOD });
const STOP = `/scenarios/new?period=${PERIOD}&changes=stop:investment:EX-INV-07:2027-01`;
const message = (page: Page) => page.locator('.page-header .message');
const says = (page: Page, words: RegExp) => message(page).filter({ hasText: words }).waitFor();
const nameField = (page: Page) => page.getByLabel('Name', { exact: true });

const tabTo = async (page: Page, id: string): Promise<void> => {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.id === wanted, id)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${id}`);
};

const openStory = async (page: Page): Promise<void> => {
  await open(page, `/scenarios?period=${PERIOD}`);
  await page.getByRole('link', { name: 'Stop the policy platform' }).click();
  await says(page, /^These 2 changes together save/);
  await settled(page);
};

describe('A what-if', () => {
  test('is built from the keyboard, and its address opens it for somebody else, also after a reload', async () => {
    const address = await visit(stage.browser, stage.example, 'cio', {}, async (page) => {
      await open(page, `/?period=${PERIOD}`);
      await page.keyboard.press('g');
      await page.keyboard.press('w');
      await page.waitForURL('**/scenarios?**');
      await settled(page);
      await page.getByRole('link', { name: 'New what-if' }).first().focus();
      await page.keyboard.press('Enter');
      await says(page, /^Choose an investment or an initiative/);
      await page.locator('#change-record').waitFor();
      await tabTo(page, 'change-record');
      await page.keyboard.type('EX-INV-07');
      await page.getByRole('option', { name: /EX-INV-07/ }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await tabTo(page, 'change-kind');
      await page.keyboard.press('ArrowDown');
      await tabTo(page, 'change-months');
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type('3');
      await page.keyboard.press('Enter');
      await says(
        page,
        /^Delaying EX-INV-07 by 3 months from Nov 2026 saves nothing and puts .+ of expected benefit at risk/,
      );
      return page.url();
    });
    expect(address).toContain('changes=delay:investment:EX-INV-07:2026-11:3');
    await visit(stage.browser, stage.example, 'finance', {}, async (page) => {
      await open(page, address);
      await says(page, /^Delaying EX-INV-07 by 3 months from Nov 2026/);
      const sentence = await message(page).innerText();
      await page.reload();
      await says(page, /^Delaying EX-INV-07 by 3 months from Nov 2026/);
      await settled(page);
      expect(await message(page).innerText()).toBe(sentence);
    });
  }, 90_000);

  test('shows each figure as its trace has it, in the sentence, the tables and the drawing', async () => {
    await visit(stage.browser, stage.example, 'cio', {}, async (page) => {
      await open(page, `${STOP}::delay:initiative:EX-INI-15:2027-01:3`);
      await says(page, /^These 2 changes together save/);
      await page.locator('[data-chart="what-if-benefit"] [data-scenario="FC"]').first().waitFor();
      const numbers = distinct(await shownNumbers(page)).filter(({ step }) => step.startsWith('scenario.'));
      const kinds = new Set(numbers.map(({ step }) => step.split(':')[0]));
      for (const figure of ['cost', 'credited', 'net', 'sunk', 'value', 'delayed', 'share'])
        expect([...kinds]).toContain(`scenario.${figure}`);
      for (const number of numbers) expectShows(number, await traced(number.step));
      await page.locator('[data-total="benefit"] td').nth(2).locator('.num').click();
      const { value } = await openedTrace(page);
      await page.getByRole('link', { name: /^View \d+ records$/ }).click();
      const footer = await (await openedRecords(page)).innerText();
      expect(footer.replaceAll(/[,\s]/g, '').replace('−', '-')).toContain(value!);
    });
  }, 120_000);

  test('is edited and loses a change again; what is wrong is said at its field', async () => {
    await visit(stage.browser, stage.example, 'cio', {}, async (page) => {
      await open(page, STOP);
      await says(page, /^Stopping EX-INV-07 from Jan 2027 saves/);
      await page.getByRole('button', { name: /^Edit: Stop EX-INV-07/ }).click();
      await page.getByLabel('What happens').selectOption('funding');
      await page.getByLabel('To how much of the plan, %').fill('a half');
      await page.getByRole('button', { name: 'Change it' }).click();
      await page.locator('#change-percent-error').waitFor();
      await page.getByLabel('To how much of the plan, %').fill('50');
      await page.getByRole('button', { name: 'Change it' }).click();
      await says(page, /^Funding EX-INV-07 at 50.% of plan from Jan 2027 saves/);
      await page.getByRole('button', { name: /^Remove: Fund EX-INV-07/ }).click();
      await page.getByText('Nothing is changed yet.').waitFor();
      await page.getByRole('button', { name: 'Add this change' }).click();
      await page.getByText('Choose an investment or an initiative.').first().waitFor();
    });
  }, 60_000);

  test('is reached from the record that would be stopped, and from its place in the chain', async () => {
    await visit(stage.browser, stage.example, 'cio', {}, async (page) => {
      await open(page, `/initiatives/EX-INI-10?period=${PERIOD}`);
      await page.getByRole('link', { name: 'What if this stopped?' }).click();
      await says(page, /^Stopping EX-INI-10 from Nov 2026 saves/);
      await open(page, `/chain/investment/EX-INV-07?period=${PERIOD}&node=investment:EX-INV-07`);
      await page.getByRole('link', { name: 'What if this stopped?' }).click();
      await says(page, /^Stopping EX-INV-07 from Nov 2026 saves/);
    });
  }, 60_000);

  test('is saved and shared, copied by another, and goes with its owner’s last word', async () => {
    await visit(stage.browser, stage.example, 'pm-dig', {}, async (page) => {
      await open(page, STOP);
      await nameField(page).fill('Without insight');
      await page.getByLabel(/^Share it/).check();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.waitForURL((url) => /\/scenarios\/[0-9a-f-]{36}$/.test(url.pathname));
      await page.getByText(/^Saved .* Shared\.$/).waitFor();
    });
    await visit(stage.browser, stage.example, 'finance', {}, async (page) => {
      await open(page, `/scenarios?period=${PERIOD}`);
      await page.getByRole('link', { name: 'Without insight' }).click();
      await says(page, /^Stopping EX-INV-07/);
      expect(await page.getByRole('button', { name: 'Delete' }).count()).toBe(0);
      await page.getByRole('button', { name: 'Save a copy' }).click();
      await page.getByText(/^Saved .* Only you can see it\.$/).waitFor();
      expect(await nameField(page).inputValue()).toBe('Copy of Without insight');
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
      await page.waitForURL((url) => url.pathname === '/scenarios');
      await settled(page);
      expect(await page.getByText('Copy of Without insight').count()).toBe(0);
    });
  }, 90_000);

  test('that was changed elsewhere meanwhile asks whose word counts', async () => {
    const owner = stage.example.as('cio');
    const made = (await owner.post('/scenarios', { name: 'Twice', changes: [] })).body;
    await visit(stage.browser, stage.example, 'cio', { expected: [/^412: PATCH/, /status of 412/] }, async (page) => {
      await open(page, `/scenarios/${made.id}?period=${PERIOD}`);
      await nameField(page).fill('Mine');
      expect((await owner.patch(`/scenarios/${made.id}`, { name: 'Theirs' }, { 'if-match': '"v1"' })).status).toBe(200);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText(/changed elsewhere .* now “Theirs”/).waitFor();
      await page.getByRole('button', { name: 'Put mine in its place' }).click();
      await page.getByText(/^Saved /).waitFor();
    });
    expect((await owner.get(`/scenarios/${made.id}`)).body).toMatchObject({ name: 'Mine', version: 3 });
    await owner.delete(`/scenarios/${made.id}`, { 'if-match': '"v3"' });
  }, 60_000);

  test('is nothing for a stakeholder, and says of a scenario that is not there that it is not', async () => {
    await visit(stage.browser, stage.example, 'stakeholder-bu1', {}, async (page) => {
      await open(page, '/scenarios/new');
      await says(page, /^What-if is for those who read the chain/);
      expect(await page.getByRole('navigation', { name: 'Pages' }).getByText('What-if').count()).toBe(0);
    });
    const expected = [/^404: GET/, /status of 404/];
    await visit(stage.browser, stage.example, 'cio', { expected }, async (page) => {
      await open(page, '/scenarios/00000000-0000-7000-8000-000000000000');
      await says(page, /^There is no such scenario/);
    });
  }, 60_000);

  test.each([
    [1440, 900],
    [1024, 768],
    [360, 740],
  ])(
    'fits %i × %i, without defects in light and dark',
    async (width, height) => {
      await visit(stage.browser, stage.example, 'cio', { width, height }, async (page) => {
        await openStory(page);
        await page.locator('[data-chart="what-if-benefit"] [data-scenario="FC"]').first().waitFor();
        expect(await look(page)).toEqual(FINE);
        expect(await defectsInBothThemes(page)).toEqual({ light: [], dark: [] });
      });
    },
    120_000,
  );
});
