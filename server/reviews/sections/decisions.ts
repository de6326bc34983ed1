import { day } from '../../contract/format.js';
import { type DecisionLine, type DecisionLog, decisionLogQuery } from '../../contract/decision.js';
import type { MetricId } from '../../contract/metric.js';
import type { ReviewCell } from '../../contract/review.js';
import { compared } from '../../core/capability-need.js';
import { type Fraction, ZERO } from '../../core/exact-amounts.js';
import { NOTHING, periodName } from '../../core/review/printing.js';
import { words } from '../figures.js';
import {
  calledInText,
  capitalised,
  figureCell,
  knownChip,
  numberColumn,
  said,
  textColumn,
  tracePath,
  valueCell,
  wholeTable,
} from './blocks.js';
import { choicesOf } from './decisions.queries.js';
import { familyOf, isUnknown, metricChip, metricTable } from './scorecard.js';
import type { Material, SectionRule, Written, WrittenTable } from './section.js';
import { namesInText, tradeOffText } from './told.js';
import { ageing } from './work.js';

/** Decisions that a page lists; the log holds all. */
const MOST_DECIDED = 40;
const MOST_OPEN = 12;
/** Trade-offs that are told; the table has all. */
const MOST_TOLD = 3;
/** Decisions of a page of the log that is read for its own sake. */
const MOST_READ = 500;

const logOf = (material: Material, show: 'quarter' | 'open', sort: '-decided' | '-days'): Promise<DecisionLog> => {
  const { manager, reading, sources } = material;
  const limit = show === 'quarter' ? MOST_DECIDED : MOST_OPEN;
  return sources.decisions.log(manager, reading, decisionLogQuery.parse({ show, sort, limit }));
};

const noteOf = ({ items, total }: DecisionLog, which: string): string | null =>
  total > items.length ? `${items.length} of ${total} ${which}. All stand in the log of decisions.` : null;

const about = ({ about: record }: DecisionLine): string =>
  record === null ? NOTHING : `${record.code} ${record.name}`;
const level = (of: number | null): string => (of === null ? 'not stated' : String(of));
const dayOf = (instant: string | null): string => (instant === null ? NOTHING : day(instant.slice(0, 10)));

/** What was chosen and given up in the quarter, the latest first. */
const decidedTable = async ({ manager }: Material, log: DecisionLog): Promise<WrittenTable> => {
  const choices = await choicesOf(
    manager,
    log.items.map(({ code }) => code),
  );
  return {
    ...wholeTable({
      id: 'decided',
      title: 'Decided in the quarter',
      columns: [
        ...['Decision', 'About', 'Outcome', 'Chosen', 'Given up', 'Trade-off'].map(textColumn),
        ...['Level intended', 'Level decided', 'Decided on'].map(textColumn),
        numberColumn('Time to decide'),
      ],
      rows: log.items.map((line) => {
        const { chosen = null, givenUp = null } = choices.get(line.code) ?? {};
        return [
          words(`${line.code} ${line.title}`),
          words(about(line)),
          words(line.outcome === null ? 'Not stated' : capitalised(line.outcome)),
          words(chosen ?? 'Not stated'),
          words(givenUp ?? 'Not stated'),
          words(line.tradeOff ?? 'Not stated'),
          words(level(line.intendedLevel)),
          words(level(line.decidedLevel)),
          words(dayOf(line.decidedAt)),
          valueCell(line.days, 'days'),
        ];
      }),
      note: noteOf(log, 'decisions of the quarter, the latest first'),
    }),
    total: log.total,
  };
};

const lateness = ({ daysLate, state }: DecisionLine): string =>
  daysLate === null ? 'No day stated' : state === 'late' ? 'Overdue' : 'Not due yet';

const delayPath = ({ code }: Pick<DecisionLine, 'code'>): string =>
  tracePath('decision.delay_cost', { decision: code });

/** What waits, the longest first, and what a month of it holds up. */
const openTable = async (material: Material, log: DecisionLog): Promise<WrittenTable> => {
  const rows: ReviewCell[][] = [];
  for (const line of log.items)
    rows.push([
      words(`${line.code} ${line.title}`),
      words(about(line)),
      words(line.neededBy === null ? NOTHING : day(line.neededBy)),
      words(lateness(line)),
      valueCell(line.days, 'days'),
      await figureCell(material, delayPath(line)),
    ]);
  return {
    ...wholeTable({
      id: 'open',
      title: 'Waiting for a decision',
      columns: [
        ...['Decision', 'About', 'Needed by', 'Due'].map(textColumn),
        numberColumn('Open for'),
        numberColumn('Planned value held up, a month'),
      ],
      rows,
      note: noteOf(log, 'open decisions, the longest open first'),
    }),
    total: log.total,
  };
};

/** All open decisions, whatever a page lists. */
const allOpen = async ({ manager, reading, sources }: Material): Promise<DecisionLine[]> => {
  const lines: DecisionLine[] = [];
  let cursor: string | undefined;
  do {
    const query = decisionLogQuery.parse({ show: 'open', sort: '-days', limit: MOST_READ, cursor });
    const page = await sources.decisions.log(manager, reading, query);
    lines.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return lines;
};

/** The open decision of which a month of waiting holds up most; null where no such amount is known. */
const costliest = async ({ book }: Material, lines: readonly DecisionLine[]): Promise<DecisionLine | null> => {
  const { decisions: log, manager, reading } = book.ground.context;
  let most: { line: DecisionLine; planned: Fraction } | null = null;
  for (const line of lines) {
    // Without these nobody knows what waits; only the figure of the one that is named goes into the document.
    if (line.neededBy === null || line.about === null) continue;
    const { nullReason, planned } = (await log.delay(manager, reading, line.code)).delay;
    if (nullReason === null && compared(planned, most?.planned ?? ZERO) > 0) most = { line, planned };
  }
  return most?.line ?? null;
};

/** What was decided at the price of what; the latest first. */
const tradeOffs = async ({ manager }: Material, { items }: DecisionLog): Promise<Written['sentences']> => {
  const choices = await choicesOf(
    manager,
    items.map(({ code }) => code),
  );
  return said(
    items.map(({ code, title, tradeOff, outcome }) => {
      const { chosen = null, givenUp = null } = choices.get(code) ?? {};
      return { id: `traded.${code}`, text: tradeOffText({ code, name: title, chosen, givenUp, tradeOff, outcome }) };
    }),
  ).slice(0, MOST_TOLD);
};

const sentence = (text: (chip: string) => string, chip: string | null): string | null =>
  chip === null ? null : text(chip);

const titleOf = (toDecide: string | null, waiting: string | null, isAnything: boolean): string => {
  if (toDecide !== null && waiting !== null)
    return `A priority decision took ${toDecide}, and ${waiting} of the time of delivered work was waiting.`;
  if (toDecide !== null) return `A priority decision took ${toDecide}; no delivered work is recorded.`;
  if (waiting !== null)
    return `Of the time of delivered work, ${waiting} was waiting; no priority decision was taken in the quarter.`;
  return isAnything
    ? 'No priority decision was taken and no work was delivered in the quarter.'
    : 'No decision and no work is recorded.';
};

/** What was decided, what waits, and how work flows. */
export const decisions: SectionRule = {
  id: 'decisions',
  async write(material) {
    const { period, startMonth } = material.reading;
    const decided = await logOf(material, 'quarter', '-decided');
    const open = await logOf(material, 'open', '-days');
    const metrics = await familyOf(material, 'decision', 'flow');
    const work = await ageing(material);
    const chip = (id: MetricId): Promise<string | null> => metricChip(material, id);
    const [toDecide, waiting] = [await chip('decision.time_to_decide'), await chip('flow.waiting_share')];
    const waits = await allOpen(material);
    const dearest = await costliest(material, waits);
    const late = waits.filter(({ state }) => state === 'late').map(({ code, title }) => ({ code, name: title }));
    const isAnything = decided.total + open.total > 0 || !metrics.every(isUnknown);
    return {
      title: titleOf(toDecide, waiting, isAnything),
      about: `All IT · decisions of the quarter and open ones, work delivered and in progress · ${periodName(period, startMonth)}`,
      sentences: said([
        { id: 'decided', text: decided.total === 0 ? 'Nothing was decided in the quarter.' : null },
        ...(await tradeOffs(material, decided)),
        {
          id: 'level',
          text: sentence(
            (share) => `Of what was decided, ${share} was decided at the level that was intended for it.`,
            await chip('decision.at_intended_level_share'),
          ),
        },
        {
          id: 'overdue',
          text:
            open.total === 0
              ? 'No decision is waiting.'
              : sentence(
                  (count) => `Decisions that are open past the day on which they were needed: ${count}.`,
                  await chip('decision.overdue_open'),
                ),
        },
        {
          id: 'late',
          text:
            late.length === 0
              ? null
              : `The business waits past the day for a decision on ${namesInText(late, 'one question')}.`,
        },
        {
          id: 'delay',
          text:
            dearest &&
            sentence(
              (cost) =>
                `Most is held up by ${calledInText({ code: dearest.code, name: dearest.title }, 'one open decision')}: ${cost} of planned benefit for each month of waiting.`,
              await knownChip(material, delayPath(dearest)),
            ),
        },
        {
          id: 'cycle',
          text: sentence(
            (days) => `Half of the work that was delivered took ${days} or less from its first move to delivery.`,
            await chip('flow.cycle_time'),
          ),
        },
        {
          id: 'progress',
          text: sentence((count) => `Work in progress at the end of the quarter: ${count}.`, await chip('flow.wip')),
        },
      ]),
      tables: [
        ...(decided.total > 0 ? [await decidedTable(material, decided)] : []),
        ...(open.total > 0 ? [await openTable(material, open)] : []),
        await metricTable(material, { id: 'decision-and-flow', title: 'Decision and flow', of: metrics }),
        ...work,
      ],
      drawings: [],
    };
  },
};
