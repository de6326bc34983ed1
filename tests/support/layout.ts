import type { Locator, Page } from 'playwright-core';

/** What a person would see go wrong in a layout; all of it empty when all is well. */
export interface Look {
  /** How far the page scrolls sideways. */
  sideways: number;
  /** What reaches beyond the window without standing in a region that scrolls. */
  beyond: string[];
  /** Text below 12 px. */
  small: string[];
  /** A hyphen where a minus belongs. */
  minus: string[];
  /** Regions that scroll sideways without a name that says what is in them. */
  unnamed: string[];
}

export const FINE: Look = { sideways: 0, beyond: [], small: [], minus: [], unnamed: [] };

/** Looks at the page as it stands. */
export const look = (page: Page): Promise<Look> =>
  page.evaluate(() => {
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} “${(element.textContent ?? '').trim().slice(0, 40)}”`;
    const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const isHiddenForEyes = (element: Element) =>
      element.closest('.visually-hidden, .skip-links, svg, option, select') !== null;
    const scrolls = (element: Element): boolean => {
      for (let at: Element | null = element; at; at = at.parentElement)
        if (/auto|scroll|hidden/.test(getComputedStyle(at).overflowX) && at !== document.body) return true;
      return false;
    };
    const width = document.documentElement.clientWidth;
    const found: Look = {
      sideways: document.scrollingElement!.scrollWidth - width,
      beyond: [],
      small: [],
      minus: [],
      unnamed: [],
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement!;
      const text = node.textContent!.trim();
      if (text === '' || !isShown(element)) continue;
      // Also the texts of drawings.
      if (element.closest('.visually-hidden, .skip-links, option') === null)
        if (Number.parseFloat(getComputedStyle(element).fontSize) < 12) found.small.push(name(element));
      if (isHiddenForEyes(element)) continue;
      // A hyphen before a digit: as a minus it must be U+2212. Dates, codes and files have theirs inside a word.
      if (/(^|[\s(▲▼])-\d/.test(text)) found.minus.push(name(element));
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if ((box.right > width + 1 || box.left < -1) && !scrolls(element)) found.beyond.push(name(element));
    }
    for (const region of document.querySelectorAll<HTMLElement>('main *')) {
      if (!/auto|scroll/.test(getComputedStyle(region).overflowX) || region.scrollWidth <= region.clientWidth + 1)
        continue;
      if (/^(TEXTAREA|INPUT|SELECT)$/.test(region.tagName) || !isShown(region)) continue;
      if (!region.closest('[aria-label], [aria-labelledby]')) found.unnamed.push(name(region));
    }
    return found;
  });

/** The page at another size, once it has measured itself and drawn again. */
export const resized = async (page: Page, width: number, height: number): Promise<void> => {
  await page.setViewportSize({ width, height });
  // Drawings wait 100 ms for the size to stand still; then two frames: one for the measuring, one for what follows from it.
  await page.waitForTimeout(150);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
};

/** Animations and transitions that last. */
export const moving = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const lasts = (durations: string) => durations.split(',').some((duration) => Number.parseFloat(duration) > 0.01);
    return [
      ...document.getAnimations().map((animation) => String((animation as CSSAnimation).animationName)),
      ...[...document.querySelectorAll('*')]
        .filter((element) => {
          const { transitionDuration, animationName, animationDuration } = getComputedStyle(element);
          return lasts(transitionDuration) || (animationName !== 'none' && lasts(animationDuration));
        })
        .map((element) => element.outerHTML.slice(0, 80)),
    ];
  });

/** Names of the regions whose content is wider than they are. */
export const scrolling = (regions: Locator): Promise<(string | null)[]> =>
  regions.evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.ariaLabel));
