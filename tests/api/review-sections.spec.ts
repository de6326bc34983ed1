/** What the sections of a review say follows from what the product says elsewhere, and each of their numbers is a figure. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { previousPeriod } from '../../server/core/period.js';
import { capabilityMap } from '../../server/contract/capability.js';
import { scaleOf } from '../../server/contract/format.js';
import { figureNameIn } from '../../server/contract/named-figure.js';
import { decisionLog } from '../../server/contract/decision.js';
import { stakeholders } from '../../server/contract/stakeholder.js';
import { chipsOf, uncitedOf } from '../../server/core/review/narrative.js';
import { printedValue } from '../../server/core/review/printing.js';
import { type Review, review, type ReviewCell, type ReviewSection } from '../../server/contract/review.js';
import { TABLE_IDS, tableSentence } from '../../server/core/review/table-sentences.js';
import { type Api, startApi } from '../support/harness.js';
import { scorecardOf } from '../support/metrics.js';
import { signsAt } from '../support/signs.js';

/** Data, and the quarter that is reviewed. */
const PLACES = [
  ['golden', '2026-Q2'],
  ['example', '2026-Q3'],
  ['nothing', '2026-Q2'],
] as const;

/** A key without the span of those that name none. */
const usual = (key: string): string => key.replace('span=to_date&', '').replace(/[?&]span=to_date$/, '');
/** Tables in which amounts of money are compared with one another. */
const ONE_SCALE = ['ledger', 'deviations', 'corrective-actions', 'gaps', 'worked-trace', 'benefits'];

describe.each(PLACES)('%s data', (place, period) => {
  let api: Api;
  let drafted: Review;
  beforeAll(async () => {
    api = await startApi({ example: place === 'example', golden: place === 'golden' });
    const reply = await api.as('cio').post('/reviews', { period });
    expect([reply.status, reply.status === 201 ? '' : reply.text]).toEqual([201, '']);
    drafted = review.parse(reply.body);
  }, 90_000);
  afterAll(() => api.stop());

  const section = (id: string): ReviewSection => drafted.document.sections.find((each) => each.id === id)!;
  const rows = (id: string, table: string): ReviewCell[][] =>
    section(id).tables.find((each) => each.id === table)?.rows ?? [];
  /** A cell as a number; hidden and missing ones null. */
  const value = (cell: ReviewCell): number | null => (cell.value === null ? null : Number(cell.value));
  const close = (found: number | null, wanted: number | string | null): boolean =>
    found === null || wanted === null ? found === wanted : Math.abs(found - Number(wanted)) < 1e-9;

  test('every number of a sentence is a figure of the document', () => {
    const { sections, figures } = drafted.document;
    for (const { id, title, sentences, tables, drawings } of sections) {
      for (const text of [title, ...sentences.map((sentence) => sentence.text)])
        expect([id, text, uncitedOf(text)]).toEqual([id, text, []]);
      // A drawing says what it shows, and what the ledger says of it.
      for (const drawing of drawings) {
        const printed = JSON.stringify([{ ...drawing, message: '' }, Object.values(figures).map(({ text }) => text)]);
        for (const { text } of uncitedOf(drawing.message))
          expect([drawing.message, printed]).toEqual([drawing.message, expect.stringContaining(text)]);
        expect(drawing.message).toMatch(/ (?:lies?|stops?|reaches|is|has|stays|are|brought)\b/);
      }
      for (const { text } of sentences.concat({ text: title } as never))
        for (const [, key] of text.matchAll(/\[\[(.+?)\]\]/g)) expect(figures[key!]?.value ?? null).not.toBeNull();
      expect(title).not.toBe('');
      for (const table of tables) {
        const { rows: lines, columns, total } = table;
        // By a rule of its own, whose columns it has.
        expect(TABLE_IDS).toContain(table.id);
        expect(tableSentence(table)).toMatch(/^(?!“|Nothing is recorded under).*\.$/);
        expect(total).toBeGreaterThanOrEqual(lines.length);
        for (const cells of lines) {
          expect(cells).toHaveLength(columns.length);
          for (const { figure, value: said } of cells)
            if (figure !== null) expect([figure, figures[figure]?.value]).toEqual([figure, said]);
        }
      }
    }
  });

  test('money of a table stands at one scale, which its headers tell; where rounded numbers do not add up, that is said', () => {
    const { settings, sections } = drafted.document;
    const tables = sections.flatMap((each) => each.tables).filter(({ id }) => ONE_SCALE.includes(id));
    for (const { id, columns, rows: lines } of tables)
      for (const [at, { unit }] of columns.entries())
        for (const { text, value: said, unit: own } of lines.map((cells) => cells[at]!)) {
          if (said === null || own !== settings.currency) continue;
          const scale = scaleOf(unit ?? '', own);
          const isSigned = text.startsWith('+');
          expect([id, text]).toEqual([id, scale && printedValue(said, own, { scale, isSigned })]);
        }
    const units = tables.map(({ columns }) => new Set(columns.flatMap(({ unit }) => unit ?? [])).size);
    expect(Math.max(...units)).toBeLessThanOrEqual(1);
    if (place === 'golden') expect(section('headline').tables[0]!.note).toMatch(/^Rounded: /);
  });

  test('no two figures of a list are called the same, and none of a whole life to date', () => {
    const { document } = drafted;
    const nameOf = figureNameIn(document);
    // Usually a figure is asked for to date, whether its key says so or not.
    const keys = [...new Map(Object.keys(document.figures).map((key) => [usual(key), key])).values()];
    const names = [keys.map(nameOf), rows('appendix', 'in-full').map(([name]) => name!.text)];
    for (const each of names) expect(each.filter((name, at) => each.indexOf(name) !== at)).toEqual([]);
    expect(names.flat().filter((name) => /^Expected .*to date$/.test(name))).toEqual([]);
    expect(names[1]).toContain('Expected less planned value, whole life');
  });

  test('metrics are those of the scorecard, and only signals are told as changes', async () => {
    const now = [...(await scorecardOf(api, `period=${period}`)).values()];
    const before = await scorecardOf(api, `period=${previousPeriod(period)}`);
    /** A 0 of which nothing is recorded is not printed. */
    const known = ({ value: is, isBlank }: (typeof now)[number]) => (isBlank ? null : is);
    const table = rows('appendix', 'metrics');
    expect(section('signals').tables).toEqual([]);
    expect(table.map((cells) => cells[1]!.text)).toEqual(now.map(({ name }) => name));
    for (const [at, metric] of now.entries()) {
      const [, , is, was, target] = table[at]!;
      const told = [value(is!), value(was!), value(target!)];
      const wanted = [known(metric), known(before.get(metric.id)!), metric.target];
      expect([metric.id, told.map((each, of) => close(each, wanted[of]!))]).toEqual([metric.id, [true, true, true]]);
      expect(is!.figure).toBe(metric.isBlank ? null : metric.id);
    }
    const signals = now.filter(({ signal }) => signal.state === 'signal');
    const { drawings, title, sentences } = section('signals');
    expect(drawings).toHaveLength(Math.min(4, signals.length));
    for (const { id } of drawings) expect(signals.map((metric) => metric.id)).toContain(id);
    const words = [title, ...sentences.map(({ text }) => text)].join(' ').toLowerCase();
    for (const { name, signal } of now)
      if (signal.state !== 'signal') expect(words).not.toMatch(new RegExp(`\\b${name.toLowerCase()} (is|has)`));
    const unknown = now.filter((metric) => metric.value === null || metric.isBlank).length;
    expect(rows('appendix', 'unmeasured').reduce((sum, cells) => sum + value(cells[1]!)!, 0)).toBe(unknown);
  });

  test('decisions are those of the log: what was chosen, and what waits with what a month of it holds up', async () => {
    const log = async (show: string) =>
      decisionLog.parse((await api.as('cio').get(`/decision-log?period=${period}&show=${show}&limit=500`)).body).items;
    const codes = (table: string) => rows('decisions', table).map((cells) => cells[0]!.text.split(' ')[0]!);
    const [decided, open] = [await log('quarter'), await log('open')];
    expect(codes('decided').sort()).toEqual(decided.map(({ code }) => code).sort());
    const waiting = rows('decisions', 'open');
    expect(waiting).toHaveLength(Math.min(12, open.length));
    for (const [at, code] of codes('open').entries()) {
      const { days } = open.find((line) => line.code === code)!;
      expect([code, close(value(waiting[at]![4]!), days)]).toEqual([code, true]);
      const cost = (await api.as('cio').get(`/trace/decision.delay_cost?period=${period}&decision=${code}`)).body;
      expect([code, waiting[at]![5]!.value]).toEqual([code, cost.value]);
    }
  });

  test('capabilities that moved are those whose level is not what it was', async () => {
    const levels = async (of: string) =>
      new Map(
        capabilityMap
          .parse((await api.as('cio').get(`/capability-map?period=${of}`)).body)
          .items.map(({ code, level }) => [code, level] as const),
      );
    const [now, then] = [await levels(period), await levels(previousPeriod(period))];
    const moved = [...now].filter(([code, level]) => level !== null && level !== (then.get(code) ?? null));
    const told = rows('capabilities', 'moves').map((cells) => [cells[0]!.text.split(' ')[0]!, cells[3]!.value]);
    expect(told.sort()).toEqual(moved.sort());
  });

  test('areas say what the page of stakeholders says, and nothing that it keeps back', async () => {
    const { areas, perception } = stakeholders.parse((await api.as('cio').get(`/stakeholders?period=${period}`)).body);
    const told = rows('stakeholders', 'areas').map((cells) => cells.slice(2).map(value));
    const wanted = areas.map(({ voices }) => voices.map((voice) => voice.value));
    expect(told.map((cells, at) => cells.map((cell, of) => close(cell, wanted[at]![of]!)))).toEqual(
      wanted.map((cells) => cells.map(() => true)),
    );
    const gaps = rows('stakeholders', 'perception').map((cells) => cells[3]!.value === null);
    expect(gaps).toEqual((perception ?? []).map(({ gap }) => gap === null));
    const hidden = Object.values(drafted.document.figures).filter(
      ({ nullReason }) => nullReason === 'too_few_responses',
    );
    for (const { value: is, text } of hidden) expect([is, text]).toEqual([null, '–']);
  });

  test('signs are those of their page, test by test', async () => {
    const found = await signsAt(api, `period=${period}`);
    const wanted = found.flatMap(({ name, tests }) => tests.map((each) => [name, each.name, each.why]));
    const table = rows('signs', 'tests');
    expect(table.map((cells) => [cells[0]!.text, cells[2]!.text, cells[7]!.text])).toEqual(wanted);
    for (const [at, { id, value: is, threshold }] of found.flatMap(({ tests }) => tests).entries())
      expect([id, close(value(table[at]![3]!), is), close(value(table[at]![4]!), threshold)]).toEqual([id, true, true]);
    const told = section('signs').sentences.map(({ id }) => id);
    for (const { id, state } of found) expect([id, told.includes(`sign.${id}`)]).toEqual([id, state === 'present']);
  });

  test('where nothing is recorded nothing is counted, and the checklist says so', () => {
    const { checklist, sections, figures } = drafted.document;
    const said = checklist.filter(({ id }) => id === 'nothing_recorded').map(({ title, isOpen }) => [title, isOpen]);
    const title = 'Nothing is recorded to 2026 Q2: no investment, no benefit, and no metric has a value';
    expect(said).toEqual(place === 'nothing' ? [[title, true]] : []);
    const cells = sections.flatMap(({ tables }) => tables.flatMap((table) => table.rows.flat()));
    const shown = [
      ...cells.flatMap(({ figure }) => figure ?? []),
      ...sections.flatMap(({ sentences }) => sentences.flatMap(({ text }) => chipsOf(text))),
    ].filter((key) => figures[key]!.value !== null);
    expect(shown.length > 0).toBe(place !== 'nothing');
  });

  test('is drafted again with the same words', async () => {
    await api.sql('update data_versions set version = version + 1');
    const again = review.parse((await api.as('cio').get(`/reviews/${drafted.id}`)).body);
    expect(again.document).toEqual(drafted.document);
  });

  test('is frozen with the records behind each figure', async () => {
    const frozen = review.parse(
      (
        await api
          .as('cio')
          .post(
            `/reviews/${drafted.id}/freeze`,
            { reason: 'The board meets.', contentSha256: drafted.contentSha256 },
            { 'If-Match': `"v${drafted.version}"`, 'Idempotency-Key': `freeze ${place}` },
          )
      ).body,
    );
    expect(frozen.state).toBe('frozen');
    const kept = await api.sql<{ figure: string; count: number }>(
      `select figure, jsonb_array_length(records::jsonb) as count from review_records where review_id = $1`,
      [frozen.id],
    );
    const counts = new Map(kept.map(({ figure, count }) => [figure, count]));
    for (const [key, { records, nullReason }] of Object.entries(frozen.document.figures))
      expect([key, nullReason, counts.get(key)]).toEqual([key, nullReason, records.count]);
    expect((await api.as('cio').get(`/reviews/${frozen.id}/verify`)).body.isIntact).toBe(true);
  });
});

test('a benefit beyond those that pages list has the numbers of its traces', async () => {
  const api = await startApi({ golden: true });
  try {
    const first = Array.from({ length: 100 }, (_, at) => `AA-${at},One of many ${at},EUR`);
    const content = ['code,name,currency', ...first].join('\n');
    expect((await api.as('admin').upload('/imports', [{ name: 'benefits.csv', content }])).status).toBe(201);
    const period = '2026-Q2';
    const drafted = review.parse((await api.as('cio').post('/reviews', { period })).body);
    const table = drafted.document.sections.flatMap(({ tables }) => tables).find(({ id }) => id === 'benefits')!;
    const columns = ['Planned', 'Realised', 'Difference from plan'].map((title) =>
      table.columns.findIndex((column) => column.title === title),
    );
    const beyond = table.rows.slice(table.listed);
    expect(beyond.length).toBeGreaterThan(10);
    expect(beyond.some((row) => row[columns[1]!]!.value !== null)).toBe(true);
    for (const row of beyond) {
      const ref = row[0]!.text.split(' ')[0]!;
      for (const [at, figure] of (['planned', 'realised', 'variance'] as const).entries()) {
        const asked = new URLSearchParams({ period, span: 'to_date', type: 'benefit', ref });
        const { value, unit, records } = (await api.as('cio').get(`/trace/node.${figure}?${asked}`)).body;
        const cell = row[columns[at]!]!;
        // Where nothing is recorded a review says so, and no 0.
        const said = records.count === 0 ? null : value;
        expect([ref, figure, cell.value, cell.unit, cell.figure]).toEqual([ref, figure, said, unit, null]);
      }
    }
  } finally {
    await api.stop();
  }
}, 90_000);
