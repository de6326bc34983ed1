import type { Page } from 'playwright-core';

/**
 * Criterion 7: what of each drawing's frame is missing. A drawing is a `figure` with a message and a who·what·when line, a table with at
 * least as many cells as there are marks, and a file.
 */
export const brokenShells = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('[data-chart]')].flatMap((figure) => {
      const text = (selector: string) => (figure.querySelector(selector)?.textContent ?? '').trim();
      const marks =
        figure.querySelectorAll('[data-mark], [data-scenario]').length +
        [...figure.querySelectorAll<SVGElement>('[data-marks]')].reduce(
          (sum, at) => sum + Number(at.dataset['marks']),
          0,
        );
      const isWhole: Record<string, boolean> = {
        figure: figure.tagName === 'FIGURE',
        message: text('figcaption .panel-message') !== '',
        about: text('figcaption .about').includes('·'),
        twin: figure.querySelectorAll('.twin tbody td').length >= marks,
        csv: figure.querySelector('a[download$=".csv"]')?.textContent === 'CSV',
      };
      const missing = Object.keys(isWhole).filter((part) => !isWhole[part]);
      return missing.length === 0
        ? []
        : [`${figure.getAttribute('data-chart')}: ${missing.join(', ')}, ${marks} marks`];
    }),
  );

/** Criterion 24: numbers without the true minus or digits of one width, headers and labels that are cut, and what is no number at all. */
export const numberFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const seen = (selector: string) => [...document.querySelectorAll(`main ${selector}`)].filter(isSeen);
    const told = (fault: string, element: Element) => `${fault}: ${(element.textContent ?? '').trim().slice(0, 60)}`;
    const leaves = seen('*').filter(
      (element) => element.childElementCount === 0 && element.closest('code, input, textarea, select') === null,
    );
    return [
      ...leaves.filter(({ textContent }) => /(^|[\s(▲▼])-\d/.test(textContent ?? '')).map((at) => told('hyphen', at)),
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
