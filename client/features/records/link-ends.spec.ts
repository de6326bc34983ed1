import { describe, expect, test } from '@jest/globals';
import { endOf, layersFor } from './link-ends';

describe('The ends of a link', () => {
  test('are read from what the form holds', () => {
    expect(endOf('initiative:INI-1')).toEqual({ type: 'initiative', code: 'INI-1' });
    expect(endOf('INI-1')).toBeNull();
    expect(endOf('portfolio:DIG')).toBeNull();
    expect(endOf('')).toBeNull();
  });

  test('lie in neighbouring layers', () => {
    expect(layersFor('toCode', { fromCode: 'investment:INV-1' })).toEqual(['initiative']);
    expect(layersFor('toCode', { fromCode: 'outcome:OUT-1' })).toEqual(['benefit']);
    expect(layersFor('fromCode', { toCode: 'benefit:BEN-1' })).toEqual(['outcome']);
    expect(layersFor('fromCode', { toCode: '' })).toEqual(['investment', 'initiative', 'capability', 'outcome']);
    expect(layersFor('toCode', { fromCode: '' })).toEqual(['initiative', 'capability', 'outcome', 'benefit']);
  });
});
