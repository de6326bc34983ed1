import type { Page } from 'playwright-core';

/** Criterion 24: numbers without digits of one width, headers and labels that are cut, and what is no number at all. */
export const numberFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const seen = (selector: string) => [...document.querySelectorAll(`main ${selector}`)].filter(isSeen);
    const told = (fault: string, element: Element) => `${fault}: ${(element.textContent ?? '').trim().slice(0, 60)}`;
    const leaves = seen('*').filter(
      (element) => element.childElementCount === 0 && element.closest('code, input, textarea, select') === null,
    );
    return [
      ...leaves
        .filter(({ textContent }) => /NaN|Infinity|undefined|\bnull\b|\d\.\d{5}/.test(textContent ?? ''))
        .map((at) => told('no number to read', at)),
      ...seen(':is(th, svg text, .columns-label, .xmr-label)')
        .filter(({ textContent }) => /…\s*$/.test(textContent ?? ''))
        .map((at) => told('cut', at)),
      ...seen(':is(.num, td.numeric, .figures)')
        .filter(
          (at) => /\d/.test(at.textContent ?? '') && !getComputedStyle(at).fontVariantNumeric.includes('tabular-nums'),
        )
        .map((at) => told('digits of many widths', at)),
    ];
  });
