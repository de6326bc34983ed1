import { profileFinding } from '../../contract/profile-finding.js';
import { scaleFor, unitOf } from '../../contract/format.js';
import type { LedgerRow, TracedFigure } from '../../contract/overview.js';
import type { ReviewCell, ReviewDrawing } from '../../contract/review.js';
import { NOTHING, periodName } from '../../core/review/printing.js';
import { words } from '../figures.js';
import {
  atOneScale,
  knownChip,
  numberColumn,
  roundingNote,
  said,
  textColumn,
  tracePath,
  wholeTable,
} from './blocks.js';
import { profileText } from './drawing-messages.js';
import { realisedByPriority } from './realised.js';
import type { Material, SectionRule, WrittenTable } from './section.js';
import { deliveredIn, reachedIn, recordedKinds, topPriorities } from './told.queries.js';
import { builtText, enabledText, prioritiesInText } from './told.js';

const LABELS: Record<LedgerRow['id'], string> = {
  invested: 'Invested',
  reached: 'of which reaches a benefit',
  realised: 'Benefit realised',
  evidenced: 'of which evidenced',
  expected: 'Benefit, whole life',
  calibrated: 'of which calibrated by past forecasts',
  // Under headers that tell an amount's unit.
  non_financial: 'Non-financial benefits on track, number',
};

/** Paths of the figures of the ledger: what must be the same in all that is handed out. */
export const headlinePaths = ({ overview }: Material): string[] =>
  overview.ledger.flatMap(({ actual, plan, variance, varianceShare, change }) =>
    [actual, plan, variance, varianceShare, change].flatMap((figure) => (figure === null ? [] : [figure.trace])),
  );

const ledgerTable = async ({ overview, book }: Material): Promise<WrittenTable> => {
  const cell = async (figure: TracedFigure | null, impact: ReviewCell['impact'] = null): Promise<ReviewCell> =>
    figure === null ? words(NOTHING) : book.cell(figure.trace, { impact });
  const rows: ReviewCell[][] = [];
  for (const row of overview.ledger)
    rows.push([
      words(LABELS[row.id]),
      await cell(row.actual),
      await cell(row.plan),
      await cell(row.variance, row.variance?.impact ?? null),
      await cell(row.varianceShare, row.varianceShare?.impact ?? null),
      await cell(row.change),
    ]);
  const titles = ['Actual', 'Plan', 'Difference from plan'] as const;
  const table = atOneScale(
    wholeTable({
      id: 'ledger',
      title: 'Value ledger, to date',
      columns: [textColumn('From money to proof'), ...[...titles, 'Difference in %', 'This quarter'].map(numberColumn)],
      rows,
    }),
    overview.currency,
  );
  return { ...table, note: roundingNote(table, titles) };
};

/** Realised and expected benefit by quarter against plan. */
const profileDrawing = async ({ profile, book, reading }: Material): Promise<ReviewDrawing | null> => {
  if (profile.quarters.length === 0) return null;
  const amounts = profile.quarters.flatMap(({ quarter }) => [quarter.value.value, quarter.planned.value]);
  const scale = scaleFor(amounts.filter((amount) => amount !== null));
  const columns = [];
  for (const { period, scenario, isProvisional, quarter } of profile.quarters)
    columns.push({
      label: periodName(period, reading.startMonth),
      scenario,
      value: await book.cell(quarter.value.trace, { scale }),
      planned: await book.cell(quarter.planned.trace, { scale }),
      variance: await book.cell(quarter.variance.trace, { scale, impact: quarter.variance.impact }),
      ...(isProvisional && quarter.value.value !== null && { isProvisional }),
    });
  return {
    kind: 'profile',
    id: 'profile',
    message: profileText(profileFinding(profile.quarters), profile.currency, (period) =>
      periodName(period, reading.startMonth),
    ),
    about: 'All IT · money benefits by quarter · actual, then forecast, against plan',
    unit: unitOf(scale, profile.currency),
    columns,
  };
};

/** What was invested, what the business realised, and what is expected: the founding questions in their order. */
export const headline: SectionRule = {
  id: 'headline',
  async write(material) {
    const { manager, overview, book, reading } = material;
    const byId = new Map(overview.ledger.map((row) => [row.id, row]));
    const chip = async (figure: TracedFigure | null | undefined): Promise<string | null> =>
      !figure || figure.value === null ? null : book.chip(figure.trace);
    const realised = byId.get('realised');
    const [came, planned, off] = [
      await chip(realised?.actual),
      await chip(realised?.plan),
      await chip(realised?.varianceShare),
    ];
    const invested = await chip(byId.get('invested')?.actual);
    const [untraced, untracedShare] = [await chip(overview.untracedSpend), await chip(overview.untracedSpendShare)];
    const [strategic, highest] = [
      await book.take(`/trace/alignment.strategic_spend_share?period=${reading.period}`),
      await book.take(`/trace/alignment.top_priority_spend_share?period=${reading.period}`),
    ];
    const attained = await knownChip(material, tracePath('outcome.attained_share'));
    const [evidenced, expectedShare] = [await chip(byId.get('evidenced')?.actual), await chip(overview.expectedShare)];
    const title =
      came === null
        ? planned === null
          ? 'No benefit is recorded to date.'
          : `Benefits of ${planned} are planned to date, and no realised value is recorded.`
        : planned === null
          ? `The business realised ${came} to date, for which no plan is recorded.`
          : `The business realised ${came} of ${planned} planned to date${off === null ? '' : ` (${off})`}.`;
    const recorded = await recordedKinds(manager);
    const sentences = [
      invested === null
        ? { id: 'invested', text: 'No actual cost is recorded to date.' }
        : { id: 'invested', text: `IT and its partners invested ${invested} to date.` },
      ...(strategic.figure.value === null || highest.figure.value === null
        ? []
        : [
            {
              id: 'priorities',
              text: `Of the spend of the quarter, [[${highest.key}]] served ${prioritiesInText(await topPriorities(manager, reading))}, and [[${strategic.key}]] went to capabilities marked strategic.`,
            },
          ]),
      ...said([
        { id: 'built', text: builtText(await deliveredIn(manager, reading), recorded.initiatives) },
        { id: 'enabled', text: enabledText(await reachedIn(manager, reading), recorded.outcomes) },
        ...(await realisedByPriority(material)),
        {
          id: 'attained',
          text: attained && `Of the outcomes that were due so far, ${attained} reached their target.`,
        },
      ]),
      ...(untraced === null || untracedShare === null
        ? []
        : [
            {
              id: 'untraced',
              text: `Of the spend to date, ${untraced} (${untracedShare}) is not traced to any benefit yet.`,
            },
          ]),
      ...(came === null || evidenced === null
        ? []
        : [{ id: 'evidenced', text: `Of the ${came} that the business realised, ${evidenced} rest on evidence.` }]),
      ...(expectedShare === null
        ? []
        : [
            {
              id: 'expected',
              text: `Over their whole life the benefits are expected to bring ${expectedShare} of their plan${
                overview.lastPeriod === null ? '' : ` by ${periodName(overview.lastPeriod, reading.startMonth)}`
              }.`,
            },
          ]),
    ];
    const drawing = await profileDrawing(material);
    return {
      title,
      about: `All IT · benefits and spend to date, ${overview.currency} · actual to ${periodName(reading.period, reading.startMonth)} against plan`,
      sentences,
      tables: [await ledgerTable(material)],
      drawings: drawing ? [drawing] : [],
    };
  },
};
