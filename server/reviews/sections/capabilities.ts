import { day } from '../../contract/format.js';
import type { ReviewCell } from '../../contract/review.js';
import type { CapabilityState } from '../../capabilities/mismatch.service.js';
import { compared } from '../../core/capability-need.js';
import { previousPeriod } from '../../core/period.js';
import { NOTHING, periodName } from '../../core/review/printing.js';
import { words } from '../figures.js';
import {
  calledInText,
  figureCell,
  knownChip,
  numberColumn,
  said,
  textColumn,
  tracePath,
  valueCell,
  wholeTable,
} from './blocks.js';
import type { Material, SectionRule, WrittenTable } from './section.js';

/** Gaps that a page lists; the map of capabilities holds all. */
const MOST_GAPS = 10;
/** Moves that are said in full. */
const MOST_SAID = 3;

/** A capability whose level is not what it was; `from` null where it was never assessed before. */
interface Move {
  readonly state: CapabilityState;
  readonly from: string | null;
  readonly rise: number;
}

const ofOne = (figure: string, { row }: CapabilityState, more: Readonly<Record<string, string>> = {}): string =>
  tracePath(figure, { type: 'capability', ref: row.code, ...more });

/** Levels that moved since the quarter before: falls first, then the widest moves. */
const movesOf = (now: readonly CapabilityState[], before: readonly CapabilityState[]): Move[] => {
  const then = new Map(before.map(({ row }) => [row.id, row.level]));
  return now
    .flatMap((state): Move[] => {
      const { id, level } = state.row;
      const from = then.get(id) ?? null;
      return level === null || level === from
        ? []
        : [{ state, from, rise: from === null ? 0 : Number(level) - Number(from) }];
    })
    .sort((a, b) => Number(b.rise < 0) - Number(a.rise < 0) || Math.abs(b.rise) - Math.abs(a.rise));
};

const moveTable = async (material: Material, moves: readonly Move[]): Promise<WrittenTable> => {
  const { period, startMonth } = material.reading;
  const before = previousPeriod(period);
  const rows: ReviewCell[][] = [];
  for (const { state, from } of moves) {
    const { row } = state;
    rows.push([
      words(`${row.code} ${row.name}`),
      words(row.strategic === true ? 'Strategic' : NOTHING),
      from === null
        ? words('not assessed')
        : await figureCell(material, ofOne('maturity.level', state, { period: before })),
      await figureCell(material, ofOne('maturity.level', state)),
      valueCell(row.target, 'level', { missing: 'none' }),
      words(row.assessedOn === null ? NOTHING : day(row.assessedOn)),
      words(row.assessor ?? NOTHING),
      words(row.evidence ?? 'No evidence is stated'),
    ]);
  }
  return wholeTable({
    id: 'moves',
    title: 'Levels that moved in the quarter',
    columns: [
      ...['Capability', 'Importance'].map(textColumn),
      ...[periodName(before, startMonth), periodName(period, startMonth), 'Target'].map(numberColumn),
      ...['Assessed on', 'Assessed by', 'Evidence'].map(textColumn),
    ],
    rows,
  });
};

/** What lacks strength, by importance and gap, the dearer first where these are the same. */
const gapsOf = (states: readonly CapabilityState[]): CapabilityState[] =>
  states
    .filter(({ need: { weightedGap } }) => weightedGap !== null && weightedGap.n > 0n)
    .sort((a, b) => compared(b.need.weightedGap!, a.need.weightedGap!) || compared(b.cost, a.cost));

const MISMATCHES = {
  under_funded: 'Less money than its gap asks for',
  over_funded: 'More money than its gap asks for',
};

const gapTable = async (material: Material, gaps: readonly CapabilityState[]): Promise<WrittenTable> => {
  const rows: ReviewCell[][] = [];
  for (const state of gaps.slice(0, MOST_GAPS)) {
    const { row, need } = state;
    rows.push([
      words(`${row.code} ${row.name}`),
      words(row.strategic === true ? 'Strategic' : NOTHING),
      words(material.people.owner(row.owner)),
      await figureCell(material, ofOne('maturity.level', state)),
      valueCell(row.target, 'level'),
      await figureCell(material, ofOne('maturity.gap', state)),
      await figureCell(material, ofOne('maturity.need_share', state)),
      await figureCell(material, ofOne('maturity.spend_share', state, { span: 'period' })),
      words(need.mismatch === null ? NOTHING : MISMATCHES[need.mismatch]),
    ]);
  }
  return {
    ...wholeTable({
      id: 'gaps',
      title: 'Widest gaps, by importance',
      columns: [
        ...['Capability', 'Importance', 'Owner'].map(textColumn),
        ...['Level', 'Target', 'Gap', 'Share of all gaps', 'Share of spend'].map(numberColumn),
        textColumn('Gap and money'),
      ],
      rows,
      note:
        gaps.length > MOST_GAPS
          ? `${MOST_GAPS} of ${gaps.length} capabilities below their target. All stand on the map of capabilities.`
          : null,
    }),
    total: gaps.length,
  };
};

const moveSentence = async (material: Material, { state, from, rise }: Move): Promise<string> => {
  const { row } = state;
  const { book, reading } = material;
  const name = calledInText(row, 'One capability');
  const now = await book.chip(ofOne('maturity.level', state));
  if (from === null) return `${name} was assessed for the first time, at level ${now}.`;
  const then = await book.chip(ofOne('maturity.level', state, { period: previousPeriod(reading.period) }));
  return `${name} ${rise > 0 ? 'rose' : 'fell'} from level ${then} to ${now}.`;
};

const titleOf = (moves: readonly Move[], isAssessed: boolean, below: string | null): string => {
  if (!isAssessed) return 'No capability has been assessed yet.';
  const still = below === null ? '' : ` Strategic capabilities below their target: ${below}.`;
  if (moves.length === 0) return `No capability moved in the quarter.${still}`;
  const [rises, falls] = [moves.some(({ rise }) => rise > 0), moves.some(({ rise }) => rise < 0)];
  if (rises && falls) return `Some capabilities grew stronger in the quarter, others weaker.${still}`;
  if (falls) return `Capabilities grew weaker in the quarter.${still}`;
  return rises
    ? `Capabilities grew stronger in the quarter.${still}`
    : `Capabilities were assessed for the first time.${still}`;
};

/** Which capabilities moved, and where strength is missing most. */
export const capabilities: SectionRule = {
  id: 'capabilities',
  async write(material) {
    const { book, reading } = material;
    const { period, startMonth } = reading;
    const before = previousPeriod(period);
    const ofQuarter = book.ground.context.within({ period, span: 'period' });
    const { items } = await ofQuarter.capabilities();
    const moves = movesOf(items, (await ofQuarter.within({ period: before }).capabilities()).items);
    const gaps = gapsOf(items);
    const isAssessed = items.some(({ row }) => row.level !== null);
    const chip = (figure: string, more = {}): Promise<string | null> => knownChip(material, tracePath(figure, more));
    const below = isAssessed ? await chip('strategic_below_target') : null;
    const share = below && (await chip('strategic_below_target_share', { span: 'period' }));
    const strength = await chip('capability.strategic_maturity');
    const sentences: { id: string; text: string | null }[] = [];
    for (const move of moves.slice(0, MOST_SAID))
      sentences.push({ id: `move.${move.state.row.code}`, text: await moveSentence(material, move) });
    if (moves.length > MOST_SAID)
      sentences.push({ id: 'moves', text: 'The table shows all that moved, and on what evidence.' });
    const [widest] = gaps;
    const gap = widest && (await chip('maturity.gap', { type: 'capability', ref: widest.row.code }));
    const spend =
      widest && (await chip('maturity.spend_share', { type: 'capability', ref: widest.row.code, span: 'period' }));
    sentences.push(
      {
        id: 'widest',
        text:
          !widest || !gap
            ? null
            : `By importance the widest gap is that of ${calledInText(widest.row, 'one capability')}: ${gap} levels below its target${
                spend ? `, with ${spend} of the spend on capabilities` : ''
              }.`,
      },
      {
        id: 'money',
        text: !share
          ? null
          : `Of the spend on capabilities, ${share} reached strategic ones that lie below their target.`,
      },
      {
        id: 'strength',
        text:
          strength === null
            ? null
            : `On a scale from nought to five, strategic capabilities stand at ${strength} on average.`,
      },
    );
    return {
      title: titleOf(moves, isAssessed, below),
      about: `All IT · levels by the latest assessment, spend of the quarter · ${periodName(period, startMonth)} against ${periodName(before, startMonth)}`,
      sentences: said(sentences),
      tables: [
        ...(moves.length > 0 ? [await moveTable(material, moves)] : []),
        ...(gaps.length > 0 ? [await gapTable(material, gaps)] : []),
      ],
      drawings: [],
    };
  },
};
