import { GAP_KINDS, LAYERS, paths as pathsAnswer } from '../../contract/chain.js';
import { isZero } from '../../contract/decimal.js';
import { scaleFor, unitOf } from '../../contract/format.js';
import type { Figure } from '../../contract/trace.js';
import type { ReviewCell, ReviewDrawing } from '../../contract/review.js';
import { NOTHING, periodName } from '../../core/review/printing.js';
import { TracedFigures } from '../../overview/traced-figures.js';
import { capitalised, GAP_WORDS } from '../../trace/figures/words.js';
import { words } from '../figures.js';
import { atOneScale, numberColumn, textColumn, wholeTable } from './blocks.js';
import { coverageText } from './drawing-messages.js';
import type { Material, SectionRule, WrittenTable } from './section.js';

const LABELS: Record<(typeof LAYERS)[number], string> = {
  investment: 'Investment',
  initiative: 'Initiative',
  capability: 'Capability',
  outcome: 'Outcome',
  benefit: 'Benefit',
};

const coverage = async ({ book, overview, reading }: Material, figures: TracedFigures): Promise<ReviewDrawing> => {
  const path = (name: string): string => figures.path(name as Figure);
  const { figure } = await book.take(path('reached.investment'));
  const scale = scaleFor(figure.value === null ? [] : [figure.value]);
  const bars = [];
  for (const [at, layer] of LAYERS.entries())
    bars.push({
      label: LABELS[layer],
      value: await book.cell(path(`reached.${layer}`), { scale }),
      lost: at === 0 ? null : await book.cell(path(`lost.${LAYERS[at - 1]}`), { scale, impact: 'unfavourable' }),
    });
  const drawing = {
    kind: 'coverage',
    id: 'coverage',
    about: `All IT · spend to ${periodName(reading.period, reading.startMonth)} by the step that it reaches`,
    unit: unitOf(scale, overview.currency),
    bars,
  } as const;
  return { ...drawing, message: coverageText(drawing) };
};

/** Where the chain breaks, by kind, with what is at stake. */
const gapTable = async ({ book, overview }: Material, figures: TracedFigures): Promise<WrittenTable> => {
  const gaps = [];
  for (const kind of GAP_KINDS) {
    const [count, stake] = [figures.path('gap', { kind }), figures.path('gap_at_stake', { kind })];
    const { figure } = await book.take(count);
    if (figure.value === null || figure.value === '0') continue;
    gaps.push({ kind, count, stake, amount: (await book.take(stake)).figure.value });
  }
  const scale = scaleFor(gaps.flatMap(({ amount }) => amount ?? []));
  const rows: ReviewCell[][] = [];
  for (const { kind, count, stake } of gaps)
    rows.push([words(capitalised(GAP_WORDS[kind])), await book.cell(count), await book.cell(stake, { scale })]);
  return {
    id: 'gaps',
    title: 'Where the chain breaks',
    columns: [
      { title: 'What is missing', kind: 'text', unit: null },
      { title: 'Records', kind: 'number', unit: null },
      { title: 'Money at stake', kind: 'number', unit: unitOf(scale, overview.currency) },
    ],
    rows,
    total: rows.length,
    note: 'A record can break the chain in several ways; a kind without records is not listed.',
  };
};

/** The way of money that carries most to a benefit, from its first record to the last. */
const workedTrace = async ({ book, manager, overview, reading }: Material): Promise<WrittenTable | null> => {
  const { pictures } = book.ground.context.services;
  const asked = { limit: 200, span: 'to_date' as const };
  const found = pathsAnswer.parse(JSON.parse(await pictures.paths(manager, reading, asked)));
  const whole = found.items.find(({ missing }) => missing === null);
  if (!whole) return null;
  const way = [whole.nodes[0]!.type, ...whole.nodes.map(({ code }) => code)].join(':');
  const spent = await book.cell(`/trace/path.spend?${new URLSearchParams({ path: way, span: 'to_date' })}`);
  const last = whole.nodes.at(-1)!;
  const of = new URLSearchParams({ type: 'benefit', ref: last.code, span: 'to_date' });
  const [planned, realised] = [
    await book.cell(`/trace/node.planned?${of}`),
    await book.cell(`/trace/node.realised?${of}`),
  ];
  const rows = whole.nodes.map(({ type, code, name }, at): ReviewCell[] => [
    words(LABELS[type]),
    words(`${code} ${name}`),
    at === 0 ? spent : words(NOTHING),
    at === whole.nodes.length - 1 ? planned : words(NOTHING),
    at === whole.nodes.length - 1 ? realised : words(NOTHING),
  ]);
  const table = wholeTable({
    id: 'worked-trace',
    title: 'One worked trace: the way that carries most money to a benefit',
    columns: [
      ...['Step', 'Record'].map(textColumn),
      ...['Spend along this way', 'Planned benefit, whole', 'Realised benefit, whole'].map(numberColumn),
    ],
    rows,
    note: 'Other ways lead to the same benefit, too: its value is the whole benefit’s, not what this way alone brought.',
  });
  return atOneScale(table, overview.currency);
};

/** From money to benefit: what reaches which step, where the chain breaks, and one way from end to end. */
export const money: SectionRule = {
  id: 'money',
  async write(material) {
    const { book, overview, reading } = material;
    const figures = new TracedFigures(book.ground.context);
    const spent = await book.take(figures.path('reached.investment'));
    const isNothing = spent.figure.value === null || isZero(spent.figure.value);
    const [reaches, share] = [
      await book.chip(figures.path('reached.benefit')),
      await book.take(figures.path('traced_spend_share')),
    ];
    const [breaks, assumed] = [await book.take(figures.path('gap')), await book.take(figures.path('assumed_share'))];
    const trace = isNothing ? null : await workedTrace(material);
    return {
      title: isNothing
        ? 'No spend is recorded to date, so none can be traced to a benefit.'
        : `${reaches} of [[${spent.key}]] spent reach a benefit${share.figure.value === null ? '' : ` ([[${share.key}]])`}.`,
      about: `All IT · spend to date, ${overview.currency} · to ${periodName(reading.period, reading.startMonth)}`,
      sentences: [
        ...(breaks.figure.value === null || isZero(breaks.figure.value)
          ? []
          : [
              {
                id: 'gaps',
                text: `The chain from money to benefit breaks in places that can be named: [[${breaks.key}]] in all.`,
              },
            ]),
        ...(assumed.figure.value === null
          ? []
          : [
              {
                id: 'assumed',
                text: `[[${assumed.key}]] of the shares by which money is passed on are assumed and not stated.`,
              },
            ]),
      ],
      tables: [await gapTable(material, figures), ...(trace ? [trace] : [])],
      drawings: isNothing ? [] : [await coverage(material, figures)],
    };
  },
};
