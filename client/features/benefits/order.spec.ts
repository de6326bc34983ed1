import { expect, test } from '@jest/globals';
import type { BenefitLine } from '../../../server/contract/register.js';
import { inOrder } from './order';

const line = (code: string, planned: string | null, owner: string | null = null): BenefitLine =>
  ({ code, planned, owner, name: code, status: 'on_track', evidenceLevel: 0 }) as unknown as BenefitLine;

const LINES = [line('BEN-10', '986'), line('BEN-2', '12000.00', 'a@b.c'), line('BEN-1', null), line('BEN-3', '-4')];
const codes = (sort?: string): string[] =>
  inOrder(LINES, sort === undefined ? {} : { sort }).map(({ code }) => code.slice(4));

test('lines stand by code as people count, and by raw amounts; what is not known stands last in either direction', () => {
  expect(codes()).toEqual(['1', '2', '3', '10']);
  expect(codes('planned')).toEqual(['3', '10', '2', '1']);
  expect(codes('-planned')).toEqual(['2', '10', '3', '1']);
  expect(codes('owner')).toEqual(['2', '1', '3', '10']);
});
