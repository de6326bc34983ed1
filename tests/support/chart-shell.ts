import type { Page } from 'playwright-core';

/** What a drawing of the page lacks beside it: a message, who, what and when, a table with what is drawn, and that table as a file (criterion 7). */
export const shellDefects = (page: Page): Promise<string[]> =>
  page.locator('[data-chart]').evaluateAll((figures) =>
    figures.flatMap((figure) => {
      const textOf = (part: string) => figure.querySelector(part)?.textContent?.trim() ?? '';
      const rows = figure.querySelectorAll('.twin tbody tr').length;
      const href = figure.querySelector('a[download$=".csv"]')?.getAttribute('href') ?? '';
      const lines = decodeURIComponent(href.slice(href.indexOf(',') + 1)).split('\r\n').length;
      const lacks = [
        figure.tagName !== 'FIGURE' && 'is no figure',
        textOf('figcaption .panel-message').length <= 15 && 'has no message',
        textOf('figcaption .about').split(' · ').length < 3 && 'does not say who, what and when',
        (rows === 0 || figure.querySelector('.twin tbody td') === null) && 'has no table',
        lines !== rows + 1 && `has a file of ${lines} lines for ${rows} rows`,
      ];
      return lacks.filter((lack) => lack !== false).map((lack) => `${figure.getAttribute('data-chart')} ${lack}`);
    }),
  );
