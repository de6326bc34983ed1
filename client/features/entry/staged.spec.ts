import { describe, expect, test } from '@jest/globals';
import { isOvertaken, keyOf, NOTHING_STAGED, rebase, redo, settle, stage, undo, type Edit } from './staged';

const edit = (month: string, value: string | null, given: Partial<Edit> = {}): Edit => ({
  ...{ benefit: 'BEN-1', month, field: 'realised', name: 'Claims', unit: 'EUR', isMoney: true },
  ...{ text: value ?? '', value, problem: null, base: { version: 1, value: '5' } },
  ...given,
});
const key = (month: string) => keyOf('BEN-1', month, 'realised');
const JUL = key('2026-07');
const AUG = key('2026-08');

describe('Edits are staged step by step', () => {
  test('a paste is one step: undone at once, and redone at once', () => {
    const pasted = stage(NOTHING_STAGED, { [JUL]: edit('2026-07', '1'), [AUG]: edit('2026-08', '2') });
    const retyped = stage(pasted, { [AUG]: edit('2026-08', '3') });
    expect(retyped.edits[AUG]?.value).toBe('3');
    expect(undo(retyped).edits).toEqual(pasted.edits);
    expect(undo(undo(retyped)).edits).toEqual({});
    expect(redo(redo(undo(undo(retyped)))).edits).toEqual(retyped.edits);
    expect(undo(undo(undo(retyped))).edits).toEqual({});
  });

  test('a new step forgets what was undone', () => {
    const first = stage(NOTHING_STAGED, { [JUL]: edit('2026-07', '1') });
    const other = stage(undo(first), { [AUG]: edit('2026-08', '2') });
    expect(redo(other)).toBe(other);
  });

  test('what is as it was saved is no edit, however it is written, and typing it again is no step', () => {
    expect(stage(NOTHING_STAGED, { [JUL]: edit('2026-07', '5.00') })).toBe(NOTHING_STAGED);
    const staged = stage(NOTHING_STAGED, { [JUL]: edit('2026-07', '1') });
    expect(stage(staged, { [JUL]: edit('2026-07', '5') }).edits).toEqual({});
    expect(stage(staged, { [JUL]: edit('2026-07', '1') })).toBe(staged);
  });

  test('what cannot be read is an edit with its text', () => {
    const staged = stage(NOTHING_STAGED, {
      [JUL]: edit('2026-07', null, { text: 'NA', problem: 'no', base: { version: null, value: null } }),
    });
    expect(staged.edits[JUL]?.text).toBe('NA');
  });

  test('what is saved leaves the edits, and the rest stays', () => {
    const staged = stage(NOTHING_STAGED, { [JUL]: edit('2026-07', '1'), [AUG]: edit('2026-08', '2') });
    const settled = settle(staged, [JUL]);
    expect(Object.keys(settled.edits)).toEqual([AUG]);
    expect(undo(settled)).toBe(settled);
  });
});

describe('Somebody else saves meanwhile', () => {
  const mine = edit('2026-07', '7');
  test.each([
    ['another value in a new version overtakes the edit', { version: 2, value: '6' }, true],
    ['a new version with the same value does not', { version: 2, value: '5.0' }, false],
    ['nor one with the value that was entered', { version: 2, value: '7' }, false],
    ['nor the version that was read', { version: 1, value: '5' }, false],
    ['a value that went away does', { version: null, value: null }, true],
  ])('%s', (_, now, expected) => {
    expect(isOvertaken(mine, now)).toBe(expected);
  });

  test('who keeps the own value builds on theirs', () => {
    const staged = rebase(stage(NOTHING_STAGED, { [JUL]: mine }), JUL, { version: 2, value: '6' });
    expect(staged.edits[JUL]).toMatchObject({ value: '7', base: { version: 2, value: '6' } });
  });
});
