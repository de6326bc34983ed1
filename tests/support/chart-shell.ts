import type { Page } from 'playwright-core';

/** What is drawn for a figure, whatever the drawing. */
const MARKS = [
  ...['[data-scenario]', '[data-gap]', 'rect[data-variance]', 'g[data-variance]', '[data-mark]', '[data-answer]'],
  ...[
    'circle[data-key]',
    '.mark-latest',
    '.mark-range',
    '.mark-limit',
    '.mark-mean',
    '.mark-bracket',
    '.mark-rank-dot',
  ],
].join(', ');

/** Marks that columns of their own tell, by the headers of these. */
const TOLD_IN: readonly (readonly [marks: string, header: string])[] = [
  ['[data-scenario="PL"]', '\\b(target|planned|plan|PL)\\b'],
  ['.mark-bracket', '^near from'],
  ['.mark-latest, .xmr [data-scenario="AC"]', '^value'],
  ['.mark-range', '^moving range'],
  ['.mark-limit', '\\blimit\\b'],
  ['.mark-mean', '\\bmean\\b'],
];

/**
 * What a drawing of the page lacks beside it: a message, who, what and when, a table with a number for each mark that is drawn, and that table as a
 * file (criterion 7).
 */
export const shellDefects = (page: Page): Promise<string[]> =>
  page.locator('[data-chart]').evaluateAll(
    (figures, { all, toldIn }) =>
      figures.flatMap((figure) => {
        const textOf = (part: string) => figure.querySelector(part)?.textContent?.trim() ?? '';
        const rows = [...figure.querySelectorAll<HTMLTableRowElement>('.twin tbody tr')];
        const href = figure.querySelector('a[download$=".csv"]')?.getAttribute('href') ?? '';
        const lines = decodeURIComponent(href.slice(href.indexOf(',') + 1)).split('\r\n').length;
        const headers = [...figure.querySelectorAll('.twin thead th')].map(({ textContent }) => textContent);
        const drawn = (marks: string) => figure.querySelectorAll(`.drawing :is(${marks})`).length;
        const told = (isTold: (header: string) => boolean) =>
          rows.reduce(
            (sum, { cells }) =>
              sum +
              [...cells].filter(
                (cell, at) => cell.tagName === 'TD' && isTold(headers[at]!) && /\d/.test(cell.textContent),
              ).length,
            0,
          );
        const many = [...figure.querySelectorAll<SVGElement>('.drawing [data-marks]')];
        const marks = drawn(all) + many.reduce((sum, { dataset }) => sum + Number(dataset['marks']), 0);
        const lacks = [
          figure.tagName !== 'FIGURE' && 'is no figure',
          textOf('figcaption .panel-message').length <= 15 && 'has no message',
          textOf('figcaption .about').split(' · ').length < 3 && 'does not say who, what and when',
          (rows.length === 0 || figure.querySelector('.twin tbody td') === null) && 'has no table',
          lines !== rows.length + 1 && `has a file of ${lines} lines for ${rows.length} rows`,
          marks > told(() => true) && `draws ${marks} marks and tells ${told(() => true)} numbers`,
          ...toldIn.map(([of, header]) => {
            const cells = told((text) => new RegExp(header, 'i').test(text));
            return drawn(of) > cells && `draws ${drawn(of)} of ${of} and tells ${cells}`;
          }),
        ];
        return lacks.filter((lack) => lack !== false).map((lack) => `${figure.getAttribute('data-chart')} ${lack}`);
      }),
    { all: MARKS, toldIn: TOLD_IN },
  );
