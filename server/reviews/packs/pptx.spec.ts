import { beforeAll, describe, expect, test } from '@jest/globals';
import { counted } from '../../contract/format.js';
import { figureNameIn } from '../../contract/named-figure.js';
import { chipsOf } from '../../core/review/narrative.js';
import { type Element, elementsOf, named, Opened } from '../../../tests/support/read-pptx.js';
import { HOSTILE, sampleReview } from '../../../tests/support/review-document.js';
import { identityOf } from './pack.js';
import { pptxPack } from './pptx.js';
import { oneLine } from './slide-text.js';

const sample = sampleReview();
const identity = identityOf(sample.document, sample.sha256);
let bytes: Uint8Array;
let deck: Opened;
beforeAll(async () => {
  bytes = await pptxPack(sample);
  deck = await Opened.of(bytes);
});

describe('slides', () => {
  test('each has a sentence as its title, before all else, and says of which review it is', () => {
    for (const [at, slide] of deck.slides.entries()) {
      expect(deck.title(at)).toMatch(/[.?!]$/);
      expect(named(slide, 'p:sp')[0]!.text.trim()).toBe(deck.title(at));
      expect(deck.texts(at)).toContain(`${identity} · page ${at + 1} of ${deck.slides.length}`);
    }
    for (const { title, drawings } of sample.document.sections) {
      const said = title.replace(/\[\[([^\]]+)\]\]/g, (_, key: string) => sample.document.figures[key]!.text);
      expect(deck.all).toContain(said);
      for (const { message } of drawings) expect(deck.all).toContain(message);
    }
  });

  test('the cover says what it is for, what is recommended and how it is known', () => {
    const texts = deck.texts(0);
    for (const text of [
      '2026 Q3 value review',
      'For decision · Internal',
      'Stop BEN-101.',
      `SHA-256: ${sample.sha256}`,
    ])
      expect(texts).toContain(text);
    expect(deck.title(0)).toBe('Keep the plan, and move one team: −2.70 m EUR against plan.');
  });

  test('charts are pictures with their message and values in words, and no chart part', () => {
    expect([...deck.files.keys()].filter((name) => /chart|embed|\.svg$|\/$/.test(name))).toEqual([]);
    expect(deck.part('[Content_Types].xml')).not.toMatch(/chart/);
    const pictures = deck.slides.flatMap((slide) => named(slide, 'p:pic'));
    const descriptions = deck.slides
      .flatMap((slide) => named(slide, 'p:cNvPr'))
      .filter(({ inside }) => inside.at(-1)!.name === 'p:nvPicPr')
      .map(({ of }) => of['descr']);
    const drawings = sample.document.sections.flatMap((section) => section.drawings);
    expect(pictures).toHaveLength(drawings.length);
    for (const [at, { message }] of drawings.entries()) expect(descriptions[at]).toContain(message);
    expect(descriptions[0]).toContain('2026 Q3: Scenario AC, realised, Realised or forecast, m EUR 12.4');
    const images = [...deck.files].filter(([name]) => name.startsWith('ppt/media/'));
    expect(images).toHaveLength(drawings.length);
    // Width in the header of a PNG: twice the pixels of a screen over at least half a slide.
    for (const [, image] of images) {
      expect(image.subarray(1, 4).toString('latin1')).toBe('PNG');
      expect(image.readUInt32BE(16)).toBeGreaterThan(1250);
    }
  });

  test('no two shapes of a slide have one number', () => {
    for (const slide of deck.slides) {
      const ids = named(slide, 'p:cNvPr').map(({ of }) => of['id']);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe('tables', () => {
  const INCH = 914_400;
  const framesOf = (slide: Element[]) =>
    named(slide, 'p:graphicFrame').map((frame) => {
      const own = slide.filter(({ inside }) => inside.includes(frame));
      const top = Number(own.find(({ name }) => name === 'a:off')!.of['y']);
      const rows = named(own, 'a:tr').map((row) => ({
        height: Number(row.of['h']),
        cells: own.filter(({ name, inside }) => name === 'a:tc' && inside.includes(row)).map(({ text }) => text.trim()),
      }));
      return { top, rows, marked: named(own, 'a:tblPr').map(({ of }) => of['firstRow']) };
    });

  test('each has a first row that is its header, and ends on its slide', () => {
    const frames = deck.slides.flatMap(framesOf);
    expect(frames.length).toBeGreaterThan(8);
    for (const { top, rows, marked } of frames) {
      expect(marked).toEqual(['1']);
      expect(rows[0]!.cells.join('')).not.toBe('');
      expect(top + rows.reduce((sum, { height }) => sum + height, 0)).toBeLessThan(6.95 * INCH);
    }
  });

  test('one that is too long goes on on further slides, with its header again and every row once', () => {
    const parts = deck.slides.flatMap((slide, at) =>
      framesOf(slide)
        .filter(({ rows }) => rows[0]!.cells[0] === 'Code' && rows[0]!.cells.length === 5)
        .map(({ rows }) => ({ rows, title: deck.title(at), texts: deck.texts(at) })),
    );
    const [limited, first, ...more] = parts;
    expect(limited!.texts).toContain('Benefits against plan · 12 of 61 benefits; all are in the appendix.');
    // The last shows the next table, too.
    const alone = more.slice(0, -1);
    expect(alone.map(({ title }) => title)).toEqual(
      alone.map(() => '“Benefits against plan” lists 60 rows (continued).'),
    );
    for (const { texts } of alone) expect(texts.join('\n')).toMatch(/^Appendix · Meridian Group/m);
    expect([first!, ...more].flatMap(({ rows }) => rows.slice(1).map(({ cells }) => cells[0]))).toEqual(
      Array.from({ length: 60 }, (_, at) => `BEN-${String(at + 1).padStart(3, '0')}`),
    );
  });

  test('a table without rows says so', () => {
    const [at, ...more] = [...deck.slides.keys()].filter((each) =>
      deck.texts(each).some((text) => text.startsWith('Metrics without a signal')),
    );
    expect(more).toEqual([]);
    expect(
      framesOf(deck.slides[at!]!)
        .at(-1)!
        .rows.map(({ cells }) => cells),
    ).toEqual([
      ['Metric', 'Value'],
      ['Nothing to list.', ''],
    ]);
  });
});

describe('figures', () => {
  test('each of the ledger stands as it is printed and with every digit', () => {
    for (const key of sample.document.headline) {
      const { text, full } = sample.document.figures[key]!;
      expect(deck.all).toContain(text);
      expect(deck.all).toContain(full);
    }
  });

  test('notes cite each figure of the slide: its digits, formula, version, and records with their hash', () => {
    const at = deck.slides.findIndex((_, slide) => deck.title(slide).startsWith('We invested'));
    const noted = deck.noted(at);
    const section = sample.document.sections.find(({ id }) => id === 'headline')!;
    for (const key of [section.title, ...section.sentences.map(({ text }) => text)].flatMap(chipsOf)) {
      const { full, formula, records } = sample.document.figures[key]!;
      expect(noted.some((line) => line.startsWith(`${figureNameIn(sample.document)(key)}: ${full}`))).toBe(true);
      expect(noted).toContain(`Formula: ${formula.text} [${formula.expression}], version ${formula.version}`);
      expect(noted).toContain(`${records.title}: ${counted(records.count, 'record')}, SHA-256 ${records.sha256}`);
      expect(noted).toContain(`Trace: ${key}`);
    }
    for (const [slide] of deck.slides.entries()) expect(deck.noted(slide).length).toBeGreaterThan(1);
  });
});

describe('texts and bytes', () => {
  test('awkward texts stand as they were written, and what XML cannot hold is seen', async () => {
    const flat = oneLine(deck.all);
    for (const text of HOSTILE) expect(flat).toContain(oneLine(text));
    const { document } = sampleReview(1);
    const odd = 'a\u0000b\u001bc \ud800 \udfff \uffff <&"\'> 😀 ]]>';
    const changed = {
      ...document,
      cover: { ...document.cover, recommendations: [odd] },
      sections: document.sections.map((section) => ({
        ...section,
        title: odd,
        about: odd,
        drawings: section.drawings.slice(0, 1).map((drawing) => ({ ...drawing, message: odd })),
        tables: section.tables.map((table) => ({ ...table, title: odd, rows: table.rows.slice(0, 1) })),
      })),
      figures: Object.fromEntries(
        Object.entries(document.figures).map(([key, each]) => [key, { ...each, title: odd }]),
      ),
    };
    const opened = await Opened.of(await pptxPack({ ...sample, document: changed }));
    expect(opened.texts(0)).toContain('a�b�c � � � <&"\'> 😀 ]]>');
    expect(opened.noted(1).some((line) => line.startsWith('a�b�c'))).toBe(true);
  });

  test('it is in British English, knows its title, and has no date but that of the review', () => {
    const parts = [...deck.files]
      .filter(([name]) => name.endsWith('.xml'))
      .map(([, content]) => content.toString('utf8'));
    expect(parts.filter((xml) => /lang="(?!en-GB)/i.test(xml))).toEqual([]);
    const core = elementsOf(deck.part('docProps/core.xml'));
    const said = (name: string) => named(core, name).map(({ text }) => text);
    expect([said('dc:title'), said('dc:subject')]).toEqual([['2026 Q3 value review'], [identity]]);
    expect([...said('dcterms:created'), ...said('dcterms:modified')]).toEqual(
      Array.from({ length: 2 }, () => '2026-10-14T16:02:11Z'),
    );
  });

  test('the same review gives the same bytes', async () => {
    expect(Buffer.compare(Buffer.from(await pptxPack(sampleReview())), Buffer.from(bytes))).toBe(0);
  });

  test('a draft says that it is one, and nothing that only a frozen review has', async () => {
    const { document } = sampleReview(1);
    const opened = await Opened.of(await pptxPack({ ...sample, document: { ...document, frozen: null } }));
    expect(opened.texts(0).at(-1)).toMatch(
      /^VR-2026-Q3 · 2026 Q3 value review · v1 · DRAFT, not frozen · Internal · page 1 of /,
    );
    expect(opened.all).not.toContain(sample.sha256);
  });
});
