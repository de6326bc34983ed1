import { describe, expect, test } from '@jest/globals';
import { changedFrom, meetTheirs } from './changed';

describe('What a form changed', () => {
  test('is what was typed otherwise than it is stored; spaces around it are none', () => {
    expect(
      changedFrom({ title: 'New', kind: ' scope ', forum: '' }, { title: 'Old', kind: 'scope', forum: 'F1' }),
    ).toEqual({
      title: 'New',
      forum: '',
    });
    expect(changedFrom({ title: 'Old', why: '' }, { title: 'Old' })).toEqual({});
  });

  test('stays beside what somebody else changed meanwhile; what was not touched becomes theirs', () => {
    const base = { title: 'Old', kind: 'scope', why: '' };
    const theirs = { title: 'Theirs', kind: 'risk', why: '' };
    expect(meetTheirs({ ...base, title: 'Mine' }, base, theirs)).toEqual({
      typed: { title: 'Mine', kind: 'risk', why: '' },
      taken: ['kind'],
    });
    // The same was typed by both: neither taken over nor in conflict.
    expect(meetTheirs({ ...base, title: 'Theirs' }, base, { ...base, title: 'Theirs' })).toEqual({
      typed: { ...base, title: 'Theirs' },
      taken: [],
    });
  });
});
