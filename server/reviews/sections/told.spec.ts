import { describe, expect, test } from '@jest/globals';
import {
  builtText,
  enabledText,
  namesInText,
  prioritiesInText,
  realisedMoreText,
  realisedText,
  shortfallText,
  tradeOffText,
} from './told.js';

const named = (code: string, name: string) => ({ code, name });

describe('Sentences that tell of records', () => {
  test('name three, and say that there are others', () => {
    const all = ['A', 'B', 'C', 'D'].map((letter) => named(`N-${letter}`, `Name ${letter}`));
    expect(namesInText(all.slice(0, 2), 'one')).toBe('N-A Name A and N-B Name B');
    expect(namesInText(all, 'one')).toBe('N-A Name A, N-B Name B, N-C Name C and others');
    expect(namesInText([named('12', '30 days'), named('13', 'EUR12m')], 'one record')).toBe('one record');
  });

  test('call priorities by their names where they can be said', () => {
    expect(prioritiesInText([named('P1', 'Grow online'), named('P2', 'Cut waste')])).toBe(
      'the highest business priorities (“Grow online” and “Cut waste”)',
    );
    for (const none of [[], [named('P1', 'Save 20 %'), named('P2', 'Cut waste')]])
      expect(prioritiesInText(none)).toBe('the three highest business priorities');
  });

  test('say what was delivered and which outcomes reached their target, for which priority, and say so where none did', () => {
    expect([builtText([], false), builtText([], true)]).toEqual([null, 'No initiative was delivered in the quarter.']);
    const built = { ...named('INI-1', 'Web shop'), priorities: ['Grow online', 'Save 20 %', 'Cut waste'] };
    expect(builtText([built, { ...named('INI-2', 'Till'), priorities: [] }], true)).toBe(
      'Delivered to the business in the quarter: INI-1 Web shop (for the priorities “Grow online” and “Cut waste”) and INI-2 Till.',
    );
    expect([enabledText([], false), enabledText([], true)]).toEqual([
      null,
      'No outcome reached its target for the first time in the quarter.',
    ]);
    const outcomes = [
      { ...named('OUT-1', 'Faster orders'), priorities: ['Grow online'] },
      { ...named('OUT-2', 'Calm peaks'), priorities: [] },
      { ...named('OUT-3', 'Fewer returns'), priorities: ['Save 20 %'] },
    ];
    expect(enabledText(outcomes, true)).toBe(
      'The business reached the target of these outcomes in the quarter: OUT-1 Faster orders (for the priority “Grow online”), OUT-2 Calm peaks and OUT-3 Fewer returns.',
    );
  });

  const outcome = named('OUT-1', 'Faster orders');
  const online = {
    ...named('P1', 'Grow online'),
    through: [{ outcome, chip: '[[a]]' }],
    hasMore: false,
    isReached: true,
  };
  test.each([
    [
      {},
      'IT contributed to the priority “Grow online”: the business realised [[a]] through OUT-1 Faster orders to date.',
    ],
    [
      { isReached: false, hasMore: true },
      'For the priority “Grow online” the business realised [[a]] through OUT-1 Faster orders and more through others to date.',
    ],
    [
      { name: 'Save 20 %' },
      'IT contributed to one business priority: the business realised [[a]] through OUT-1 Faster orders to date.',
    ],
  ])(
    'say what the business realised for a priority, and that IT contributed where its spend leads there: %j',
    (more, text) => {
      expect(realisedText({ ...online, ...more })).toBe(text);
    },
  );

  test('name the priorities of which no amount is said, and count those that cannot be named', () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => named(`P${at}`, `Save ${at} %`));
    const [grow, cut] = [named('P1', 'Grow online'), named('P2', 'Cut waste')];
    expect([[], [grow], [grow, cut], [grow, ...many(1)], many(1), many(13)].map(realisedMoreText)).toEqual([
      null,
      'For the priority “Grow online” the business realised value, too.',
      'For the priorities “Grow online” and “Cut waste” the business realised value, too.',
      'For the priorities “Grow online” and others the business realised value, too.',
      'For one other priority the business realised value, too.',
      'For more than twelve other priorities the business realised value, too.',
    ]);
  });

  const short = {
    ...named('BEN-1', 'Fewer calls'),
    priorities: [],
    note: null,
    isOwned: true,
    isLate: false,
    isUnproven: false,
    isUndecided: false,
  };
  test.each([
    [{}, 'and nobody has recorded why.'],
    [{ note: 'The vendor is late.' }, 'fell short: its owner says “The vendor is late”.'],
    [{ note: 'The vendor is late.', isOwned: false }, 'fell short: it is noted “The vendor is late”.'],
    [{ note: 'We lost 5 people.' }, 'fell short: what is noted of it stands on its page.'],
    [{ note: '  ', isLate: true }, 'fell short: values of some months are overdue.'],
    [
      { note: 'Late start', isUndecided: true, isUnproven: true },
      'fell short: its owner says “Late start”, a decision about it is overdue and a part of what is realised has no evidence.',
    ],
  ])('say why a benefit fell short by what is recorded: %j', (more, end) => {
    const text = shortfallText({ ...short, ...more }, '[[x]]');
    expect(text).toMatch(/^BEN-1 Fewer calls \(\[\[x\]\]\) fell short/);
    expect(text.endsWith(end)).toBe(true);
  });

  test('say for which priority a benefit fell short', () => {
    expect(shortfallText({ ...short, priorities: ['Grow online'], isLate: true }, '[[x]]')).toBe(
      'BEN-1 Fewer calls ([[x]], for the priority “Grow online”) fell short: values of some months are overdue.',
    );
  });

  const decision = { ...named('DEC-1', 'Which shop'), chosen: null, givenUp: null, tradeOff: null, outcome: null };
  test.each([
    [{}, null],
    [{ chosen: 'Buy' }, null],
    [{ chosen: 'Buy', givenUp: 'Build.' }, 'DEC-1 Which shop: “Buy” was chosen, and “Build” given up for it.'],
    [
      { chosen: 'Buy', tradeOff: 'Speed over fit.' },
      'DEC-1 Which shop: “Buy” was chosen, with this trade-off: Speed over fit.',
    ],
    [
      { name: 'Which shop?', tradeOff: 'Speed over fit' },
      'DEC-1 “Which shop?” was decided, with this trade-off: Speed over fit.',
    ],
    [{ tradeOff: 'Speed over fit.' }, 'DEC-1 Which shop was decided, with this trade-off: Speed over fit.'],
    [
      { tradeOff: 'Speed over fit.', outcome: 'declined' },
      'DEC-1 Which shop was declined, with this trade-off: Speed over fit.',
    ],
    [{ chosen: 'Buy', givenUp: '3 teams', tradeOff: 'x'.repeat(300) }, null],
  ])('say which trade-off was decided: %j', (more, text) => {
    expect(tradeOffText({ ...decision, ...more })).toBe(text);
  });
});
