import { expect, test } from '@jest/globals';
import { nothingTold } from '../../contract/review-pages.js';
import { printed } from '../../core/review/narrative.js';
import { HOSTILE, sampleReview } from '../../../tests/support/review-document.js';
import { escapedText, markdownOf } from './markdown.js';
import { identityOf } from './pack.js';

const sample = sampleReview();
const { document } = sample;

test('the Markdown of a review says all of it: identity and hash, sentences with their figures, tables, drawings as tables', async () => {
  const text = Buffer.from(await markdownOf(sample)).toString();
  const lines = text.split('\n');
  expect(lines.slice(0, 3)).toEqual(['# 2026 Q3 value review', '', identityOf(document, sample.sha256)]);
  expect(lines).toContain(`- SHA-256: ${sample.sha256}`);
  for (const { id, title, sentences, tables, drawings } of document.sections) {
    const said = escapedText(printed(title, document.figures));
    expect(lines).toContain(id === 'cover' ? `**${said}**` : `## ${said}`);
    for (const { by, text: sentence } of sentences)
      expect(lines).toContain(`${escapedText(printed(sentence, document.figures))}${by === 'hand' ? '†' : ''}`);
    for (const { rows } of tables)
      for (const cells of rows)
        expect(lines).toContain(`| ${cells.map((cell) => escapedText(cell.text)).join(' | ')} |`);
    for (const { message } of drawings) expect(lines).toContain(`### ${escapedText(message)}`);
  }
  expect(lines).toContain('| 2026 Q3 | AC, realised | 12.4 | 15.1 | −2.70 |');
  expect(lines).toContain('| Initiative | 41.5 | −6.50 | no initiative |');
  expect(document.cover.recommendations.map((each, at) => `${at + 1}. ${escapedText(each)}`)).toEqual(
    lines.filter((line) => /^\d+\. /.test(line)),
  );
  const headings = lines.filter((line) => line.startsWith('## '));
  expect(new Set(headings).size).toBe(headings.length);
  expect(text).not.toContain('[[');
  expect(Buffer.from(await markdownOf(sample)).toString()).toBe(text);
});

test('a section without anything and a table without rows say so', async () => {
  const { id: bare } = document.sections.at(-1)!;
  const sections = document.sections.map((section) =>
    section.id === bare
      ? { ...section, sentences: [], drawings: [], tables: [] }
      : { ...section, tables: section.tables.map((table) => ({ ...table, rows: [], total: 0 })) },
  );
  const text = Buffer.from(await markdownOf({ ...sample, document: { ...document, sections } })).toString();
  expect(text).toContain(`\n${escapedText(nothingTold({ id: bare }))}\n`);
  expect(text.match(/^Nothing to list\.$/gm)).toHaveLength(sections.flatMap(({ tables }) => tables).length);
});

test('texts that were entered are text, never markup', async () => {
  expect(
    ['# a', '<b>', '- a', '1. a', '12.4 m EUR', '[x](javascript:y)', 'a|b', 'a\n\n---\nb', '\t=1'].map(escapedText),
  ).toEqual([
    ...['\\# a', '\\<b\\>', '\\- a', '1\\. a', '12.4 m EUR', '\\[x\\](javascript:y)', 'a\\|b', 'a --- b', '\\=1'],
  ]);
  const text = Buffer.from(await markdownOf(sample)).toString();
  for (const hostile of HOSTILE) expect(text).toContain(escapedText(hostile));
  expect(text).not.toMatch(/(^|[^\\])<\w/);
});
