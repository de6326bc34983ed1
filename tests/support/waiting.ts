import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';

/** How long a person waits, measured inside the page. */

/** Milliseconds from a key until the palette shows what can be chosen. */
export const opening = async (page: Page): Promise<number> => {
  const took = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        const start = performance.now();
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }));
        const look = () =>
          document.querySelector('.palette [role=option]') === null
            ? requestAnimationFrame(look)
            : done(performance.now() - start);
        look();
      }),
  );
  await page.keyboard.press('Escape');
  await page.locator('.palette').waitFor({ state: 'detached' });
  return took;
};

/** Milliseconds from a click in the rail until the other page stands there with its data. */
export const goingTo = (page: Page, path: string): Promise<number> =>
  page.evaluate(
    (to) =>
      new Promise<number>((done) => {
        const before = document.querySelector('#content h1')?.textContent;
        const start = performance.now();
        [...document.querySelectorAll<HTMLAnchorElement>('.rail a')]
          .find((link) => new URL(link.href).pathname === to)!
          .click();
        const look = () => {
          const title = document.querySelector('#content h1')?.textContent;
          const isThere = location.pathname === to && title && title !== before && !document.querySelector('.skeleton');
          if (isThere) done(performance.now() - start);
          else requestAnimationFrame(look);
        };
        look();
      }),
    path,
  );

/** Milliseconds from the request of the overview until its numbers can be opened. */
export const loading = async (page: Page): Promise<number> => {
  await page.reload({ waitUntil: 'commit' });
  const ready = await page.waitForFunction(
    () =>
      document.querySelector('main [data-num=realised]') !== null &&
      document.querySelector('.skeleton') === null &&
      performance.now(),
  );
  return Number(await ready.jsonValue());
};

/** Milliseconds for work of a fixed size: script, elements, style, layout and two frames. How slow this machine is at this moment. */
export const fixedWork = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((done) => {
        const start = performance.now();
        const table = document.createElement('table');
        for (let row = 0; row < 600; row += 1) {
          const line = table.insertRow();
          for (let cell = 0; cell < 8; cell += 1) line.insertCell().textContent = `${row} · ${Math.sqrt(row * cell)}`;
        }
        document.body.append(table);
        void table.getBoundingClientRect().height;
        let sum = 0;
        for (let at = 0; at < 3_000_000; at += 1) sum += at % 7;
        table.dataset['sum'] = String(sum);
        table.remove();
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
      }),
  );

export const median = (figures: readonly number[]): number =>
  [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)]!;

/** Of the fixed work, on two cores of 2020 that do nothing else. */
export const REFERENCE_MS = 50;

/** The median, and how much slower than the reference the machine was meanwhile. */
export interface Wait {
  median: number;
  slowness: number;
}

/** A limit is that of a machine that does nothing else; one that is slower is given as much longer. */
export const expectWithin = (limit: number, wait: Wait & { key?: string }): void =>
  expect({ ...wait, isWithin: wait.median <= limit * wait.slowness }).toEqual({ ...wait, isWithin: true });
