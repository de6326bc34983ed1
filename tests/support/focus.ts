import type { Page } from 'playwright-core';

/** Where the focus is, and whether a person can see that it is there. */
export interface FocusStop {
  tag: string;
  text: string;
  id: string;
  /** The figure of a number. */
  number: string | null;
  isMarked: boolean;
  /** No bar lies over all of it. */
  isUncovered: boolean;
}

export const focusStop = (page: Page): Promise<FocusStop> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    // A radio button or a file field may be drawn by its label.
    const isDrawnByLabel = element.matches('input') && element.closest('label')?.matches(':focus-within');
    const ringed = isDrawnByLabel ? [style, getComputedStyle(element.closest('label')!)] : [style];
    const fractions = [0.02, 0.25, 0.5, 0.75, 0.98];
    const isSeen = fractions.some((x) =>
      fractions.some((y) => {
        const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
        return (
          top !== null && (element.contains(top) || (top.contains(element) && top.closest('.topbar, .rail') === null))
        );
      }),
    );
    return {
      tag: element.tagName,
      text: (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 80),
      id: element.id,
      number: element.getAttribute('data-num'),
      isMarked: ringed.some(
        ({ outlineStyle, outlineWidth, boxShadow }) =>
          (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none',
      ),
      isUncovered: isSeen || element.closest('.topbar, .rail, .skip-links') !== null,
    };
  });

/** Presses a key so many times and returns the stops that a person could not see; ends early where the focus leaves the page. */
export const unseenStops = async (page: Page, key: 'Tab' | 'Shift+Tab', presses: number): Promise<FocusStop[]> => {
  const unseen: FocusStop[] = [];
  for (let press = 0; press < presses; press += 1) {
    await page.keyboard.press(key);
    const stop = await focusStop(page);
    if (stop.tag === 'BODY') break;
    if (!stop.isMarked || !stop.isUncovered) unseen.push(stop);
  }
  return unseen;
};

/** Waits until a page that was come to has taken the focus: a key that is pressed before may be answered by nobody, or its focus be taken again. */
export const arrived = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.activeElement?.id === 'content');
