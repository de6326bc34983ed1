import { expect, test } from '@jest/globals';
import type { CapabilityOnMap } from '../../../server/contract/capability.js';
import { widestFirst } from './mismatches';

const item = (code: string, needShare: number | null, spendShare: number | null): CapabilityOnMap =>
  ({ code, needShare, spendShare }) as CapabilityOnMap;
const codes = (items: readonly CapabilityOnMap[]): string[] => widestFirst(items).map(({ code }) => code);

test('where money exceeds need the widest comes first too', () => {
  expect(codes([item('A', 0, 0.1), item('B', 0, 0.5), item('C', 0, 0.3)])).toEqual(['B', 'C', 'A']);
  expect(codes([item('A', 0.2, 0.1), item('B', 0.1, 0.5), item('C', 0.6, 0.3)])).toEqual(['B', 'C', 'A']);
});

test('what is not known counts as nothing, and equals stand by code', () => {
  expect(codes([item('B', null, 0.2), item('A', 0.2, null), item('C', null, null)])).toEqual(['A', 'B', 'C']);
});
