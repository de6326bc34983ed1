import { describe, expect, test } from '@jest/globals';
import type { CapabilityOnMap } from '../../../server/contract/capability.js';
import { shadeOf } from './shades';

const item = (more: Partial<CapabilityOnMap>): CapabilityOnMap => ({
  code: 'CAP-1',
  name: 'Claims',
  parent: null,
  strategic: true,
  owner: null,
  level: null,
  target: null,
  gap: null,
  assessedOn: null,
  assessor: null,
  initiatives: 0,
  outcomes: 0,
  cost: '0.00',
  realised: '0.00',
  needShare: null,
  spendShare: null,
  mismatch: null,
  ...more,
});
const LARGEST = { cost: 1000, realised: 0 };

describe('the shades of the map', () => {
  test.each([
    ['0', 1],
    ['1', 1],
    ['1.1', 2],
    ['3.9', 4],
    ['5', 5],
  ])('level %s is step %s', (level, step) => {
    expect(shadeOf(item({ level }), 'maturity', LARGEST)).toBe(step);
  });

  test.each([
    ['0', 1],
    ['0.5', 2],
    ['0.6', 3],
    ['2', 4],
    ['2.1', 5],
  ])('a gap of %s is step %s', (gap, step) => {
    expect(shadeOf(item({ gap }), 'gap', LARGEST)).toBe(step);
  });

  test('what was never assessed has no shade; amounts are held against the largest', () => {
    expect(shadeOf(item({}), 'maturity', LARGEST)).toBeNull();
    expect(shadeOf(item({}), 'gap', LARGEST)).toBeNull();
    expect(shadeOf(item({ cost: '200.01' }), 'spend', LARGEST)).toBe(2);
    expect(shadeOf(item({ realised: '-5' }), 'benefit', LARGEST)).toBe(1);
  });
});
