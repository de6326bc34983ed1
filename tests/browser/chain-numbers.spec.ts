import { describe, expect, test } from '@jest/globals';
import { open, visit } from '../support/browser.js';
import { exampleStage } from '../support/stage.js';

/** No number on the chain explorer stands for itself: each leads to its trace. */

const stage = exampleStage();

describe('Every number', () => {
  test.each([
    ['picture', '/chain?period=2026-Q3'],
    ['paths', '/chain?period=2026-Q3&view=paths'],
    ['a gap and its paths', '/chain?period=2026-Q3&view=paths&gap=no_owner'],
    ['a gap and a record', '/chain?period=2026-Q3&gap=initiative_without_capability&node=initiative:EX-INI-07'],
  ])('of %s is a link to its trace', async (_, path) => {
    await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
      await open(page, path);
      await page.locator('.outline-row').first().waitFor();
      const loose = await page.evaluate(() => {
        const walker = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT);
        const found: string[] = [];
        // Names, codes, counts of rows, choices, and the drawing, whose numbers its table holds.
        const known =
          '[data-num], svg, .about, button, select, option, .unit, .owner, .chips-ruler, .outline-name, .outline-plain, .text-link, caption, tbody th, .paths td:last-child';
        for (let text = walker.nextNode(); text; text = walker.nextNode()) {
          const parent = text.parentElement!;
          if (!/\d/.test(text.textContent ?? '') || parent.closest(known) || !parent.checkVisibility()) continue;
          const rest = text
            .textContent!.replaceAll(/EX-[A-Z]+-\d+/g, '')
            .replaceAll(/\d+ (?:records?|others?|paths)/g, '');
          if (/\d/.test(rest)) found.push(`${parent.className}: ${text.textContent}`);
        }
        return found;
      });
      expect(loose).toEqual([]);
    });
  });
});
