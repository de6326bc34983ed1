/** What every pack says of a review before anything else, and of who wrote it. */
import { expect, test } from '@jest/globals';
import readWorkbook from 'read-excel-file/node';
import type { ReviewDocument, ReviewSentence } from '../../contract/review.js';
import { coverOf } from '../../contract/review-cover.js';
import { keyOfMarks, markedSentence, printedParts } from '../../contract/review-marks.js';
import { sampleReview } from '../../../tests/support/review-document.js';
import { htmlOf } from './html.js';
import { markdownOf } from './markdown.js';
import type { PackInput } from './pack.js';
import { paperOf } from './paper.js';
import { pptxPack } from './pptx.js';
import { workbookOf } from './xlsx.js';
import { unzipped } from './zip.js';

const sample = sampleReview(1);
const hand = (text: string, uncited: string[] = [], confirmed: ReviewSentence['confirmed'] = []): ReviewSentence => ({
  ...{ id: text, text, by: 'hand', uncited, confirmed, stale: [] },
});

/** Written by people as far as they may: recommendations, a message, sentences; of their numbers one is confirmed. */
const written: ReviewDocument = {
  ...sample.document,
  review: { ...sample.document.review, code: 'VR-2026-Q3-v2', revision: 2, supersedes: 'VR-2026-Q3' },
  cover: {
    purpose: 'assurance',
    classification: 'confidential',
    recommendations: ['Stop 2 pilots of 7.'],
    written: [hand('Stop 2 pilots of 7.', ['7'], [{ at: 5, text: '2' }])],
  },
  sections: sample.document.sections
    .filter(({ id }) => id === 'headline' || id === 'money')
    .map((section) =>
      section.id === 'headline'
        ? {
            ...section,
            title: 'We did well in 12 places',
            message: hand('We did well in 12 places', ['12']),
            sentences: [
              ...section.sentences.slice(0, 1),
              hand('Of [[spend]], 5 % went to 3 towns, 3 of them small.', ['5 %', '3'], [{ at: 26, text: '3' }]),
            ],
          }
        : section,
    ),
};

/** All texts of a pack, in one line without the escapes of its format. */
const TEXTS: Record<string, (input: PackInput) => Promise<string>> = {
  Markdown: async (input) =>
    Buffer.from(await markdownOf(input))
      .toString()
      .replace(/\\(?=[*|])/g, ''),
  workbook: async (input) =>
    ((await readWorkbook(Buffer.from(await workbookOf(input)))) as unknown as { data: unknown[][] }[])
      .flatMap(({ data }) => data.flat())
      .join('\n'),
  slides: async (input) =>
    [...(await unzipped(await pptxPack(input)))]
      .filter(([name]) => /^ppt\/slides\/[^/]+\.xml$/.test(name))
      .flatMap(([, xml]) => [...xml.toString().matchAll(/<a:t>([^<]*)<\/a:t>/g)].map(([, text]) => text))
      .join('\n'),
  'print page': ({ document, sha256 }) =>
    Promise.resolve(
      htmlOf(paperOf(document, sha256))
        .replace(/^.*<body>/s, '')
        .replace(/<[^>]+>/g, '\n'),
    ),
};

test.each(Object.keys(TEXTS))(
  'the %s begins with the cover: what for, for whom, what is recommended, which version, why',
  async (pack) => {
    const text = await TEXTS[pack]!({ ...sample, document: written });
    const { facts } = coverOf(written, sample.sha256);
    expect(facts.map(([name]) => name)).toEqual([
      ...['Review', 'State', 'Frozen with open points', 'Sentences', 'Messages', 'Numbers neither cited nor confirmed'],
      'SHA-256',
    ]);
    for (const said of ['For assurance', 'Confidential', 'Stop 2 pilots of 7*.', ...facts.map(([, fact]) => fact)])
      expect(text).toContain(said);
    expect(facts[0]![1]).toBe('VR-2026-Q3-v2, version 2; corrects VR-2026-Q3');
    expect(facts[2]![1]).toBe('Two values come after the meeting.');
    expect(facts.slice(3, 6).map(([, fact]) => fact)).toEqual([
      ...['2 by rule from the figures, 1 by hand (marked †)', '1 by hand (marked ‡)', '4 (marked *)'],
    ]);
  },
);

test.each(Object.keys(TEXTS))('the %s marks what people wrote, and says what the marks mean', async (pack) => {
  const text = await TEXTS[pack]!({ ...sample, document: written });
  expect(text).toContain('We did well in 12* places‡');
  if (pack === 'workbook') return;
  expect(text).toContain('Of 48.0 m EUR, 5 %* went to 3 towns, 3* of them small.†');
  expect(text).toContain(
    '* number neither cited nor confirmed · † sentence written by hand; sentences without this mark follow by rule from the figures · ‡ message written by hand in place of the rule’s',
  );
});

test.each(Object.keys(TEXTS))('the %s of a review that was frozen before says as much as it knows', async (pack) => {
  const { sections, cover } = sample.document;
  const before = { ...sample.document, sections: sections.filter(({ id }) => id !== 'cover') };
  const text = await TEXTS[pack]!({ ...sample, document: before });
  for (const said of ['For decision', 'Internal', cover.recommendations[0]!, 'VR-2026-Q3, version 1'])
    expect(text).toContain(said);
  expect(text).not.toContain('‡');
});

test('a number is marked in its place: the same one that somebody confirmed elsewhere is not', () => {
  const parts = markedSentence(hand('2 of 2, and [[spend]] in 2026 Q3', ['2'], [{ at: 0, text: '2' }]));
  expect(printedParts(parts, sample.document.figures)).toBe('2 of 2*, and 48.0 m EUR in 2026 Q3†');
  expect(keyOfMarks([markedSentence({ ...hand('BEN-014 and 3'), by: 'rule' })])).toBeNull();
});

const LONG = sampleReview(30);
const LIMIT = '12 of 30 rows; the other 18 stand in the workbook of this review.';
const limited: ReviewDocument = {
  ...LONG.document,
  sections: LONG.document.sections.map((section) => ({
    ...section,
    tables: section.tables.map((table) => (table.rows.length === 30 ? { ...table, listed: 12 } : table)),
  })),
};

test.each(Object.keys(TEXTS))(
  'the %s has all rows of a long table, or says how many it leaves out and where they are',
  async (pack) => {
    const text = await TEXTS[pack]!({ ...LONG, document: limited });
    const isWhole = pack === 'workbook' || pack === 'Markdown';
    expect([text.includes('BEN-012'), text.includes('BEN-030'), text.includes(LIMIT)]).toEqual([
      true,
      isWhole,
      !isWhole,
    ]);
  },
);
