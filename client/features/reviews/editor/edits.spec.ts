import { describe, expect, it } from '@jest/globals';
import { changedOf, cited, isEdited, noEdits, openNumbers, readEdits, writeEdits } from './edits';

const memory = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
    kept,
  };
};
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
      cover: { purpose: 'assurance' as const, recommendations: [' Stop it. ', '', '  '] },
      narrative: { headline: [SENTENCE, { id: 'x', text: '  ', confirmed: [] }], money: null },
    };
    expect(isEdited(written)).toBe(true);
    expect(changedOf(written)).toEqual({
      purpose: 'assurance',
      recommendations: ['Stop it.'],
      narrative: { headline: [SENTENCE], money: null },
    });
  });
});

describe('A number that somebody typed', () => {
  it('is open until it is confirmed or a chip stands in its place', () => {
    expect(openNumbers(SENTENCE)).toEqual([{ at: 6, text: '12' }]);
    expect(openNumbers({ ...SENTENCE, confirmed: ['12'] })).toEqual([]);
    const text = cited(SENTENCE.text, 6, 8, 'realised?span=to_date');
    expect(text).toBe('It is [[realised?span=to_date]] of [[spend]].');
    expect(openNumbers({ text, confirmed: [] })).toEqual([]);
  });
});
