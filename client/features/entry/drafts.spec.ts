import { describe, expect, test } from '@jest/globals';
import { readDraft, writeDraft } from './drafts';
import { keyOf, type Edit } from './staged';

function memory(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> & { size: () => number } {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
    size: () => kept.size,
  };
}

const edit: Edit = {
  ...{ benefit: 'BEN-1', month: '2026-07', field: 'realised', name: 'Claims', unit: 'EUR', isMoney: true },
  ...{ text: 'NA', value: null, problem: 'not a number', base: { version: 3, value: '5' } },
};
const draft = { edits: { [keyOf('BEN-1', '2026-07', 'realised')]: edit }, reason: 'late', at: '2026-11-21T12:00:00Z' };

describe('A draft outlives the page', () => {
  test('it is read as it was written, by the same person only', () => {
    const store = memory();
    writeDraft(store, 'ada', draft);
    expect(readDraft(store, 'ada')).toEqual(draft);
    expect(readDraft(store, 'bob')).toBeNull();
  });

  test('nothing left to save is nothing kept', () => {
    const store = memory();
    writeDraft(store, 'ada', draft);
    writeDraft(store, 'ada', { ...draft, edits: {} });
    expect(store.size()).toBe(0);
  });

  test.each(['', '{', '[]', 'null', '{"edits":{"a":{"month":1}},"at":"x"}', '{"edits":7,"at":"x"}'])(
    'what cannot be read is no draft: %s',
    (text) => {
      const store = memory();
      store.setItem('throughline.entry.ada', text);
      expect(readDraft(store, 'ada')).toBeNull();
    },
  );

  test('without storage nothing breaks', () => {
    writeDraft(null, 'ada', draft);
    expect(readDraft(null, 'ada')).toBeNull();
  });
});
