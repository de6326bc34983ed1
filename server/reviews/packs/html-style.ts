import { COLOUR } from '../../core/review/drawings/svg.js';
import { COVER_ABOVE, PAPER_GAP, TYPE } from '../../contract/paper-heights.js';
import { styleText } from '../../contract/style-text.js';
import { BESIDE, CELL, GUTTER, MEASURE, SHEET, TABLE_FONT } from '../../contract/paper-sheet.js';

/** What the page may load: nothing but what it brings along. */
export const PRINT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'";

const { top, right, bottom, left } = SHEET.margin;

/**
 * The style sheet of the page.
 *
 * @param identity stands at the foot of each page, with its number
 * @param fonts Roboto, as base64
 */
export const styleOf = (identity: string, fonts: { normal: string; bold: string }): string => `
@font-face { font-family: Roboto; font-weight: 400; src: url(data:font/ttf;base64,${fonts.normal}); }
@font-face { font-family: Roboto; font-weight: 500; src: url(data:font/ttf;base64,${fonts.bold}); }
@page {
  size: A4 landscape;
  margin: ${top}px ${right}px ${bottom}px ${left}px;
  @bottom-left { content: ${styleText(identity)}; width: 85%; font: 10.5px Roboto, sans-serif; color: ${COLOUR.ink2}; text-align: left; direction: ltr; }
  @bottom-right { content: "page " counter(page) " of " counter(pages); width: 15%; font: 10.5px Roboto, sans-serif; color: ${COLOUR.ink2}; text-align: right; direction: ltr; }
}
* { box-sizing: border-box; margin: 0; padding: 0; }
html { font: 13.5px/1.45 Roboto, 'Noto Sans', Arial, sans-serif; color: ${COLOUR.ink}; background: ${COLOUR.card}; print-color-adjust: exact; }
body { max-width: ${SHEET.width - left - right}px; margin: 0 auto; overflow-wrap: anywhere; font-variant-numeric: tabular-nums lining-nums; font-variant-ligatures: none; }
p, h1, h2, li, dd, td, th { unicode-bidi: plaintext; white-space: pre-line; }
section + section, .page + .page { break-before: page; }
h1, h2, .on { font-weight: 500; break-after: avoid; text-wrap: balance; }
h1 { font-size: ${TYPE.title.size}px; line-height: 1.25; }
h2, .on { font-size: ${TYPE.heading.size}px; line-height: 1.3; }
header { border-bottom: 1px solid ${COLOUR.ac}; padding-bottom: 8px; break-after: avoid; }
.question, .about, .limit, .note { font-size: 11.5px; color: ${COLOUR.ink2}; }
.about { margin-top: 2px; }
#cover header { padding-top: ${COVER_ABOVE}px; }
#cover h1 { font-size: ${TYPE.cover.size}px; }
#cover header .about { font-size: ${TYPE.message.size}px; color: ${COLOUR.ink}; margin-top: 6px; }
.page > * + * { margin-top: ${PAPER_GAP}px; }
.texts { max-width: ${MEASURE}px; }
.texts p + p, .texts h2 + ol, li + li { margin-top: 8px; }
ol { padding-left: 22px; }
.row { display: flex; gap: ${GUTTER}px; align-items: flex-start; }
.texts.beside { width: ${BESIDE}px; flex: none; }
.texts.column { width: calc((100% - ${GUTTER}px) / 2); flex: none; }
.drawing { break-inside: avoid; flex: none; }
.drawing > div { margin-top: 8px; }
svg { display: block; max-width: 100%; height: auto; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 20px; break-inside: avoid; }
dt { color: ${COLOUR.ink2}; }
table { border-collapse: collapse; table-layout: fixed; max-width: 100%; font-size: ${TABLE_FONT}px; line-height: 1.35; margin-top: 6px; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { font-weight: 500; text-align: left; vertical-align: bottom; border-bottom: 1px solid ${COLOUR.ac}; }
th span { font-weight: 400; color: ${COLOUR.ink2}; white-space: nowrap; }
td { vertical-align: top; border-bottom: 1px solid ${COLOUR.rule}; }
th, td { padding: ${CELL.y}px ${CELL.x}px; }
.number { text-align: right; unicode-bidi: normal; }
.good { color: ${COLOUR.good}; }
.bad { color: ${COLOUR.bad}; }
.limit { margin-top: 6px; }
.page > .note { margin-top: 8px; }
@media screen {
  html { padding: 24px; }
  section + section, .page + .page { margin-top: 64px; }
}
`;
