import { isZero } from '../../contract/decimal.js';
import { scaleFor, unitOf } from '../../contract/format.js';
import { needsAction, type CorrectiveActionOfBenefit, type NeedsAction } from '../../contract/action.js';
import type { Deviation } from '../../contract/overview.js';
import type { ReviewCell, ReviewDrawing } from '../../contract/review.js';
import { NOTHING, periodName, printedValue, STATUS_WORDS } from '../../core/review/printing.js';
import { words } from '../figures.js';
import { atOneScale, calledInText, numberColumn, roundingNote, said, textColumn, wholeTable } from './blocks.js';
import { furthestText } from './drawing-messages.js';
import type { Material, SectionRule, Written, WrittenTable } from './section.js';
import { shortfallsOf } from './told.queries.js';
import { shortfallText } from './told.js';

/** What is done about a benefit, as its owner stated it. */
const doneAbout = (code: string, { openActions, doneActions }: NeedsAction): string => {
  const of = [...openActions, ...doneActions].filter(({ benefit }) => benefit.code === code);
  if (of.length === 0) return 'No corrective action';
  return of
    .map(({ code: action, title, doneOn, dueOn, result }) => {
      const when = doneOn !== null ? `done ${doneOn}` : dueOn !== null ? `due ${dueOn}` : 'no date';
      return `${action}${title === null ? '' : ` ${title}`} (${when})${result === null ? '' : `: ${result}`}`;
    })
    .join('; ');
};

const listed = ({ overview }: Material): readonly Deviation[] => {
  const { worst, best } = overview.deviations;
  return [...worst, ...[...best].reverse()];
};

const scaleOf = (deviations: readonly Deviation[]) =>
  scaleFor(deviations.flatMap(({ planned, realised }) => [planned.value, realised.value].filter((v) => v !== null)));

/** The difference by which it stands in its place: to the plan that it comes off worse against. */
const standsBy = ({ against, variance, baselineVariance }: Deviation): Deviation['variance'] =>
  against === 'baseline' ? baselineVariance : variance;

const deviationTable = async (material: Material, actions: NeedsAction): Promise<WrittenTable> => {
  const { book, overview, people } = material;
  const deviations = listed(material);
  const scale = scaleOf(deviations);
  const unit = unitOf(scale, overview.currency);
  const rows: ReviewCell[][] = [];
  for (const each of deviations)
    rows.push([
      words(`${each.code} ${each.name}`),
      words(people.owner(each.owner)),
      words(STATUS_WORDS[each.status]),
      await book.cell(each.planned.trace, { scale }),
      await book.cell(each.realised.trace, { scale }),
      await book.cell(each.variance.trace, { scale, impact: each.variance.impact }),
      await book.cell(each.varianceShare.trace, { impact: each.varianceShare.impact }),
      await book.cell(each.baselineVariance.trace, { scale, impact: each.baselineVariance.impact }),
      words(doneAbout(each.code, actions)),
    ]);
  const { compared } = overview.deviations;
  const table: WrittenTable = {
    id: 'deviations',
    title: 'Benefits furthest from plan, to date',
    columns: [
      ...['Benefit', 'Owner', 'Status'].map((title) => ({ title, kind: 'text' as const, unit: null })),
      ...['Planned', 'Realised', 'Difference'].map((title) => ({ title, kind: 'number' as const, unit })),
      { title: 'Difference in %', kind: 'number', unit: null },
      { title: 'Difference to baseline plan', kind: 'number', unit },
      { title: 'What is done about it', kind: 'text', unit: null },
    ],
    rows,
    total: compared,
    note: `In the order of the less favourable of the two differences: planning anew takes no shortfall off the list.${
      compared > rows.length
        ? ` ${rows.length} of ${compared} benefits with a plan and a measured value: the four furthest below and above plan. All stand in the appendix.`
        : ''
    }`,
  };
  const rounded = roundingNote(table, ['Realised', 'Planned', 'Difference']);
  return rounded === null ? table : { ...table, note: `${table.note} ${rounded}` };
};

const ranking = async (material: Material): Promise<ReviewDrawing> => {
  const { book, overview, reading } = material;
  const deviations = listed(material);
  const scale = scaleOf(deviations);
  const bars = [];
  for (const each of deviations) {
    const { trace, impact } = standsBy(each);
    const isToBaseline = each.against === 'baseline';
    bars.push({
      label: `${each.code} ${each.name}`,
      value: await book.cell(trace, { scale, impact }),
      // There is no such figure of the baseline plan.
      share: isToBaseline
        ? words('')
        : await book.cell(each.varianceShare.trace, { impact: each.varianceShare.impact }),
      note: `${STATUS_WORDS[each.status]}${isToBaseline ? ', to its baseline plan' : ''}`,
    });
  }
  return {
    kind: 'ranking',
    id: 'deviations-drawn',
    message: furthestText(
      bars[0] === undefined
        ? null
        : {
            name: calledInText(deviations[0]!, 'One benefit'),
            side: overview.deviations.worst.length > 0 ? 'below' : 'above',
            isToBaseline: deviations[0]!.against === 'baseline',
            off: `${bars[0].value.text} ${unitOf(scale, overview.currency)}`,
          },
    ),
    about: `All IT · realised less planned benefit, of the current and the baseline plan the less favourable, to ${periodName(reading.period, reading.startMonth)}`,
    unit: unitOf(scale, overview.currency),
    bars,
  };
};

const actionTable = (actions: readonly CorrectiveActionOfBenefit[], { overview, people }: Material): WrittenTable => {
  const rows = actions.map((action) => [
    words(`${action.code}${action.title === null ? '' : ` ${action.title}`}`),
    words(`${action.benefit.code} ${action.benefit.name}`),
    words(people.owner(action.owner)),
    words(action.dueOn === null ? 'No date' : `${action.dueOn}${action.isOverdue ? ', overdue' : ''}`),
    action.effectAmount === null || action.unit === null
      ? words(action.effect ?? NOTHING)
      : {
          text: printedValue(action.effectAmount, action.unit),
          value: action.effectAmount,
          unit: action.unit,
          figure: null,
          impact: null,
        },
  ]);
  const columns = [...['Action', 'Benefit', 'Owner', 'Due'].map(textColumn), numberColumn('Expected effect')];
  const table = wholeTable({ id: 'corrective-actions', title: 'Corrective actions that are open', columns, rows });
  return atOneScale(table, overview.currency);
};

/** Benefits of which it is said why they fell short. */
const MOST_EXPLAINED = 3;

/** Why the benefits furthest below plan fell short, as recorded. */
const shortfalls = async ({ book, manager, overview, reading }: Material): Promise<Written['sentences']> => {
  const short = overview.deviations.worst.slice(0, MOST_EXPLAINED);
  const recorded = await shortfallsOf(
    manager,
    reading,
    short.map(({ code }) => code),
  );
  const told = [];
  for (const each of short) {
    const { code, against } = each;
    const off = `${await book.chip(standsBy(each).trace)}${against === 'baseline' ? ' to its baseline plan' : ''}`;
    told.push({ id: `why.${code}`, text: shortfallText(recorded.get(code)!, off) });
  }
  return told;
};

/** How many fell short, and what is done about it; nothing of a product without benefits and corrective actions. */
const actedUpon = async (
  { book, overview }: Material,
  { needed, open, overdue }: NeedsAction,
): Promise<Written['sentences']> => {
  const [short, acting, late] = [
    await book.take(needed.trace),
    await book.take(open.trace),
    await book.take(overdue.trace),
  ];
  const isAnything = [short, acting].some(({ figure }) => figure.value !== null && !isZero(figure.value));
  if (overview.deviations.compared === 0 && !isAnything) return [];
  const text = `Benefits that fell short twice in a row and that nobody acts upon: [[${short.key}]]. Corrective actions that are open: [[${acting.key}]]; of these overdue: [[${late.key}]].`;
  return [{ id: 'actions', text }];
};

/** Benefits above and below plan, and what is done about those that fall short. */
export const benefits: SectionRule = {
  id: 'benefits',
  async write(material) {
    const { book, manager, reading, who, overview, sources } = material;
    const actions = needsAction.parse(JSON.parse(await sources.actions.needsAction(manager, reading, who, {})));
    const variance = overview.ledger.find(({ id }) => id === 'realised')?.variance;
    const { worst, best, compared } = overview.deviations;
    const off = variance && variance.value !== null ? await book.chip(variance.trace) : null;
    const furthest = async (of: Deviation | undefined, where: 'below' | 'above'): Promise<string | null> =>
      of === undefined
        ? null
        : `Furthest ${where} ${of.against === 'baseline' ? 'its baseline plan' : 'plan'} lies ${calledInText(of, 'one benefit')}: ${await book.chip(standsBy(of).trace)}.`;
    return {
      title:
        off === null
          ? 'No benefit has both a plan and a measured value to date.'
          : `Benefits came in at ${off} against their plan to date.`,
      about: `All IT · money benefits to date, ${overview.currency} · realised to ${periodName(reading.period, reading.startMonth)} against plan`,
      sentences: [
        ...said([
          { id: 'lowest', text: await furthest(worst[0], 'below') },
          { id: 'highest', text: await furthest(best[0], 'above') },
        ]),
        ...(await shortfalls(material)),
        ...(await actedUpon(material, actions)),
      ],
      tables: [
        ...(compared > 0 ? [await deviationTable(material, actions)] : []),
        actionTable(actions.openActions, material),
      ],
      drawings: compared > 0 ? [await ranking(material)] : [],
    };
  },
};
