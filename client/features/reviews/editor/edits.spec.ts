import { describe, expect, it } from '@jest/globals';
import type { ReviewDocument, ReviewSection } from '../../../../server/contract/review.js';
import {
  carryPinned,
  changedOf,
  cited,
  editsSince,
  held,
  isEdited,
  noEdits,
  openNumbers,
  readEdits,
  rewritten,
  sentencesIn,
  writeEdits,
} from './edits';
import { figureChoices, foundIn } from './figure-choices';

const memory = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
    kept,
  };
};
const recommended = (text: string, at: number) => ({
  id: `recommendation.${at}`,
  text,
  confirmed: at === 0 ? [{ at: 6, text: '2' }] : [],
});
const SENTENCE = { id: 'headline.1', text: 'It is 12 of [[spend]].', confirmed: [] };

describe('What is written in a draft of a review and not saved', () => {
  it('outlives a reload for each person and review apart, and is forgotten where nothing is left of it', () => {
    const store = memory();
    const written = { ...noEdits(3), narrative: { headline: [SENTENCE], money: null } };
    writeEdits(store, 'olivia', 'a', written);
    expect(readEdits(store, 'olivia', 'a')).toEqual(written);
    expect([readEdits(store, 'olivia', 'b'), readEdits(store, 'tom', 'a'), readEdits(null, 'olivia', 'a')]).toEqual([
      null,
      null,
      null,
    ]);
    writeEdits(store, 'olivia', 'a', noEdits(3));
    expect(store.kept.size).toBe(0);
  });

  it('goes on from the version that a figure pinned elsewhere made, with its sentence', () => {
    const store = memory();
    const pinned = { id: 'headline.pinned', text: 'Spend: [[spend]].', confirmed: [] };
    const pin = (section: string) =>
      carryPinned(store, 'olivia', { id: 'a', version: 3 }, { section, pinned, version: 4 });
    pin('headline');
    expect(store.kept.size).toBe(0);
    const narrative = { headline: [SENTENCE], money: null };
    writeEdits(store, 'olivia', 'a', { ...noEdits(3), narrative });
    pin('headline');
    const carried = { ...noEdits(4), narrative: { ...narrative, headline: [SENTENCE, pinned] } };
    expect(readEdits(store, 'olivia', 'a')).toEqual(carried);
    // Somebody else saved in between: that is for the author to compare.
    pin('headline');
    expect(readEdits(store, 'olivia', 'a')).toEqual(carried);
  });

  it('is none where it cannot be read', () => {
    const store = memory();
    for (const text of ['{', '[]', '{"version":1}', '{"version":"1","cover":{},"narrative":{}}']) {
      store.setItem('throughline.review.olivia.a', text);
      expect(readEdits(store, 'olivia', 'a')).toBeNull();
    }
  });

  it('is sent as the parts that are edited, without empty lines', () => {
    expect(changedOf(noEdits(1))).toEqual({});
    expect(isEdited(noEdits(1))).toBe(false);
    const written = {
      version: 1,
      cover: { purpose: 'assurance' as const, recommendations: [' Stop 2. ', '', '  '].map(recommended) },
      narrative: { headline: [SENTENCE, { id: 'x', text: '  ', confirmed: [] }], money: null },
    };
    expect(isEdited(written)).toBe(true);
    expect(changedOf(written)).toEqual({
      purpose: 'assurance',
      recommendations: [{ text: 'Stop 2.', confirmed: [{ at: 5, text: '2' }] }],
      narrative: { headline: [SENTENCE], money: null },
    });
  });
});

describe('What is written while a save is on its way', () => {
  it('stays to be saved, and what was sent does not', () => {
    const sent = {
      version: 3,
      cover: { purpose: 'assurance' as const },
      narrative: { headline: [SENTENCE], money: null },
    };
    expect(editsSince(sent, structuredClone(sent), 4)).toEqual(noEdits(4));
    const STOP = recommended('Stop it.', 0);
    const longer = [{ ...SENTENCE, text: `${SENTENCE.text} And more.` }];
    const now = { ...sent, cover: { ...sent.cover, recommendations: [STOP] }, narrative: { headline: longer } };
    expect(editsSince(sent, now, 4)).toEqual({
      version: 4,
      cover: { recommendations: [STOP] },
      narrative: { headline: longer },
    });
  });
});

describe('A number that somebody typed', () => {
  it('is open until it is confirmed or a chip stands in its place', () => {
    expect(openNumbers(SENTENCE)).toEqual([{ at: 6, text: '12' }]);
    expect(openNumbers({ ...SENTENCE, confirmed: [{ at: 6, text: '12' }] })).toEqual([]);
    expect(openNumbers({ ...SENTENCE, confirmed: [{ at: 0, text: '12' }] })).toHaveLength(1);
    const text = cited(SENTENCE.text, 6, 8, 'realised?span=to_date');
    expect(text).toBe('It is [[realised?span=to_date]] of [[spend]].');
    expect(openNumbers({ text, confirmed: [] })).toEqual([]);
  });

  it.each([
    ['IT spent 12.2 m EUR.', '3.43 m EUR', 'IT spent [[spend]].'],
    ['IT spent 12.2 m EUR.', '624 k EUR', 'IT spent [[spend]].'],
    ['IT spent 12.2 EUR a day.', '3.43 m EUR', 'IT spent [[spend]] a day.'],
    ['IT spent 12.2 %, it says.', '17.0 %', 'IT spent [[spend]], it says.'],
    ['IT spent 12.2 m USD.', '3.43 m EUR', 'IT spent [[spend]] m USD.'],
    ['IT spent 12.2 EUROS.', '3.43 m EUR', 'IT spent [[spend]] EUROS.'],
    ['IT spent 12.2 days.', '14', 'IT spent [[spend]] days.'],
  ])('%s with %s says its unit once', (text, shown, said) => {
    expect(cited(text, 9, 13, 'spend', shown)).toBe(said);
  });
});

describe('A sentence that is edited', () => {
  const figures = { spend: { text: '1.1 m USD' } };
  const section = (text: string, by: 'rule' | 'hand') => ({
    ...{ id: 'headline' as const, title: '', about: '', tables: [], drawings: [] },
    sentences: [{ id: 'a', text, by, uncited: [], confirmed: [], stale: [] }],
  });

  it('keeps what its author saw of its figures, and what was confirmed where it now stands', () => {
    const confirmed = { ...SENTENCE, confirmed: [{ at: 6, text: '12' }] };
    expect(rewritten(confirmed, 'Now it is 12 of [[spend]] and [[none]].', figures)).toEqual({
      id: 'headline.1',
      text: 'Now it is 12 of [[spend]] and [[none]].',
      confirmed: [],
      shown: { spend: '1.1 m USD' },
    });
    expect(rewritten(confirmed, `${SENTENCE.text} So.`, figures).confirmed).toEqual(confirmed.confirmed);
    expect(held(SENTENCE, figures)).toEqual({ ...SENTENCE, holds: true, shown: { spend: '1.1 m USD' } });
  });

  it('has the message of its section first, where somebody wrote one', () => {
    const message = { ...section('Mine.', 'hand').sentences[0]!, id: 'message' };
    const [first, second] = sentencesIn({ ...section('By rule.', 'rule'), message }, noEdits(1))!;
    expect([first, second!.id]).toEqual([{ id: 'message', text: 'Mine.', confirmed: [] }, 'a']);
  });

  it('leaves its neighbours to their rules, which go on following the records', () => {
    const [untouched] = sentencesIn(section('By rule.', 'rule'), noEdits(1))!;
    expect(untouched).toEqual({ id: 'a', text: 'By rule.', confirmed: [], by: 'rule' });
    const edits = { ...noEdits(1), narrative: { headline: [untouched!, SENTENCE] } };
    expect(sentencesIn(section('Another.', 'rule'), edits)).toEqual([{ ...untouched, text: 'Another.' }, SENTENCE]);
    expect(rewritten(untouched!, 'Mine.', figures)).not.toHaveProperty('by');
  });
});

describe('Figures to choose from', () => {
  const printed = {
    'spend?span=to_date': '12.2 m EUR',
    'realised?span=to_date': '11.9 m EUR',
    'planned?span=to_date': '12.4 k EUR',
    share: '12.4 %',
    projects: '12',
    level: '3.63 of 5',
    none: '–',
  };
  const figures = Object.fromEntries(Object.entries(printed).map(([key, text]) => [key, { title: key, text }]));
  const document = { figures, headline: ['spend?span=to_date'], review: { period: '2026-Q3' }, settings: {} };
  const section = { title: 'It is [[level]].', sentences: [], tables: [], drawings: [] };
  const groups = (typed: string) =>
    figureChoices(document as unknown as ReviewDocument, typed, section as unknown as ReviewSection);
  const near = (typed: string) =>
    groups(typed).flatMap(({ id, items }) => (id === 'near' ? items.map(({ text }) => text) : []));

  it.each([
    ['12.2 m EUR.', ['12.2 m EUR', '11.9 m EUR', '12.4 k EUR']],
    ['12 million EUR', ['11.9 m EUR', '12.2 m EUR', '12.4 k EUR']],
    ['EUR 12,200 of it', ['12.4 k EUR', '11.9 m EUR', '12.2 m EUR']],
    ['12,1 % of it', ['12.4 %']],
    ['12 projects', ['12', '11.9 m EUR', '12.2 m EUR', '12.4 k EUR', '12.4 %']],
    ['3.6 of 5 levels', ['3.63 of 5']],
    ['@', []],
    ['', []],
  ])('for “%s” begin with those that print it or come nearest', (typed, texts) => {
    expect(near(typed)).toEqual(texts);
  });

  it('go on with those of the section, then all others, each once', () => {
    const said = groups('12.2 m EUR of it').map(({ title, items }) => [title, ...items.map(({ text }) => text)]);
    expect(said).toEqual([
      ['Nearest to 12.2 m EUR', '12.2 m EUR', '11.9 m EUR', '12.4 k EUR'],
      ['Of this section', '3.63 of 5'],
      ['Of the review', '12.4 %', '12', '–'],
    ]);
    expect(foundIn(groups(''), 'level 3.63').map(({ title, items }) => [title, items.length])).toEqual([
      ['Of this section', 1],
    ]);
  });
});
