import { readFileSync } from 'node:fs';
import { createElement as h, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Impact } from '../../contract/overview.js';
import type { ReviewDocument } from '../../contract/review.js';
import { svgOf } from '../../core/review/drawings/drawing.js';
import { PRINT_POLICY, styleOf } from './html-style.js';
import { inPart } from './pack.js';
import { type Block, type Chapter, furtherTitle, type Paper, paperOf, type Placed } from './paper.js';
import { columnWidths, decimalShifts } from '../../contract/paper-sheet.js';
import { ROBOTO } from './roboto.js';

/** A review as one page of HTML for paper: for a browser of this machine, and for the reader's own. No scripts, and nothing is fetched. */

const TONES: Record<Impact, string | undefined> = { favourable: 'good', unfavourable: 'bad', neutral: undefined };

/** The picture alone is a figure to those who hear the page: it says in its name what it shows, and what is around it is text. */
const figure = ({ drawing, width, height }: Placed): ReactNode =>
  h(
    'div',
    { className: 'drawing', style: { width }, key: drawing.id },
    h('h2', null, drawing.message),
    h('p', { className: 'about' }, drawing.about),
    h('div', { dangerouslySetInnerHTML: { __html: svgOf(drawing, { width, height }) } }),
  );

const paragraphs = (texts: readonly string[]): ReactNode[] => texts.map((text, at) => h('p', { key: at }, text));

/** The title of what goes on is no heading of its own: those are the bookmarks. */
const tableOf = ({ table, whole, isFirst, limit }: Extract<Block, { kind: 'table' }>): ReactNode => {
  const widths = columnWidths(whole);
  const shifts = table.columns.map((_, column) => decimalShifts(table, column));
  return h(
    'div',
    null,
    isFirst ? h('h2', null, table.title) : h('p', { className: 'on' }, table.title),
    h(
      'table',
      { style: { width: widths.reduce((sum, width) => sum + width, 0) } },
      h('colgroup', null, ...widths.map((width) => h('col', { style: { width } }))),
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          ...table.columns.map(({ title, kind, unit }) =>
            h('th', { scope: 'col', className: kind }, title, unit === null ? null : h('span', null, ' ', unit)),
          ),
        ),
      ),
      h(
        'tbody',
        null,
        ...table.rows.map((row, at) =>
          h(
            'tr',
            null,
            ...row.map(({ text, impact }, column) => {
              const shift = shifts[column]![at]!;
              return h(
                'td',
                { className: [table.columns[column]!.kind, impact && TONES[impact]].filter(Boolean).join(' ') },
                shift === 0 ? text : h('span', { style: { marginRight: `${shift.toFixed(3)}em` } }, text),
              );
            }),
          ),
        ),
      ),
    ),
    limit === null ? null : h('p', { className: 'limit' }, limit),
  );
};

const blockOf = (block: Block): ReactNode => {
  switch (block.kind) {
    case 'texts':
      return h(
        'div',
        { className: 'row' },
        ...block.columns.map((texts) =>
          h('div', { className: block.columns.length === 1 ? 'texts' : 'texts column' }, ...paragraphs(texts)),
        ),
      );
    case 'note':
      return h('p', { className: 'note' }, block.text);
    case 'list':
      return h(
        'div',
        { className: 'texts' },
        h('h2', null, block.title),
        h('ol', null, ...block.items.map((item) => h('li', null, item))),
      );
    case 'facts':
      return h('dl', null, ...block.facts.flatMap(([name, text]) => [h('dt', null, name), h('dd', null, text)]));
    case 'shown':
      return h(
        'div',
        { className: 'row' },
        h('div', { className: 'texts beside' }, ...paragraphs(block.texts)),
        figure(block.drawing),
      );
    case 'drawings':
      return h('div', { className: 'row' }, ...block.drawings.map(figure));
    case 'table':
      return tableOf(block);
  }
};

const headOf = (chapter: Chapter, at: number): ReactNode => {
  const { id, question, title, about } = chapter;
  if (at > 0) return h('p', { className: 'on title' }, furtherTitle(chapter, at + 1));
  return h(
    'header',
    null,
    h('p', { className: 'question' }, question),
    h('h1', { id: `${id}-title` }, title),
    h('p', { className: 'about' }, about),
  );
};

const chapterOf = (chapter: Chapter): ReactNode =>
  h(
    'section',
    { id: chapter.id, 'aria-labelledby': `${chapter.id}-title` },
    ...chapter.pages.map((blocks, at) =>
      h(
        'div',
        { className: 'page' },
        headOf(chapter, at),
        ...blocks.map((block) => inPart(`section “${chapter.title}”`, () => blockOf(block))),
      ),
    ),
  );

let fonts: { normal: string; bold: string } | null = null;
const base64 = (path: string): string => readFileSync(path).toString('base64');

export const htmlOf = ({ title, language, identity, chapters }: Paper): string => {
  fonts ??= { normal: base64(ROBOTO.normal), bold: base64(ROBOTO.bold) };
  return `<!doctype html>${renderToStaticMarkup(
    h(
      'html',
      { lang: language },
      h(
        'head',
        null,
        h('meta', { charSet: 'utf-8' }),
        h('meta', { httpEquiv: 'Content-Security-Policy', content: PRINT_POLICY }),
        h('meta', { name: 'viewport', content: 'width=device-width' }),
        h('title', null, title),
        h('style', { dangerouslySetInnerHTML: { __html: styleOf(identity, fonts) } }),
      ),
      h('body', null, h('main', null, ...chapters.map(chapterOf))),
    ),
  )}`;
};

/**
 * The page of a review.
 *
 * @param sha256 of its canonical document, 64 hexadecimal digits
 */
export const printPage = (document: ReviewDocument, sha256: string): string => htmlOf(paperOf(document, sha256));
