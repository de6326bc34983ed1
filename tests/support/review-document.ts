import type { ReviewDocument, ReviewSection, ReviewTable } from '../../server/contract/review.js';
import {
  amounts,
  figure,
  type FrozenRecord,
  number,
  sentence,
  sha256,
  table,
  variances,
  words,
} from './review-blocks.js';
import { drawings } from './review-drawings.js';

/** Texts that a hand-out has to print as they are, and that must do nothing in it. */
export const HOSTILE = [
  `=cmd|' /C calc'!A0`,
  '+1+1',
  '-2+3',
  '@SUM(A1:A9)',
  '\t=1',
  '<script>alert("x")</script>',
  '</td></table><img src=x onerror=alert(1)>',
  '<svg onload="alert(1)"><style>*{display:none}</style>',
  '[a link](javascript:alert(1)) | `code` **bold** # heading',
  'Rocket 🚀, family 👨‍👩‍👧, flag 🇪🇺',
  'مراجعة القيمة للربع الثالث',
  'סקירת ערך רבעונית 2026',
  '価値レビュー 第三四半期',
  'Ünïcödé – “quotes”, ½, €, ≥ 5 & more',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
  `${'W'.repeat(180)}`,
  'Line one\nline two',
];

/** A sample: what packs are made from. */
export interface SampleReview {
  readonly document: ReviewDocument;
  readonly sha256: string;
  readonly records: ReadonlyMap<string, FrozenRecord[]>;
}

const records: ReadonlyMap<string, FrozenRecord[]> = new Map([
  [
    'realised?span=to_date',
    ['7400000.00', '3100000.50', '1899999.50'].map((amount, at) => ({
      type: 'benefit_value',
      code: `BEN-0${at + 1}4`,
      name: at === 1 ? HOSTILE[0]! : `Benefit ${at + 1}`,
      at: `2026-0${at + 7}`,
      note: at === 2 ? HOSTILE[5]! : null,
      entered: amount,
      enteredUnit: 'EUR',
      amount,
      cells: null,
    })),
  ],
]);

const figures: ReviewDocument['figures'] = {
  spend: figure('Invested', '48000000.00'),
  'realised?span=to_date': figure(
    'Realised benefits',
    '12400000.00',
    {
      quality: ['31.0 % of the realised amount has no evidence.'],
      inputs: [{ label: 'Planned benefits', text: '15.1 m EUR', figure: 'planned?span=to_date' }],
    },
    records.get('realised?span=to_date'),
  ),
  'planned?span=to_date': figure('Planned benefits', '15100000.00'),
  'variance?span=to_date': figure('Realised less planned', '-2700000.00', { text: '−2.70 m EUR' }),
  'evidenced_share?span=to_date': figure('Realised with evidence', '0.69', {
    unit: 'share',
    text: '69.0 %',
    full: '69 %',
  }),
  'metric.flow.cycle_time': figure('Cycle time', '59', { unit: 'days', text: '59 days', full: '59 days' }),
  'metric.stakeholders.net_trust': figure('Net trust', null, {
    unit: 'share',
    nullReason: 'too_few_responses',
    text: 'Not shown',
    full: '–',
  }),
};
const HEADLINE = Object.keys(figures).slice(0, 6);

const ledger = (): ReviewTable => {
  const values = ['48000000.00', '15100000.00', '12400000.00', '8556000.00'];
  const changes = variances(['1200000.00', '0.00', '-2700000.00', '-900000.00'], values);
  const keys = ['spend', 'planned?span=to_date', 'realised?span=to_date', null];
  return table(
    'ledger',
    'From money to proof',
    ['What', 'Amount|m EUR', 'Against plan|m EUR', 'Share|'],
    [
      ...amounts(values).map((cell, at) => [
        words(['Invested', 'Planned benefits', 'Realised benefits', 'Realised with evidence'][at]!),
        { ...cell, figure: keys[at]! },
        changes[at]!,
        number(['100.0 %', '31.5 %', '25.8 %', '17.8 %'][at]!, ['1', '0.3146', '0.2583', '0.1783'][at]!, {
          unit: 'share',
        }),
      ]),
      [
        words('Net trust'),
        number('Fewer than five answers', null, { figure: 'metric.stakeholders.net_trust' }),
        words('—'),
        words('—'),
      ],
    ],
  );
};

const benefits = (rows: number, more: Partial<ReviewTable> = {}, id = 'benefits'): ReviewTable => {
  const values = Array.from({ length: rows }, (_, at) => String((at * 37_013 + 250_000) % 2_000_000));
  const differences = values.map((value, at) =>
    String(at % 5 === 0 ? 0 : Math.round(Number(value) / (at % 3 === 0 ? -7 : 11))),
  );
  const changes = variances(differences, values);
  return table(
    id,
    'Benefits against plan',
    ['Code', 'Benefit', 'Realised|m EUR', 'Against plan|m EUR', 'Reason and what is done'],
    amounts(values).map((cell, at) => [
      words(`BEN-${String(at + 1).padStart(3, '0')}`),
      words(at % 9 === 4 ? HOSTILE[((at / 9) | 0) % HOSTILE.length]! : `Lower cost of service ${at + 1}`),
      cell,
      changes[at]!,
      words(at % 4 === 0 ? 'Roll-out late; second team since August, Amira Haddad' : ''),
    ]),
    more,
  );
};

const section = (id: ReviewSection['id'], title: string, blocks: Partial<ReviewSection> = {}): ReviewSection => ({
  id,
  title,
  about: 'Meridian Group, 2026 Q3 (1 Jul to 30 Sep 2026), frozen 14 Oct 2026',
  sentences: [],
  tables: [],
  drawings: [],
  ...blocks,
});

const sections = (appendixRows: number): ReviewSection[] => [
  section('cover', 'Keep the plan, and move one team: [[variance?span=to_date]] against plan'),
  section('headline', 'We invested [[spend]] and the business realised [[realised?span=to_date]]', {
    sentences: [
      sentence(
        'headline.realised',
        'The business realised [[realised?span=to_date]] of [[planned?span=to_date]] planned; [[evidenced_share?span=to_date]] of it has evidence.',
      ),
      sentence('headline.hand', 'What was late in [[spend]] is “caught up” <soon> & well.', 'hand'),
      sentence('headline.cycle', 'Cycle time is [[metric.flow.cycle_time]]; trust: [[metric.stakeholders.net_trust]].'),
    ],
    tables: [ledger()],
    drawings: [drawings.profile()],
  }),
  section('benefits', 'Five benefits carry the shortfall of [[variance?span=to_date]]', {
    sentences: [
      sentence('benefits.short', 'The largest shortfall is that of BEN-014: the stores follow four months late.'),
    ],
    tables: [benefits(12, { total: 61, note: '12 of 61 benefits; all are in the appendix.' }, 'benefits-short')],
    drawings: [drawings.ranking()],
  }),
  section('money', 'A quarter of the money reaches a benefit', {
    sentences: [sentence('money.reach', 'Of [[spend]] invested, [[realised?span=to_date]] reach a realised benefit.')],
    drawings: [drawings.coverage()],
  }),
  section('signals', 'One metric has really changed: cycle time, now [[metric.flow.cycle_time]]', {
    drawings: [
      drawings.xmr(),
      { ...drawings.xmr(), id: 'no-limits', message: 'Too few points for limits', limits: null, target: null },
    ],
    tables: [table('others', 'Metrics without a signal', ['Metric', 'Value|'], [], { note: null })],
  }),
  section('appendix', 'What stands behind the figures', {
    sentences: [sentence('appendix.all', 'All benefits, and all texts as they were entered.')],
    tables: [
      benefits(appendixRows),
      table(
        'texts',
        'Texts as they were entered',
        ['Text', 'Length|'],
        HOSTILE.map((text) => [words(text), number(String(text.length), String(text.length), { unit: 'count' })]),
      ),
    ],
  }),
];

/**
 * A frozen review that uses every kind of block: four drawings, a table of 60 rows and one that is limited, sentences with chips, awkward texts.
 *
 * @param appendixRows of the table of all benefits; 1,200 give a pack of forty pages or more
 * @param changed what is to be otherwise
 */
export const sampleReview = (appendixRows = 60, changed: Partial<ReviewDocument> = {}): SampleReview => {
  const document: ReviewDocument = {
    format: 1,
    review: {
      code: 'VR-2026-Q3',
      revision: 1,
      period: '2026-Q3',
      periodName: '2026 Q3',
      scope: 'enterprise',
      organisation: 'Meridian Group',
      supersedes: null,
    },
    previous: {
      ...{ id: '018f0000-0000-7000-8000-000000000002', code: 'VR-2026-Q2', revision: 1 },
      ...{ period: '2026-Q2', periodName: '2026 Q2', frozenAt: '2026-07-14T15:00:00.000Z', sha256: 'cd'.repeat(32) },
    },
    frozen: {
      at: '2026-10-14T16:02:11.000Z',
      by: 'Olivia Marsh',
      reason: 'Two values come after the meeting.',
      seq: 4711,
      head: 'ab'.repeat(32),
    },
    product: { version: '0.1.0', formulas: '1.0.0', definitions: { 'flow.cycle_time': '1.0.0' } },
    settings: {
      currency: 'EUR',
      decimals: 2,
      timeZone: 'Europe/Berlin',
      fiscalYearStart: 1,
      thresholds: { 'benefit.tolerance': '0.1' },
      rates: [{ currency: 'USD', month: '2026-07', rate: '0.91' }],
    },
    cover: {
      purpose: 'decision',
      classification: 'internal',
      recommendations: [
        'Move one team to the store roll-out until March.',
        'Stop BEN-101.',
        `Ask ${HOSTILE[5]} for evidence.`,
      ],
      written: [],
    },
    sections: sections(appendixRows),
    figures,
    headline: HEADLINE,
    checklist: [
      {
        id: 'overdue_values',
        title: 'Overdue values',
        text: '2',
        isOpen: true,
        examples: ['BEN-014 2026-09'],
        link: '/enter',
      },
      {
        id: 'unevidenced_share',
        title: 'Realised without evidence',
        text: '31.0 %',
        isOpen: true,
        examples: [],
        link: null,
      },
      { id: 'uncited_numbers', title: 'Numbers that nobody cited', text: '0', isOpen: false, examples: [], link: null },
    ],
    ...changed,
  };
  return { document, sha256: sha256(document), records };
};
