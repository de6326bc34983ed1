import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { open, visit } from '../support/browser.js';
import { overviewStage } from '../support/stage.js';

/** Criterion 6 on a picture: what a printer without colours shows. What the elements say is in criteria-overview-charts.spec.ts. */

const { stage } = overviewStage();

/** Which pixels of each element differ from the paper, on a grid of 24 × 24, as a screenshot shows it. */
const inkOf = async (page: Page, selector: string): Promise<boolean[][]> => {
  const found: boolean[][] = [];
  for (const element of await page.locator(selector).all()) {
    if (!(await element.isVisible())) continue;
    found.push(await pixels(page, await element.screenshot(), 24));
  }
  return found;
};

const differing = (a: readonly boolean[], b: readonly boolean[]): number =>
  a.filter((ink, at) => ink !== b[at]).length / a.length;

/** The picture scaled to a square: dark where it is far from its first corner. */
const pixels = (page: Page, picture: Buffer, size: number): Promise<boolean[]> =>
  page.evaluate(
    async ([base64, side]) => {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(side, side);
      const context = canvas.getContext('2d')!;
      context.drawImage(image, 0, 0, side, side);
      const { data } = context.getImageData(0, 0, side, side);
      return Array.from({ length: side * side }, (_, at) => Math.abs(data[at * 4]! - data[0]!) > 60);
    },
    [picture.toString('base64'), size] as const,
  );

/** How many pixels of a picture have a colour. */
const colourIn = (page: Page, picture: Buffer): Promise<number> =>
  page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let coloured = 0;
    for (let at = 0; at < data.length; at += 4)
      if (Math.max(data[at]!, data[at + 1]!, data[at + 2]!) - Math.min(data[at]!, data[at + 1]!, data[at + 2]!) > 2)
        coloured += 1;
    return coloured;
  }, picture.toString('base64'));

describe('6. Greyscale', () => {
  test('in a picture without colours statuses and judgements still look different', async () => {
    await visit(stage.browser, stage.example, 'admin', {}, async (page) => {
      await open(page, '/');
      await page.evaluate(() => document.documentElement.style.setProperty('filter', 'grayscale(1)'));
      const words = await page.locator('main .statuses .status').allInnerTexts();
      expect(new Set(words).size).toBe(words.length);
      expect(words.length).toBeGreaterThan(3);
      const shapes = await inkOf(page, 'main .statuses .status svg');
      for (const [at, shape] of shapes.entries())
        for (const other of shapes.slice(at + 1)) expect(differing(shape, other)).toBeGreaterThan(0.06);
      // The shape before a difference, as it is painted: up is not down, for good or for bad.
      const shapesOf = (shape: string) =>
        inkOf(page, `main span[data-impact]:not([data-impact=neutral]) .num > [aria-hidden]:text("${shape}")`);
      const [ups, downs] = [await shapesOf('▲'), await shapesOf('▼')];
      expect([ups.length > 0, downs.length > 0]).toEqual([true, true]);
      for (const up of ups) for (const down of downs) expect(differing(up, down)).toBeGreaterThan(0.06);
      expect(ups.length + downs.length).toBe(
        await page.locator('main span[data-impact]:not([data-impact=neutral]):visible').count(),
      );
      const pictures = await page.screenshot();
      expect(await colourIn(page, pictures)).toBe(0);
    });
  });
});
