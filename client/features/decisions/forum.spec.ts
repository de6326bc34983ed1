import { describe, expect, test } from '@jest/globals';
import { forumBody, typedOf } from './forum';

describe('A forum in a form', () => {
  test('shows its kinds as one text, and what is not stated as blank', () => {
    const forum = { code: 'F1', name: 'Board', level: 4, decides: ['funding', 'priority'], scope: null, version: 2 };
    expect(typedOf(forum)).toEqual({ name: 'Board', level: '4', decides: 'funding,priority', scope: '' });
    expect(typedOf({ ...forum, level: null, decides: null })).toMatchObject({ level: '', decides: '' });
    expect(typedOf(null)).toEqual({ code: '', name: '', level: '', decides: '', scope: '' });
  });

  test('is sent with a number for its level and a list of kinds; what is blank is nothing', () => {
    expect(forumBody({ name: ' Board ', level: '4', decides: 'funding,priority', scope: ' ' })).toEqual({
      name: 'Board',
      level: 4,
      decides: ['funding', 'priority'],
      scope: null,
    });
    expect(forumBody({ decides: '' })).toEqual({ decides: null });
  });
});
