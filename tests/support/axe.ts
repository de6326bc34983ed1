import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';

const AXE = readFileSync(resolve('node_modules/axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

interface AxeResult {
  violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[];
}

/** What axe finds, and what it does not look for: drawings that take the focus, and images without a name. */
export const defects = async (page: Page, without: readonly string[] = []): Promise<string[]> => {
  // What stands half under the bar, or under the foot of its table, at this moment is no defect of the page: it can be scrolled.
  await page.evaluate(() => {
    scrollTo(0, 0);
    for (const cell of document.querySelectorAll<HTMLElement>('tfoot th, tfoot td')) cell.style.position = 'static';
  });
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  if (!isThere) await page.evaluate(AXE);
  const options = {
    runOnly: { type: 'tag', values: TAGS },
    rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
    resultTypes: ['violations'],
  };
  const { violations } = await page.evaluate((given) => {
    const { axe } = globalThis as unknown as { axe: { run: (root: Document, options: object) => Promise<AxeResult> } };
    return axe.run(document, given);
  }, options);
  const drawn = await page.evaluate(() => {
    const nameOf = (element: Element) =>
      element.getAttribute('aria-label') ??
      (element.getAttribute('aria-labelledby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join('');
    return [
      ...[...document.querySelectorAll('svg[role=application], svg[tabindex="0"]')].map(
        (svg) => `takes the focus: ${svg.outerHTML.slice(0, 300)}`,
      ),
      ...[...document.querySelectorAll('[role=img]')]
        .filter((image) => (nameOf(image) || image.querySelector('title')?.textContent || '').trim() === '')
        .map((image) => `has no name: ${image.outerHTML.slice(0, 300)}`),
      // Each drawing is hidden, named, or part of an image that has a name.
      ...[...document.querySelectorAll('svg')]
        .filter(
          (svg) =>
            svg.closest('[aria-hidden=true], [role=img]:not(svg)') === null &&
            (nameOf(svg) || svg.querySelector(':scope > title')?.textContent || '').trim() === '',
        )
        .map((svg) => `is neither hidden nor named: ${svg.outerHTML.slice(0, 300)}`),
    ];
  });
  return [
    ...violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    ),
    ...drawn,
  ];
};

/** What no colour changes, and takes a third of the time. */
const OF_SIZE = ['target-size'];

/** In light and in dark colours, with every rule but that of sizes: some marks are drawn in one of them only. */
export const defectsInBothThemes = async (page: Page): Promise<{ light: string[]; dark: string[] }> => {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await defects(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  return { light, dark: await defects(page, OF_SIZE) };
};
