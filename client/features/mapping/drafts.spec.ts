import { beforeEach, describe, expect, it } from '@jest/globals';
import { emptyTarget } from './editing';
import { readDraft, writeDraft, type SheetDraft } from './drafts';

let kept: Map<string, string>;
const store = {
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (name: string, value: string) => void kept.set(name, value),
  removeItem: (name: string) => void kept.delete(name),
};
beforeEach(() => {
  kept = new Map();
});

const draft = (table: string): SheetDraft => ({
  mapping: { sheet: 'One', headerRow: 1, targets: [emptyTarget(table)] },
  fixes: [{ row: 3, column: 1, value: '5' }],
  leaveOut: [7],
  saved: null,
});

describe('A matching', () => {
  it('is there again after a reload, sheet by sheet', () => {
    writeDraft(store, 'ada', 's1', 'One', draft('investments'));
    writeDraft(store, 'ada', 's1', 'Two', draft('benefits'));
    expect(readDraft(store, 'ada', 's1', 'One')).toEqual(draft('investments'));
    expect(readDraft(store, 'ada', 's1', 'Two')!.mapping.targets[0]!.table).toBe('benefits');
  });

  it('belongs to its files and its person', () => {
    writeDraft(store, 'ada', 's1', 'One', draft('investments'));
    expect(readDraft(store, 'bob', 's1', 'One')).toBeNull();
    writeDraft(store, 'ada', 's2', 'One', draft('benefits'));
    expect(readDraft(store, 'ada', 's1', 'One')).toBeNull();
  });

  it('that cannot be read is none', () => {
    kept.set('throughline.import.ada', '{"source":"s1","sheets":{"One":{"mapping":{}}}}');
    expect(readDraft(store, 'ada', 's1', 'One')).toBeNull();
    kept.set('throughline.import.ada', 'not JSON');
    expect(readDraft(store, 'ada', 's1', 'One')).toBeNull();
    expect(readDraft(null, 'ada', 's1', 'One')).toBeNull();
  });
});
