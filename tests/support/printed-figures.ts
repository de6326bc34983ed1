import type { Page } from 'playwright-core';

/**
 * Criterion 24: numbers without digits of one width, headers and labels that are cut, what is no number at all, differences without their sign, and
 * columns of two units. A table whose rows are of different units says each in a column of its own; the tests of a sign and the metric of each
 * family, beside each figure.
 */
export const numberFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const seen = (selector: string) => [...document.querySelectorAll(`main ${selector}`)].filter(isSeen);
    const told = (fault: string, element: Element) => `${fault}: ${(element.textContent ?? '').trim().slice(0, 60)}`;
    const leaves = seen('*').filter(
      (element) => element.childElementCount === 0 && element.closest('code, input, textarea, select') === null,
    );
    const plain = (text: string | null) => (text ?? '').trim().replaceAll(/\s/g, ' ');
    // Nothing has no sign, and a letter says why there is none.
    const isSigned = (text: string) => /^([▲▼] )?([<>]?[+\u2212]|0(?![\d.,])|0[.,]0+(?!\d)|[xcz](?!\w))/.test(text);
    const AMOUNT =
      /^(?:[▲▼] )?[<>]?[+\u2212]?[<>]?\d[\d.,]*(?: ?(%|pp|points|days|of 5|FTE|(?:(?:k|m|bn) )?[A-Z]{3})(?!\w)|$)/;
    /** Of a cell that is an amount: its unit, nothing where the header says it. What is no money says its own unit below the number. */
    const unitIn = (cell: Element) => {
      if (cell.querySelector('.register-second') !== null) return null;
      const found = AMOUNT.exec(plain((cell.querySelector('.num, .figures') ?? cell).textContent));
      return found && (found[1] ?? '');
    };
    const mixed = seen('table:not(.sign-tests, .families table)').flatMap((table) => {
      const headers = [...table.querySelectorAll('thead th')].map(({ textContent }) => plain(textContent));
      if (headers.includes('Unit')) return [];
      const rows = [...table.querySelectorAll('tbody tr')].map(({ children }) => [...children]);
      return headers.flatMap((header, at) => {
        const whole = rows.filter(({ length }) => length === headers.length).map((cells) => cells[at]!);
        const units = new Set(whole.map(unitIn).filter((unit) => unit !== null));
        return units.size > 1 ? [`two units in ${header}: ${[...units].map((unit) => unit || 'none').join(', ')}`] : [];
      });
    });
    return [
      ...mixed,
      ...seen(':is(span[data-impact], td [data-num*="variance"], [data-num*="perception.gap"])')
        .filter(({ textContent }) => !isSigned(plain(textContent)))
        .map((at) => told('without its sign', at)),
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
