import { expect, test } from '@jest/globals';
import { earlierIn, lookedAt, readLooks, shownIn, writeLooks, type Looks } from './looks';

const seen = (days: readonly (readonly [day: string, text: string])[]): Looks =>
  days.reduce<Looks | null>((kept, [day, text]) => lookedAt(kept, day, { realised: text }), null)!;
const told = (...days: readonly (readonly [string, string])[]) => earlierIn(seen(days)).get('realised');

test('A figure that is another than when its draft was last looked at says what it was, and when', () => {
  const yesterday = ['2026-10-13', '12.1 m EUR'] as const;
  const today = '2026-10-14';
  expect(told([today, '12.4 m EUR'])).toBeUndefined();
  expect(told(yesterday, [today, '12.1 m EUR'])).toBeUndefined();
  expect(told(yesterday, [today, '12.4 m EUR'])).toEqual({ was: '12.1 m EUR', when: 'yesterday' });
  // It stays said for the day, however often somebody looks.
  expect(told(yesterday, [today, '12.4 m EUR'], [today, '12.4 m EUR'])).toMatchObject({ when: 'yesterday' });
  expect(told(['2026-10-02', '12.1 m EUR'], [today, '12.4 m EUR'])).toMatchObject({ when: '12 days ago' });
  expect(told([today, '12.1 m EUR'], [today, '12.4 m EUR'])).toEqual({ was: '12.1 m EUR', when: 'earlier today' });
  expect(told(yesterday, ['2026-10-14', '12.4 m EUR'], ['2026-10-15', '12.4 m EUR'])).toBeUndefined();
});

test('Looks are of the figures in messages and sentences, and outlive a reload for each person and review', () => {
  const figures = { a: { text: '1' }, b: { text: '2' }, c: { text: '3' } };
  const sections = [{ title: 'Came: [[a]].', sentences: [{ text: '[[b]] of [[gone]].' }] }];
  const shown = shownIn({ sections, figures } as unknown as Parameters<typeof shownIn>[0]);
  expect(shown).toEqual({ a: '1', b: '2' });
  const kept = new Map<string, string>();
  const store = { getItem: (key: string) => kept.get(key) ?? null, setItem: kept.set.bind(kept) };
  const looks = lookedAt(null, '2026-10-14', shown);
  writeLooks(store, 'olivia', 'review', looks);
  expect([readLooks(store, 'olivia', 'review'), readLooks(store, 'tom', 'review')]).toEqual([looks, null]);
  kept.set('throughline.review.olivia.review.seen', '{"before":1}');
  expect([readLooks(store, 'olivia', 'review'), readLooks(null, 'olivia', 'review')]).toEqual([null, null]);
});
