import { expect, test } from '@jest/globals';
import type { ReviewDocument } from '../../contract/review.js';
import { identityOf, inPart, packFileName } from './pack.js';

const SHA = '3f9c2a'.padEnd(64, '0');
const document = {
  review: { code: 'VR-2026-Q3', revision: 1, period: '2026-Q3', periodName: '2026 Q3' },
  frozen: { at: '2026-10-14T18:02:31.000+02:00', by: 'Olivia Marsh', reason: null },
  cover: { purpose: 'decision', classification: 'internal', recommendations: [], written: [] },
} as unknown as ReviewDocument;
const draft = { ...document, frozen: null };

test('each page says what it is a page of', () => {
  expect(identityOf(document, SHA)).toBe(
    'VR-2026-Q3 · 2026 Q3 value review · v1 · frozen 14 Oct 2026, 16:02 UTC · Internal · SHA-256 3f9c2a0000000000000000000000000000000000000000000000000000000000',
  );
  expect(identityOf(draft, SHA)).toBe('VR-2026-Q3 · 2026 Q3 value review · v1 · DRAFT, not frozen · Internal');
  expect([packFileName(document, 'pdf'), packFileName(draft, 'md')]).toEqual([
    'value-review-2026-Q3-v1.pdf',
    'value-review-2026-Q3-v1-draft.md',
  ]);
});

test('a pack that fails names the part where it did, the innermost', () => {
  const fail = () =>
    inPart('section “Benefits”', () =>
      inPart('table “Below plan”', () => {
        throw new RangeError('too long');
      }),
    );
  expect(fail).toThrow('The pack failed at table “Below plan”: too long');
});
